package io.github.camelvoice.trace.form;

import java.nio.charset.StandardCharsets;

/** What a SIP message says of itself, read from its bytes as they are. Takes any bytes: what is not there is empty. Immutable. */
public final class MessageView {

    private static final String VERSION = "sip/2.0";

    private final byte[] data;
    private final boolean response;
    private final String method;
    private final String line;

    private MessageView(byte[] data) {
        this.data = data;
        int from = Octets.skipSpace(data, 0, data.length);
        int to = Octets.lineEnd(data, from, data.length);
        int wordEnd = wordEnd(from, to);
        response = Octets.equal(data, from, wordEnd, VERSION);
        int start = response ? Octets.skipBlanks(data, wordEnd, to) : from;
        line = text(start, to).stripTrailing();
        method = text(start, wordEnd(start, to));
    }

    public static MessageView of(byte[] message) {
        return new MessageView(message);
    }

    /** Method of a request, status code of a response: {@code INVITE}, {@code 100}. */
    public String method() {
        return method;
    }

    /** The complete first line of a request; code and phrase of a response: {@code 100 Trying}. */
    public String line() {
        return line;
    }

    public boolean isResponse() {
        return response;
    }

    /** Status code of a response; 0 for a request, and where it is no number from 100 to 699. */
    public int code() {
        if (!response || method.length() != 3 || !method.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int code = Integer.parseInt(method);
        return code >= 100 && code < 700 ? code : 0;
    }

    /** Method that CSeq names: of a response, what it answers. Empty if there is none. */
    public String cseqMethod() {
        String cseq = header("cseq");
        return cseq.substring(Math.max(cseq.lastIndexOf(' '), cseq.lastIndexOf('\t')) + 1);
    }

    /** Whether the body is SDP, or has parts of which one may be. */
    public boolean hasSdp() {
        HeaderLines lines = HeaderLines.of(data);
        boolean sdp = false;
        while (lines.next()) {
            if (lines.isNamed("content-type") || lines.isNamed("c")) {
                sdp |= Octets.startsWith(data, lines.valueFrom, lines.valueTo, "application/sdp")
                        || Octets.startsWith(data, lines.valueFrom, lines.valueTo, "multipart");
            }
        }
        return sdp && lines.position() < data.length;
    }

    /** Value of the first header with that name, unfolded as it stands; empty if there is none. */
    String header(String lowerCaseName) {
        HeaderLines lines = HeaderLines.of(data);
        while (lines.next()) {
            if (lines.isNamed(lowerCaseName)) {
                return text(lines.valueFrom, lines.valueTo);
            }
        }
        return "";
    }

    /** The bytes as UTF-8, with replacement characters where they are not. */
    public String text() {
        return text(0, data.length);
    }

    private String text(int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    private int wordEnd(int from, int to) {
        int at = from;
        while (at < to && !Octets.isBlank(data[at])) {
            at++;
        }
        return at;
    }
}
