package io.github.camelvoice.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * 400 for a request that cannot be parsed: its Via, From, To, Call-ID and CSeq lines as they came, nothing of ours but the
 * status line and a tag. Null where no decent reply can be made.
 */
final class RawReply {

    private static final int MAX_COPIED = 4096;

    private RawReply() {
    }

    /** @param tag our To tag, used if theirs is missing */
    static byte[] badRequest(byte[] message, String tag) {
        List<String> lines = head(message);
        if (lines.isEmpty() || !isAnswerable(lines.get(0))) {
            return null;
        }
        StringBuilder via = new StringBuilder();
        String from = null;
        String to = null;
        String callId = null;
        String cseq = null;
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String value = line.substring(colon + 1).trim();
            switch (line.substring(0, colon).trim().toLowerCase(Locale.ROOT)) {
                case "via", "v" -> via.append("Via: ").append(value).append("\r\n");
                case "from", "f" -> from = value;
                case "to", "t" -> to = value;
                case "call-id", "i" -> callId = value;
                case "cseq" -> cseq = value;
                default -> { }
            }
        }
        if (via.isEmpty() || from == null || to == null || callId == null || cseq == null) {
            return null;
        }
        if (!to.toLowerCase(Locale.ROOT).contains("tag=")) {
            to = to + ";tag=" + tag;
        }
        String reply = "SIP/2.0 400 Bad Request\r\n" + via + "From: " + from + "\r\nTo: " + to + "\r\nCall-ID: " + callId
                + "\r\nCSeq: " + cseq + "\r\nContent-Length: 0\r\n\r\n";
        return reply.length() > MAX_COPIED ? null : reply.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAnswerable(String startLine) {
        return startLine.endsWith("SIP/2.0") && !startLine.startsWith("SIP/") && !startLine.startsWith("ACK ");
    }

    /** The lines up to the empty one, unfolded; empty if there is anything that may not be repeated. */
    private static List<String> head(byte[] message) {
        List<String> lines = new ArrayList<>();
        String text = new String(message, 0, Math.min(message.length, 2 * MAX_COPIED), StandardCharsets.UTF_8);
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                return lines;
            }
            if (line.indexOf(0) >= 0) {
                return List.of();
            }
            boolean continuation = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (continuation && !lines.isEmpty()) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + ' ' + line.trim());
            } else {
                lines.add(line);
            }
        }
        return lines;
    }
}
