package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code application/simple-message-summary} (RFC 3842, section 5.2). */
final class SummaryText {

    static final int MAX_BYTES = 65_536;
    static final int MAX_ACCOUNT = 1_024;
    static final int MAX_CLASSES = 32;
    static final int MAX_MESSAGES = 500;
    private static final int MAX_LINE = 2_048;
    private static final Pattern COUNTS = Pattern.compile(
            "([0-9]{1,10})\\s*/\\s*([0-9]{1,10})(?:\\s*\\(\\s*([0-9]{1,10})\\s*/\\s*([0-9]{1,10})\\s*\\))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!%*_+`'~.-]{1,64}");

    private final List<String> lines;
    private int at;

    private SummaryText(List<String> lines) {
        this.lines = lines;
    }

    static MessageSummary read(String text) throws MimeException {
        return new SummaryText(lines(text)).summary();
    }

    /** Lines, those that go on with a blank joined to the one before. */
    private static List<String> lines(String text) throws MimeException {
        List<String> lines = new ArrayList<>();
        for (String each : text.split("\r\n|\n|\r", -1)) {
            boolean folded = !lines.isEmpty() && !each.isBlank() && (each.charAt(0) == ' ' || each.charAt(0) == '\t');
            String line = folded ? lines.remove(lines.size() - 1) + " " + each.strip() : each.strip();
            if (line.length() > MAX_LINE) {
                throw new MimeException("line " + (lines.size() + 1) + " has more than " + MAX_LINE + " characters");
            }
            lines.add(line);
        }
        return lines;
    }

    private MessageSummary summary() throws MimeException {
        while (at < lines.size() && lines.get(at).isEmpty()) {
            at++;
        }
        String waiting = at < lines.size() ? value(lines.get(at), "messages-waiting") : null;
        if (waiting == null) {
            throw new MimeException("line " + (at + 1) + " is not Messages-Waiting");
        }
        if (!waiting.equalsIgnoreCase("yes") && !waiting.equalsIgnoreCase("no")) {
            throw new MimeException("Messages-Waiting is neither yes nor no");
        }
        at++;
        String account = null;
        Map<String, MessageSummary.Counts> counts = new LinkedHashMap<>();
        while (at < lines.size() && !lines.get(at).isEmpty()) {
            String line = lines.get(at++);
            String found = value(line, "message-account");
            if (found == null) {
                count(line, counts);
            } else if (found.length() > MAX_ACCOUNT) {
                throw new MimeException("Message-Account has more than " + MAX_ACCOUNT + " characters");
            } else {
                account = found.isEmpty() ? null : found;
            }
        }
        return new MessageSummary(waiting.equalsIgnoreCase("yes"), account, counts, messages());
    }

    private void count(String line, Map<String, MessageSummary.Counts> counts) throws MimeException {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!NAME.matcher(name).matches()) {
            throw new MimeException("line " + at + " is no header");
        }
        Matcher numbers = COUNTS.matcher(line.substring(colon + 1).strip());
        if (!numbers.matches()) {
            throw new MimeException("line " + at + " has no counts");
        }
        counts.put(name.toLowerCase(Locale.ROOT), new MessageSummary.Counts(number(numbers.group(1)), number(numbers.group(2)),
                numbers.group(3) == null ? null : number(numbers.group(3)), numbers.group(4) == null ? null : number(numbers.group(4))));
        if (counts.size() > MAX_CLASSES) {
            throw new MimeException("more than " + MAX_CLASSES + " kinds of messages");
        }
    }

    private long number(String text) throws MimeException {
        long value = Long.parseLong(text);
        if (value > 0xFFFF_FFFFL) {
            throw new MimeException("line " + at + " has a count over 4294967295");
        }
        return value;
    }

    private List<Map<String, String>> messages() throws MimeException {
        List<Map<String, String>> messages = new ArrayList<>();
        Map<String, String> message = new LinkedHashMap<>();
        while (at < lines.size()) {
            String line = lines.get(at++);
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                add(messages, message);
                message = new LinkedHashMap<>();
            } else if (colon > 0 && NAME.matcher(line.substring(0, colon).strip()).matches()) {
                message.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            } else {
                throw new MimeException("line " + at + " is no header");
            }
        }
        add(messages, message);
        return messages;
    }

    private static void add(List<Map<String, String>> messages, Map<String, String> message) throws MimeException {
        if (!message.isEmpty()) {
            messages.add(message);
        }
        if (messages.size() > MAX_MESSAGES) {
            throw new MimeException("headers of more than " + MAX_MESSAGES + " messages");
        }
    }

    private static String value(String line, String name) {
        int colon = line.indexOf(':');
        return colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name) ? line.substring(colon + 1).strip() : null;
    }

    static String write(MessageSummary summary) {
        StringBuilder out = new StringBuilder("Messages-Waiting: ").append(summary.waiting() ? "yes" : "no").append("\r\n");
        if (summary.account() != null) {
            out.append("Message-Account: ").append(oneLine(summary.account())).append("\r\n");
        }
        summary.counts().forEach((name, each) -> {
            out.append(shown(name)).append(": ").append(each.fresh()).append('/').append(each.old());
            if (each.newUrgent() != null && each.oldUrgent() != null) {
                out.append(" (").append(each.newUrgent()).append('/').append(each.oldUrgent()).append(')');
            }
            out.append("\r\n");
        });
        for (Map<String, String> message : summary.messages()) {
            out.append("\r\n");
            message.forEach((name, value) -> out.append(oneLine(name)).append(": ").append(oneLine(value)).append("\r\n"));
        }
        return out.toString();
    }

    /** {@code voice-message} as {@code Voice-Message}. */
    private static String shown(String name) {
        StringBuilder out = new StringBuilder();
        for (String word : oneLine(name).split("-", -1)) {
            out.append(out.length() == 0 ? "" : "-").append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return out.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
