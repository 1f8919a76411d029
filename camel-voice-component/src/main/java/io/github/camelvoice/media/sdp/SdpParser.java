package io.github.camelvoice.media.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads session descriptions, generously: line ends of either kind, lines out of order, unknown lines kept. What is bounded: size,
 * lines, streams.
 */
public final class SdpParser {

    private static final int MAX_SIZE = 16 * 1024;
    private static final int MAX_LINES = 400;
    private static final int MAX_STREAMS = 16;
    /** RTP has no more payload types. */
    private static final int MAX_FORMATS = 128;
    private static final int MAX_SHOWN = 40;

    private String origin = "";
    private String name = "-";
    private SdpConnection connection;
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private final List<String> other = new ArrayList<>();
    private final List<SdpMedia> streams = new ArrayList<>();
    private SdpMedia stream;
    private SdpConnection streamConnection;
    private final List<SdpAttribute> streamAttributes = new ArrayList<>();
    private final List<String> streamOther = new ArrayList<>();
    private int line;

    private SdpParser() {
    }

    /** @throws SdpException naming the line that cannot be read */
    public static SdpSession parse(String text) throws SdpException {
        return new SdpParser().read(text);
    }

    private SdpSession read(String text) throws SdpException {
        if (text.length() > MAX_SIZE) {
            throw new SdpException(0, "longer than " + MAX_SIZE + " characters");
        }
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            if (++line > MAX_LINES) {
                throw new SdpException(line, "more than " + MAX_LINES + " lines");
            }
            line(text.substring(from, to > from && text.charAt(to - 1) == '\r' ? to - 1 : to));
            from = to + 1;
        }
        if (line == 0) {
            throw new SdpException(0, "empty");
        }
        endStream();
        return new SdpSession(origin, name, connection, attributes, other, streams);
    }

    /** What the far end wrote, fit for a message, a log line and a quoted string of SIP: printable ASCII, short. */
    static String shown(String text) {
        String start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return start.replaceAll("[^\\x20-\\x7E]|[\"\\\\]", "?");
    }

    private void line(String text) throws SdpException {
        if (text.indexOf('\0') >= 0 || text.indexOf('\r') >= 0) {
            throw new SdpException(line, "NUL or a lone CR");
        }
        if (text.isBlank() && line > 1) {
            return;
        }
        if (text.length() < 2 || text.charAt(1) != '=') {
            throw new SdpException(line, "not of the form x=value");
        }
        String value = text.substring(2);
        if (line == 1) {
            if (!text.trim().equals("v=0")) {
                throw new SdpException(1, "must be v=0");
            }
            return;
        }
        switch (text.charAt(0)) {
            case 'o' -> origin = value;
            case 's' -> name = value;
            case 'c' -> connection(value);
            case 'a' -> attribute(value);
            case 'm' -> media(value);
            default -> (stream == null ? other : streamOther).add(text);
        }
    }

    private void connection(String value) throws SdpException {
        String[] parts = value.trim().split("\\s+");
        if (parts.length != 3) {
            throw new SdpException(line, "a connection has three parts");
        }
        SdpConnection read = new SdpConnection(parts[0], parts[1], parts[2]);
        if (stream == null) {
            connection = read;
        } else if (streamConnection == null) {
            streamConnection = read;
        }
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        SdpAttribute read = colon < 0 ? new SdpAttribute(value.trim(), null)
                : new SdpAttribute(value.substring(0, colon), value.substring(colon + 1));
        (stream == null ? attributes : streamAttributes).add(read);
    }

    private void media(String value) throws SdpException {
        endStream();
        String[] parts = value.trim().split("\\s+");
        if (parts.length < 4) {
            throw new SdpException(line, "a stream has a type, a port, a protocol and formats");
        }
        if (parts.length - 3 > MAX_FORMATS) {
            throw new SdpException(line, "more than " + MAX_FORMATS + " formats");
        }
        // An answer repeats these for a stream that it refuses.
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
            throw new SdpException(line, "a stream has printable ASCII only");
        }
        if (streams.size() == MAX_STREAMS) {
            throw new SdpException(line, "more than " + MAX_STREAMS + " streams");
        }
        int slash = parts[1].indexOf('/');
        stream = new SdpMedia(parts[0], port(slash < 0 ? parts[1] : parts[1].substring(0, slash)), parts[2],
                List.of(parts).subList(3, parts.length), null, List.of(), List.of());
    }

    private int port(String text) throws SdpException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new SdpException(line, "a port is a number from 0 to 65535: " + shown(text));
    }

    private void endStream() {
        if (stream != null) {
            streams.add(new SdpMedia(stream.type(), stream.port(), stream.protocol(), stream.formats(), streamConnection, streamAttributes,
                    streamOther));
            streamConnection = null;
            streamAttributes.clear();
            streamOther.clear();
        }
    }
}
