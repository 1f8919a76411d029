package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.CallProgress;
import io.github.camelvoice.document.DialOrder;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.document.StatusOrder;
import io.github.camelvoice.document.Verb;
import io.github.camelvoice.document.cxml.CxmlParser.Reading;
import io.github.camelvoice.document.source.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Dial, and the Sips in it. */
final class DialVerb {

    static final int MOST_TARGETS = 10;
    private static final int FOUR_HOURS = 14_400;
    private static final int DAY = 86_400;
    /** RFC 4028, section 4. */
    private static final int LEAST_SESSION = 90;

    private DialVerb() {
    }

    static Instruction read(Element.Dial element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        Action action = attributes.action("action", "method", false);
        int timeout = attributes.clamped("timeout", 30, 5, 600);
        int timeLimit = attributes.whole("timeLimit", FOUR_HOURS, 1, DAY);
        boolean hangupOnStar = attributes.flag("hangupOnStar", false);
        String callerId = attributes.read("callerId", null, Texts::callerId);
        String callerName = attributes.read("callerName", null, Texts::callerName);
        RecordingOrder.DialRecord record = attributes.read("record", RecordingOrder.DialRecord.DO_NOT_RECORD, text ->
                RecordingOrder.DialRecord.of(text.strip()));
        RecordingOrder recording = recording(attributes, record);
        boolean answerOnBridge = attributes.flag("answerOnBridge", false);
        String ringTone = attributes.read("ringTone", null, Texts::country);
        boolean sequential = attributes.flag("sequential", false);
        attributes.ignored("a REFER of the called side is answered as the engine is set, not by a document", "referUrl", "referMethod");
        attributes.ignored("events of a call go to statusCallback of Sip", "events");
        attributes.end();
        List<DialOrder.Target> targets = targets(element, reading);
        return new Verb.Dial(element.tag.place(), new DialOrder(action, timeout, timeLimit, hangupOnStar, callerId, callerName, recording,
                record.fromRinging(), answerOnBridge, ringTone, sequential, targets));
    }

    private static RecordingOrder recording(Attributes attributes, RecordingOrder.DialRecord record) {
        RecordingOrder.Tracks tracks = attributes.read("recordingTrack", RecordingOrder.Tracks.BOTH, text ->
                RecordingOrder.Tracks.ofDial(text.strip()));
        RecordingOrder.Told told = told(attributes);
        RecordingOrder.Storage storage = storage(attributes);
        boolean trim = attributes.read("trim", false, DialVerb::trim);
        if (record != RecordingOrder.DialRecord.DO_NOT_RECORD) {
            return RecordingOrder.dial(record, tracks, trim, told, storage);
        }
        for (String name : List.of("recordingTrack", "recordingStatusCallback", "recordingStorageUrl", "trim")) {
            if (attributes.has(name)) {
                attributes.warn(name, "means nothing without record");
            }
        }
        return null;
    }

    static boolean trim(String text) {
        return Texts.word(text, Map.of("trim-silence", true, "do-not-trim", false));
    }

    static RecordingOrder.Told told(Attributes attributes) {
        Map<String, RecordingStatus> words = new LinkedHashMap<>();
        for (RecordingStatus each : RecordingStatus.values()) {
            words.put(each.word(), each);
        }
        Set<RecordingStatus> events = attributes.read("recordingStatusCallbackEvent", Set.of(RecordingStatus.COMPLETED), text ->
                Texts.words(text, words));
        Action action = attributes.action("recordingStatusCallback", "recordingStatusCallbackMethod", false);
        return action == null ? null : new RecordingOrder.Told(action.url(), action.method(), events);
    }

    static RecordingOrder.Storage storage(Attributes attributes) {
        String method = attributes.read("recordingStorageUrlMethod", "POST", text -> Texts.method(text, "POST", "PUT"));
        String target = attributes.read("recordingStorageUrl", null, text -> io.github.camelvoice.document.Urls.target(text.strip()));
        return target == null ? null : new RecordingOrder.Storage(target, method);
    }

