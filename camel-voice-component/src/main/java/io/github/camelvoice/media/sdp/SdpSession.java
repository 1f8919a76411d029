package io.github.camelvoice.media.sdp;

import java.util.List;
import java.util.Locale;

/**
 * A session description.
 *
 * @param origin     value of {@code o=}; ids stay text, since peers send numbers beyond any integer type
 * @param name       value of {@code s=}
 * @param connection null if each stream has its own
 * @param other      session lines that mean nothing to us, as they came
 */
public record SdpSession(String origin, String name, SdpConnection connection, List<SdpAttribute> attributes, List<String> other,
                         List<SdpMedia> media) {

    public SdpSession {
        attributes = List.copyOf(attributes);
        other = List.copyOf(other);
        media = List.copyOf(media);
    }

    /** The description as text with CRLF, in the order of RFC 8866, section 5. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(320);
        text.append("v=0\r\no=").append(origin).append("\r\ns=").append(name).append("\r\n");
        if (connection != null) {
            text.append("c=").append(connection).append("\r\n");
        }
        if (other.stream().noneMatch(line -> line.startsWith("t="))) {
            text.append("t=0 0\r\n");
        }
        other.forEach(line -> text.append(line).append("\r\n"));
        attributes.forEach(attribute -> text.append(attribute).append("\r\n"));
        media.forEach(stream -> stream.appendTo(text));
        return text.toString();
    }

    /** Encoding names of the first audio stream, in its order, upper case, without telephone events. */
    public List<String> encodings() {
        return media.stream().filter(stream -> stream.type().equals("audio") && stream.port() != 0).findFirst()
                .map(stream -> stream.audioFormats().stream().map(format -> format.encoding().toUpperCase(Locale.ROOT))
                        .filter(name -> !name.equals("TELEPHONE-EVENT")).distinct().toList())
                .orElse(List.of());
    }

    /** Where a stream is: its own connection, or the session's. */
    SdpConnection connectionOf(SdpMedia stream) {
        return stream.connection() != null ? stream.connection() : connection;
    }

    /** The direction of a stream: its own, or the session's, or sendrecv. */
    MediaDirection directionOf(SdpMedia stream) {
        MediaDirection own = stream.direction();
        if (own != null) {
            return own;
        }
        MediaDirection general = SdpMedia.directionIn(attributes);
        return general == null ? MediaDirection.SENDRECV : general;
    }
}
