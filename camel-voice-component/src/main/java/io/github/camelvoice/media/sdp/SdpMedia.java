package io.github.camelvoice.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@code m=} line and what belongs to it.
 *
 * @param type       {@code audio}, {@code video} …
 * @param port       0 if the stream is refused or switched off
 * @param protocol   {@code RTP/AVP} …
 * @param formats    payload types as text, in order of preference
 * @param connection null if the session's holds
 * @param other      lines other than c= and a=, as they came
 */
public record SdpMedia(String type, int port, String protocol, List<String> formats, SdpConnection connection,
                       List<SdpAttribute> attributes, List<String> other) {

    public SdpMedia {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
        other = List.copyOf(other);
    }

    /** The stream as an answer refuses it: port 0, the rest as offered (RFC 3264, section 6). */
    SdpMedia refused() {
        return new SdpMedia(type, 0, protocol, formats, null, List.of(), List.of());
    }

    Optional<String> attribute(String name) {
        for (SdpAttribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute.value() == null ? "" : attribute.value());
            }
        }
        return Optional.empty();
    }

    /** The direction said here, null if none is. */
    MediaDirection direction() {
        return directionIn(attributes);
    }

    static MediaDirection directionIn(List<SdpAttribute> attributes) {
        for (SdpAttribute attribute : attributes) {
            MediaDirection direction = MediaDirection.ofAttribute(attribute.name());
            if (direction != null) {
                return direction;
            }
        }
        return null;
    }

    /** The formats with what their rtpmap and fmtp say; those without a meaning are left out. */
    List<AudioFormat> audioFormats() {
        List<AudioFormat> list = new ArrayList<>(formats.size());
        for (String format : formats) {
            AudioFormat known = AudioFormat.read(format, attributes);
            if (known != null) {
                list.add(known);
            }
        }
        return list;
    }

    void appendTo(StringBuilder to) {
        to.append("m=").append(type).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> to.append(' ').append(format));
        to.append("\r\n");
        if (connection != null) {
            to.append("c=").append(connection).append("\r\n");
        }
        other.forEach(line -> to.append(line).append("\r\n"));
        attributes.forEach(attribute -> to.append(attribute).append("\r\n"));
    }
}