    private static List<DialOrder.Target> targets(Element.Dial element, Reading reading) {
        List<DialOrder.Target> targets = new ArrayList<>();
        int sips = 0;
        for (Element noun : element.children()) {
            if (!(noun instanceof Element.Sip sip)) {
                other(noun, reading);
            } else if (++sips == MOST_TARGETS + 1) {
                reading.wrong(ProblemCode.METHOD_PARAMETER_CONFLICT, sip, "Dial has more than " + MOST_TARGETS + " Sips");
            } else if (sips <= MOST_TARGETS) {
                DialOrder.Target target = target(sip, reading);
                if (target != null) {
                    targets.add(target);
                }
            }
        }
        String text = element.text();
        if (!text.isEmpty()) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, element, "Dial has text, a number perhaps (" + Findings.shown(text)
                    + "): there is no telephone network; whom to call is a Sip within");
        } else if (element.children().isEmpty()) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, element, "Dial has nobody to call: it needs 1 to 10 Sips within");
        }
        return targets;
    }

    private static void other(Element noun, Reading reading) {
        String name = noun.tag.name;
        String elsewhere = Names.NOUNS.get(name);
        reading.wrong(ProblemCode.ELEMENT_UNDEFINED, noun, elsewhere != null ? name + " is not supported in Dial: " + elsewhere
                : Findings.shown(name) + " cannot be within Dial; there is Sip");
    }

    private static DialOrder.Target target(Element.Sip sip, Reading reading) {
        Place place = sip.tag.place();
        Attributes attributes = reading.attributes(sip);
        List<String> codecs = attributes.read("codecs", List.of(), Texts::codecs);
        Action whisper = attributes.action("url", "method", false);
        StatusOrder status = status(attributes);
        String username = attributes.text("username");
        String password = attributes.text("password");
        int session = session(attributes);
        attributes.ignored("answering machines are not detected", attributesLike(sip, name -> name.startsWith("machineDetection")
                || name.startsWith("amdStatusCallback")));
        attributes.ignored("the address is the text", "sipUrl");
        attributes.end();
        reading.empty(sip);
        if ((username == null) != (password == null)) {
            attributes.wrong(username == null ? "password" : "username", "needs " + (username == null ? "a username" : "a password") + " too");
        }
        try {
            SipText text = SipText.of(sip.text(), reading.options());
            for (String name : text.dropped()) {
                reading.findings().warn(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, place, "the header " + name + " is not sent: its name does "
                        + "not begin with X-");
            }
            return new DialOrder.Target(place, text.uri(), text.headers(), text.secure(), codecs, username, password, session, whisper, status);
        } catch (IllegalArgumentException wrong) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, sip, "the text of Sip " + wrong.getMessage());
            return null;
        }
    }

    private static String[] attributesLike(Element element, Predicate<String> name) {
        return element.attributes.keySet().stream().map(each -> each.getLocalPart()).filter(name).toArray(String[]::new);
    }

    private static int session(Attributes attributes) {
        int session = attributes.whole("sessionTimeout", 0, 0, 86_400);
        if (session > 0 && session < LEAST_SESSION) {
            attributes.warn("sessionTimeout", "must be " + LEAST_SESSION + " or more and was taken as that: " + session);
            return LEAST_SESSION;
        }
        return session;
    }

    static StatusOrder status(Attributes attributes) {
        Map<String, CallProgress> words = new LinkedHashMap<>();
        for (CallProgress each : CallProgress.values()) {
            words.put(each.word(), each);
        }
        Set<CallProgress> events = attributes.read("statusCallbackEvent", Set.of(CallProgress.COMPLETED), text ->
                text.isBlank() ? Set.of(CallProgress.COMPLETED) : Texts.words(text, words));
        Action action = attributes.action("statusCallback", "statusCallbackMethod", false);
        if (attributes.has("statusCallbackEvent") && !attributes.has("statusCallback")) {
            attributes.warn("statusCallbackEvent", "means nothing without statusCallback");
        }
        return action == null ? null : new StatusOrder(action.url(), action.method(), events);
    }
}
