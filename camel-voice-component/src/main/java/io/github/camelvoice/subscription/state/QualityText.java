package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.VoiceQuality.Metrics;
import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code application/vq-rtcpxr} (RFC 6035, section 4.6): lines of a name and of pairs. */
final class QualityText {

    static final int MAX_BYTES = 65_536;
    private static final int MAX_LINES = 200;
    private static final int MAX_PAIRS = 64;
    private static final Pattern HEAD = Pattern.compile("VQ(Session|Interval|Alert)Report(?:\\s*:\\s*(.*))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_-]{1,64})\\s*=\\s*(?:\"([^\"]*)\"|(\\S*))");
    private static final Set<String> SIDES = Set.of("localmetrics", "remotemetrics");

    private final String document;
    private final Map<String, String> session = new LinkedHashMap<>();
    private final Map<String, String> local = new LinkedHashMap<>();
    private final Map<String, String> remote = new LinkedHashMap<>();
    private boolean hasLocal;
    private boolean hasRemote;

    private QualityText(String document) {
        this.document = document;
    }

    static VoiceQuality read(String document) throws MimeException {
        return new QualityText(document).report();
    }

    private VoiceQuality report() throws MimeException {
        String[] lines = document.strip().split("\r\n|\n|\r", -1);
        Matcher head = HEAD.matcher(lines[0].strip());
        if (!head.matches()) {
            throw new MimeException("line 1 is no VQSessionReport, VQIntervalReport or VQAlertReport");
        }
        if (lines.length > MAX_LINES) {
            throw new MimeException("more than " + MAX_LINES + " lines");
        }
        collect(lines);
        VoiceQuality.Report kind = VoiceQuality.Report.valueOf(head.group(1).toUpperCase(Locale.ROOT));
        String rest = head.group(2) == null ? "" : head.group(2).strip();
        Map<String, String> alert = pairs(rest);
        return new VoiceQuality(kind, rest.equalsIgnoreCase("CallTerm"),
                alert.isEmpty() ? null : new VoiceQuality.Alert(alert.get("type"), alert.get("severity"), alert.get("dir")),
                new VoiceQuality.Session(session.remove("callid"), session.remove("localid"), session.remove("remoteid"), session.remove("origid"),
                        address(session.remove("localaddr")), address(session.remove("remoteaddr")), session.remove("localgroup"),
                        session.remove("remotegroup"), session.remove("localmac"), session.remove("remotemac"), session.remove("dialogid")),
                hasLocal ? metrics(local) : null, hasRemote ? metrics(remote) : null, session, document);
    }

    private void collect(String[] lines) throws MimeException {
        Map<String, String> into = session;
        String last = "";
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                continue;
            }
            if (Character.isWhitespace(lines[i].charAt(0)) && PAIR.matcher(line).lookingAt()) {
                into.computeIfPresent(last, (name, value) -> value + " " + line);
                continue;
            }
            if (colon <= 0 || !line.substring(0, colon).strip().matches("[A-Za-z0-9._-]{1,64}")) {
                throw new MimeException("line " + (i + 1) + " has no name");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            last = name;
            String value = line.substring(colon + 1).strip();
            if (SIDES.contains(name) && value.isEmpty()) {
                into = name.equals("localmetrics") ? local : remote;
                hasLocal |= into == local;
                hasRemote |= into == remote;
            } else if (name.equals("dialogid")) {
                session.put(name, value);
            } else {
                into.put(name, value);
            }
        }
    }

    private static Map<String, String> pairs(String text) throws MimeException {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(text == null ? "" : text);
        while (pair.find()) {
            pairs.put(pair.group(1).toLowerCase(Locale.ROOT), pair.group(2) == null ? pair.group(3) : pair.group(2));
            if (pairs.size() > MAX_PAIRS) {
                throw new MimeException("a line has more than " + MAX_PAIRS + " pairs");
            }
        }
        return pairs;
    }

    private static VoiceQuality.Address address(String text) throws MimeException {
        Map<String, String> pairs = pairs(text);
        return pairs.isEmpty() ? null : new VoiceQuality.Address(pairs.get("ip"), whole(pairs, "port"), pairs.get("ssrc"));
    }

    private static Metrics metrics(Map<String, String> lines) throws MimeException {
        Map<String, String> times = pairs(lines.remove("timestamps"));
        Map<String, String> said = pairs(lines.remove("sessiondesc"));
        Map<String, String> jitter = pairs(lines.remove("jitterbuffer"));
        Map<String, String> loss = pairs(lines.remove("packetloss"));
        Map<String, String> burst = pairs(lines.remove("burstgaploss"));
        Map<String, String> delay = pairs(lines.remove("delay"));
        Map<String, String> signal = pairs(lines.remove("signal"));
        Map<String, String> quality = pairs(lines.remove("qualityest"));
        return new Metrics(times.get("start"), times.get("stop"),
                said.isEmpty() ? null : new VoiceQuality.SessionDescription(whole(said, "pt"), said.get("pd"), number(said, "sr"), number(said, "fd"),
                        number(said, "fo"), number(said, "fpp"), number(said, "pps"), said.get("fmtp"), whole(said, "plc"), said.get("ssup")),
                jitter.isEmpty() ? null : new VoiceQuality.JitterBuffer(whole(jitter, "jba"), whole(jitter, "jbr"), number(jitter, "jbn"),
                        number(jitter, "jbm"), number(jitter, "jbx")),
                loss.isEmpty() ? null : new VoiceQuality.PacketLoss(number(loss, "nlr"), number(loss, "jdr")),
                burst.isEmpty() ? null : new VoiceQuality.BurstGapLoss(number(burst, "bld"), number(burst, "bd"), number(burst, "gld"),
                        number(burst, "gd"), number(burst, "gmin")),
                delay.isEmpty() ? null : new VoiceQuality.Delay(number(delay, "rtd"), number(delay, "esd"), number(delay, "sowd"),
                        number(delay, "owd"), number(delay, "iaj"), number(delay, "maj")),
                signal.isEmpty() ? null : new VoiceQuality.Signal(number(signal, "sl"), number(signal, "nl"), number(signal, "rerl")),
                quality.isEmpty() ? null : quality(quality), lines);
    }

    private static VoiceQuality.Quality quality(Map<String, String> pairs) throws MimeException {
        Map<String, String> algorithms = new LinkedHashMap<>();
        pairs.forEach((name, value) -> {
            if (name.endsWith("estalg")) {
                algorithms.put(name, value);
            }
        });
        return new VoiceQuality.Quality(number(pairs, "rlq"), number(pairs, "rcq"), number(pairs, "extri"), number(pairs, "extro"),
                number(pairs, "moslq"), number(pairs, "moscq"), algorithms);
    }

    private static Double number(Map<String, String> pairs, String key) throws MimeException {
        String text = pairs.get(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.matches("-?[0-9]{1,9}(\\.[0-9]{0,6})?")) {
            throw new MimeException(key.toUpperCase(Locale.ROOT) + " is not a number");
        }
        return Double.valueOf(text);
    }

    private static Integer whole(Map<String, String> pairs, String key) throws MimeException {
        Double number = number(pairs, key);
        return number == null ? null : Integer.valueOf(number.intValue());
    }
}
