package io.github.camelvoice.gateway;

import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.StatusOrder;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.outbound.Overrides;
import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.TargetException;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.webhook.Orders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request of the 2010-04-01 API asks for, checked.
 *
 * @param url            of the document; null where it is in {@code document}, or where there is none
 * @param document       itself; null where it has a URL
 * @param fallbackMethod null without a fallback
 * @param status         who is told of the call, null for nobody
 * @param recording      null for none
 */
record LamlOrder(String url, String method, String fallbackUrl, String fallbackMethod, String document, StatusOrder status,
                 RecordingOrder recording) {

    private static final Set<String> SHARED = Set.of("Url", "Method", "FallbackUrl", "FallbackMethod", "Twiml", "Laml", "StatusCallback",
            "StatusCallbackMethod", "StatusCallbackEvent");
    private static final Set<String> OF_CREATE = Set.of("To", "From", "CallerId", "Timeout", "TimeLimit", "Record", "RecordingChannels",
            "RecordingStatusCallback", "RecordingStatusCallbackMethod", "RecordingStatusCallbackEvent", "RecordingTrack", "Trim",
            "SipAuthUsername", "SipAuthPassword");
    private static final Set<String> OF_RECORDING = Set.of("RecordingChannels", "RecordingStatusCallback", "RecordingStatusCallbackMethod",
            "RecordingStatusCallbackEvent", "RecordingTrack", "Trim");
    private static final Set<String> REPEATED = Set.of("StatusCallbackEvent", "RecordingStatusCallbackEvent");
    private static final int RING_SECONDS = 60;
    private static final int TALK_SECONDS = 14_400;

    static LamlForm create(String body) {
        return LamlForm.of(body, union(SHARED, OF_CREATE), REPEATED);
    }

    static LamlForm update(String body) {
        return LamlForm.of(body, union(SHARED, Set.of("Status")), REPEATED);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new java.util.HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    /** @param policy says early which URLs nothing may be sent to */
    static LamlOrder of(LamlForm form, TargetPolicy policy) {
        String document = form.document("Twiml");
        if (form.document("Laml") != null) {
            if (document != null) {
                throw LamlError.badParameter("Laml", "is there beside Twiml");
            }
            document = form.document("Laml");
        }
        String url = url(form, "Url", policy);
        if (document != null && url != null) {
            throw LamlError.badParameter("Url", "is there beside a document");
        }
        String fallback = url(form, "FallbackUrl", policy);
        return new LamlOrder(url, form.read("Method", Orders::method), fallback, fallback == null ? null : form.read("FallbackMethod", Orders::method),
                document, status(form, policy), form.flag("Record") ? recording(form, policy, RecordingOrder.PLACED) : null);
    }

    /** A recording of a live call. */
    static RecordingOrder startRecording(String body, TargetPolicy policy) {
        LamlForm form = LamlForm.of(body, OF_RECORDING, REPEATED);
        return recording(form, policy, RecordingOrder.STARTED);
    }

    boolean hasDocument() {
        return url != null || document != null;
    }

    private static String url(LamlForm form, String name, TargetPolicy policy) {
        String url = form.text(name);
        if (url == null) {
            return null;
        }
        try {
            Urls.http(url);
            policy.parse(Overrides.split(url).url(), Schemes.HTTP, true);
            return url;
        } catch (IllegalArgumentException | TargetException wrong) {
            throw new LamlError(400, LamlError.BAD_URL, name + " is not a valid URL: " + wrong.getMessage());
        }
    }

    private static StatusOrder status(LamlForm form, TargetPolicy policy) {
        String url = url(form, "StatusCallback", policy);
        if (url == null) {
            return null;
        }
        String method = form.read("StatusCallbackMethod", Orders::method);
        return form.read("StatusCallbackEvent", first -> Orders.status(url, method, form.all("StatusCallbackEvent")));
    }

    private static RecordingOrder recording(LamlForm form, TargetPolicy policy, String source) {
        String url = url(form, "RecordingStatusCallback", policy);
        String method = form.read("RecordingStatusCallbackMethod", Orders::method);
        RecordingOrder.Told told = url == null ? null : form.read("RecordingStatusCallbackEvent", first ->
                Orders.recording(url, method, form.all("RecordingStatusCallbackEvent")));
        boolean dual = word(form, "RecordingChannels", "mono", "dual").equals("dual");
        boolean trim = word(form, "Trim", "trim-silence", "do-not-trim").equals("trim-silence");
        RecordingOrder.Tracks tracks = switch (word(form, "RecordingTrack", "both", "inbound", "outbound")) {
            case "inbound" -> RecordingOrder.Tracks.HEARD;
            case "outbound" -> RecordingOrder.Tracks.SENT;
            default -> RecordingOrder.Tracks.BOTH;
        };
        return new RecordingOrder(tracks, dual, trim, 0, 0, source, told, null);
    }

    private static String word(LamlForm form, String name, String... words) {
        String text = form.text(name);
        for (String word : words) {
            if (word.equals(text)) {
                return word;
            }
        }
        if (text != null) {
            throw LamlError.badParameter(name, "must be " + String.join(" or ", words));
        }
        return words[0];
    }

    /** @param own our address, {@code host:port}, for callers that are a name or a number */
    static PlaceCall call(LamlForm form, String own, String account) {
        String to = form.text("To");
        if (to == null) {
            throw new LamlError(400, LamlError.NO_TO, "No 'To' address is specified");
        }
        if (!to.regionMatches(true, 0, "sip:", 0, 4) && !to.regionMatches(true, 0, "sips:", 0, 5) || !isWord(to)) {
            throw new LamlError(400, LamlError.BAD_TO, "'To' must be a SIP URI, sip:user@host: " + ApiException.quote(to));
        }
        String user = form.text("SipAuthUsername");
        String password = form.text("SipAuthPassword");
        if ((user == null) != (password == null)) {
            throw LamlError.badParameter("SipAuthPassword", "and SipAuthUsername belong together");
        }
        int question = to.indexOf('?', Math.max(0, to.indexOf('@')));
        OutboundLeg leg = new OutboundLeg(question < 0 ? to : to.substring(0, question), from(form, own), null, user, password, null, 0,
                question < 0 ? SipHeaders.none() : headers(to.substring(question + 1)));
        return new PlaceCall(leg, List.of(), Duration.ofSeconds(form.number("Timeout", 1, 600, RING_SECONDS)),
                Duration.ofSeconds(form.number("TimeLimit", 1, 86_400, TALK_SECONDS))).withAccount(account);
    }

    private static String from(LamlForm form, String own) {
        String from = form.has("CallerId") ? form.text("CallerId") : form.text("From");
        if (form.text("From") == null) {
            throw new LamlError(400, LamlError.NO_FROM, "'From' is required: a SIP URI, a name or a number");
        }
        String lower = from.toLowerCase(Locale.ROOT);
        boolean uri = lower.startsWith("sip:") || lower.startsWith("sips:");
        if (!isWord(from) || !uri && !from.matches("[A-Za-z0-9+_.,-]{1,64}(@[A-Za-z0-9.:\\[\\]-]{1,253})?")) {
            throw new LamlError(400, LamlError.BAD_FROM, "'From' must be a SIP URI, or letters, digits and + - _ . ,: " + ApiException.quote(from));
        }
        return uri ? from : from.indexOf('@') > 0 ? "sip:" + from : "sip:" + from + "@" + own;
    }

    private static boolean isWord(String text) {
        return text.length() <= 1_024 && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>' && c != '"');
    }

    /** RFC 3261, section 19.1.1: what may not be set is refused by the leg. */
    private static SipHeaders headers(String text) {
        List<SipHeaders.Field> fields = new ArrayList<>();
        for (String part : text.split("&")) {
            int equal = part.indexOf('=');
            if (equal > 0) {
                fields.add(new SipHeaders.Field(decode(part.substring(0, equal)), decode(part.substring(equal + 1))));
            }
        }
        return SipHeaders.of(fields);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new LamlError(400, LamlError.BAD_TO, "'To' has a header that is not percent-encoded");
        }
    }
}
