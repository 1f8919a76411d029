package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SIPp wrote down with {@code -trace_msg}: every message that it sent and received, byte for byte. */
public final class SippLog {

    private static final Pattern HEAD = Pattern.compile("-{20,} (\\d{4}-\\d\\d-\\d\\d)[ \\t]+(\\d\\d:\\d\\d:\\d\\d\\.\\d+)\\n"
            + "\\w+ message (sent|received) [\\[(](\\d+)\\]? bytes\\)? ?:\\n\\n");

    private SippLog() {
    }

    /**
     * A message.
     *
     * @param time by SIPp's clock
     * @param sent by SIPp
     * @param data as it was on the wire, one byte a char (ISO 8859-1)
     */
    public record Line(Instant time, boolean sent, String data) {

        /** First line. */
        public String start() {
            return data.substring(0, Math.max(0, data.indexOf('\r')));
        }

        /** Value of the first header field of this full name, empty without it. */
        public String header(String name) {
            int at = data.indexOf("\r\n" + name + ":");
            return at < 0 ? "" : data.substring(at + name.length() + 3, data.indexOf('\r', at + 2)).strip();
        }

        /** Whether it is this response to a request of this method. */
        public boolean answers(int code, String method) {
            return data.startsWith("SIP/2.0 " + code + " ") && header("CSeq").endsWith(" " + method);
        }
    }

    /** Whole messages so far, in order; what is still being written is left out. */
    public static List<Line> read(Path file) {
        try {
            return parse(Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        for (int from = 0; head.find(from);) {
            int end = head.end() + Integer.parseInt(head.group(4));
            if (end > text.length()) {
                break;
            }
            Instant time = LocalDateTime.parse(head.group(1) + "T" + head.group(2)).atZone(ZoneId.systemDefault()).toInstant();
            lines.add(new Line(time, head.group(3).equals("sent"), text.substring(head.end(), end)));
            from = end;
        }
        return lines;
    }

    /** The same by Call-ID. */
    public static Map<String, List<Line>> byCall(Path file) {
        Map<String, List<Line>> calls = new LinkedHashMap<>();
        for (Line line : read(file)) {
            calls.computeIfAbsent(line.header("Call-ID"), id -> new ArrayList<>()).add(line);
        }
        return calls;
    }
}
