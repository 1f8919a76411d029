package io.github.camelvoice.voice;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which options of a URI mean something where: one that would be without effect is refused, as is a value that would quietly turn into
 * another. Only what stands in the URI is looked at; defaults of the component hold for all endpoints.
 */
final class OptionRules {

    private static final String CALLS = "a consumer of voice:call";
    private static final String EVENTS = "a consumer of voice:events";
    private static final String RECORDS = "a consumer of voice:sipinfo";
    private static final String CALLBACKS = "a consumer of voice:callbacks";
    private static final String RECORD = "a producer of voice:sipinfo";
    private static final String TAPS = "a consumer of voice:tap";
    private static final String NAMED_TAPS = "a consumer of voice:tap:NAME";
    private static final String TAP = "voice:tap?operation=";
    private static final String DOCUMENT = "a producer of voice:document";
    private static final String TRANSFERS = "a consumer of voice:transfer";
    private static final String TRANSFER = "voice:transfer?operation=";
    private static final String SUBSCRIBER = "a consumer of voice:subscribe with resources";
    private static final String FOLLOWER = "a consumer of voice:subscribe without resources";
    private static final String INCOMING = "voice:subscribe?incoming=";
    private static final String SUBSCRIBE = "voice:subscribe?operation=";
    private static final String HOLDER = "a consumer of voice:session that registers its account";
    private static final String STATUSES = "a consumer of voice:session";
    private static final String SESSION = "voice:session?operation=";
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Map<String, Set<String>> PLACES = places();
    private static final Set<String> DURATIONS = Set.of("ringTimeout", "timeLimit", "recordLimit", "toneLength", "toneGap", "settleTime",
            "retryDelay", "retryMaxDelay", "batch", "buffer", "backOff", "maxBackOff", "notifyTimeout", "expiry", "connectTimeout",
            "readTimeout", "whisperTimeout", "expires", "keep");
    private static final Set<String> NUMBERS = Set.of("order", "maxConcurrentCalls", "undecidedCode", "workers", "callQueueSize", "queueSize",
            "concurrentConsumers", "sessionExpires", "code", "repeat", "maxRetries", "rate", "rtpPtime", "channels",
            "quickAttempts", "concurrentDeliveries", "maxRedirects", "refuseCode", "autoAnswerInterval", "after", "limit");
    private static final Set<String> FLAGS = Set.of("wait", "earlyMedia", "reliable", "bridge", "raw", "live", "bidirectional",
            "reconnect", "failOnError", "sequential", "answerOnBridge", "passEarlyMedia", "keepCaller", "hangupOnStar", "hold",
            "hangup", "calledUsers", "register", "hard");
    private static final Set<String> SECRETS = Set.of("username", "password", "accessToken", "secretKey", "authUsername");

    private OptionRules() {
    }

    private static Map<String, Set<String>> places() {
        Map<String, Set<String>> places = new TreeMap<>();
        put(places, CALLS, "called", "calledUsers", "calling", "transport", "order", "maxConcurrentCalls", "maxCallsPerSecond", "undecidedCode", "onFailure",
                "onEnd", "workers", "callQueueSize");
        put(places, EVENTS, "kinds", "queueSize", "concurrentConsumers", "callId");
        put(places, RECORDS, "format", "raw", "consumerName", "startAt", "settleTime", "retryDelay", "retryMaxDelay", "maxRetries");
        put(places, CALLBACKS, "targets", "secretKey", "quickAttempts", "backOff", "maxBackOff", "expiry", "concurrentDeliveries",
                "connectTimeout", "readTimeout");
        put(places, RECORD, "callId", "format", "raw", "live");
        put(places, DOCUMENT, "callId", "url", "request", "method", "fallbackUrl", "fallbackMethod", "atEnd", "wait");
        put(places, TRANSFERS, "called", "calling", "transport", "order", "refuseCode", "workers");
        for (TransferOperation operation : TransferOperation.values()) {
            put(places, TRANSFER + operation.word(), "callId");
            if (operation != TransferOperation.REFUSE) {
                put(places, TRANSFER + operation.word(), "mode", "referredBy", "notifyTimeout", "until", "sipAccount", "username", "password", "from",
                        "fromDisplay", "outboundProxy", "codecs", "srtp", "ringTimeout", "timeLimit", "sessionExpires");
            }
        }
        put(places, TRANSFER + TransferOperation.TRANSFER.word(), "replaces", "hold", "hangup");
        put(places, TRANSFER + TransferOperation.REFUSE.word(), "code", "phrase");
        subscriptions(places);
        sessions(places);
        put(places, VoiceOperation.PLACE, "sipAccount", "waitFor", "from", "fromDisplay", "username", "password", "outboundProxy", "codecs", "srtp", "ringTimeout",
                "timeLimit", "sessionExpires", "bridge", "sequential", "whisper", "whisperTimeout", "maxRedirects", "ringTone", "answerOnBridge",
                "passEarlyMedia", "keepCaller", "hangupOnStar", "statusCallback", "statusCallbackEvent",
                "statusCallbackMethod");
        put(places, VoiceOperation.ANSWER, "codecs");
        put(places, VoiceOperation.RING, "code", "earlyMedia", "reliable");
        put(places, VoiceOperation.REJECT, "code", "phrase", "reason");
        put(places, VoiceOperation.REDIRECT, "contacts");
        put(places, VoiceOperation.HANGUP, "reason");
        put(places, VoiceOperation.PLAY, "source", "repeat", "wait");
        put(places, VoiceOperation.START_RECORDING, "file", "layout", "recordLimit");
        put(places, VoiceOperation.SEND_DTMF, "digits", "toneLength", "toneGap", "dtmfMethod");
        put(places, VoiceOperation.BRIDGE, "bridgedCallId");
        put(places, VoiceOperation.SEND_INFO, "contentType");
        put(places, TAPS, "called", "calling", "transport", "calls", "direction", "codec", "rate", "layout", "batch", "buffer", "workers");
        put(places, NAMED_TAPS, "codec", "rate", "layout", "batch", "buffer", "workers");
        put(places, TapOperation.START, "uri", "direction", "codec", "rate", "rtpPtime", "protocol", "channels", "bidirectional", "statusUrl",
                "username", "password", "accessToken", "upgradeHeaders", "customParameters", "subProtocol", "sslContextParameters",
                "onSinkLoss", "reconnect", "buffer", "tag", "failOnError");
        put(places, TapOperation.STOP, "failOnError");
        put(places, TapOperation.CHANGE, "direction");
        for (TapOperation operation : TapOperation.values()) {
            put(places, operation, "callId");
            if (operation != TapOperation.LIST) {
                put(places, operation, "controlId");
            }
        }
        for (VoiceOperation operation : VoiceOperation.values()) {
            if (operation != VoiceOperation.LIST) {
                put(places, operation, "callId");
            }
        }
        return places;
    }

    private static void subscriptions(Map<String, Set<String>> places) {
        String[] asked = {"event", "resources", "accept", "lists", "username", "password", "outboundProxy", "from"};
        put(places, SUBSCRIBER, asked);
        put(places, SUBSCRIBER, "expires", "subscription", "body", "keep", "queueSize", "concurrentConsumers");
        put(places, FOLLOWER, "event", "subscriptionId", "body", "queueSize", "concurrentConsumers");
        put(places, INCOMING + "watchers", "incoming", "event", "refuseCode", "workers");
        put(places, INCOMING + "publications", "incoming", "event", "queueSize");
        put(places, SUBSCRIBE + SubscribeOperation.CREATE.word(), asked);
        put(places, SUBSCRIBE + SubscribeOperation.CREATE.word(), "expires", "subscription");
        put(places, SUBSCRIBE + SubscribeOperation.FETCH.word(), asked);
        put(places, SUBSCRIBE + SubscribeOperation.GET.word(), "subscriptionId");
        put(places, SUBSCRIBE + SubscribeOperation.END.word(), "subscriptionId");
        put(places, SUBSCRIBE + SubscribeOperation.CHANGE.word(), "subscriptionId", "resources");
        put(places, SUBSCRIBE + SubscribeOperation.PUBLISH.word(), "event", "contentType", "expires");
        put(places, SUBSCRIBE + SubscribeOperation.REFUSE.word(), "code", "phrase");
    }

    private static void sessions(Map<String, Set<String>> places) {
        put(places, STATUSES, "register", "statuses", "queueSize", "concurrentConsumers");
        put(places, HOLDER, "register", "statuses", "queueSize", "concurrentConsumers", "autoAnswerInterval");
        for (String place : List.of(HOLDER, SESSION + SessionOperation.REGISTER.word())) {
            put(places, place, "password", "authUsername", "outboundProxy", "transport", "expires", "displayName", "contacts");
        }
        put(places, SESSION + SessionOperation.START.word(), "autoAnswerInterval");
        put(places, SESSION + SessionOperation.CALL.word(), "callee");
        put(places, SESSION + SessionOperation.TRANSFER.word(), "transferTo");
        put(places, SESSION + SessionOperation.HANGUP.word(), "hard");
        put(places, SESSION + SessionOperation.PLAY.word(), "files", "brokenFiles");
        put(places, SESSION + SessionOperation.HISTORY.word(), "after", "limit");
    }

    private static void put(Map<String, Set<String>> places, VoiceOperation operation, String... options) {
        put(places, "operation=" + operation.word(), options);
    }

    private static void put(Map<String, Set<String>> places, TapOperation operation, String... options) {
        put(places, TAP + operation.word(), options);
    }

    private static void put(Map<String, Set<String>> places, String place, String... options) {
        for (String option : options) {
            places.computeIfAbsent(option, absent -> new TreeSet<>()).add(place);
        }
    }

    /**
     * @param named whether it is about one thing more than its resource
     * @throws IllegalArgumentException naming the option that a consumer does not have
     */
    static void checkConsumer(VoiceResource resource, boolean named, Set<String> given) {
        check(switch (resource) {
            case CALL -> CALLS;
            case EVENTS -> EVENTS;
            case SIPINFO -> RECORDS;
            case TAP -> named ? NAMED_TAPS : TAPS;
            case CALLBACKS -> CALLBACKS;
            case TRANSFER -> TRANSFERS;
            case SUBSCRIBE -> given.contains("resources") || named ? SUBSCRIBER : FOLLOWER;
            case SESSION -> named ? HOLDER : STATUSES;
            case DOCUMENT -> throw new IllegalArgumentException("voice:document can only be sent to");
        }, given);
    }

    /** @throws IllegalArgumentException naming the option that a producer of voice:sipinfo does not have */
    static void checkSipInfoProducer(Set<String> given) {
        check(RECORD, given);
    }

    /** @throws IllegalArgumentException naming the option that a producer of voice:document does not have */
    static void checkDocumentProducer(Set<String> given) {
        check(DOCUMENT, given);
    }

    /**
     * @param operation null where a header may name it
     * @throws IllegalArgumentException naming the option that is without effect there
     */
    static void checkProducer(VoiceOperation operation, Set<String> given) {
        if (operation != null) {
            check("operation=" + operation.word(), given);
            return;
        }
        checkAny("voice:call", "operation=", given);
    }

    /** The same for voice:tap. */
    static void checkTapProducer(TapOperation operation, Set<String> given) {
        if (operation != null) {
            check(TAP + operation.word(), given);
            return;
        }
        checkAny("voice:tap", TAP, given);
    }

    /** The same for voice:transfer. */
    static void checkTransferProducer(TransferOperation operation, Set<String> given) {
        if (operation != null) {
            check(TRANSFER + operation.word(), given);
            return;
        }
        checkAny("voice:transfer", TRANSFER, given);
    }

    /** @throws IllegalArgumentException naming the option that a consumer of what comes in does not have */
    static void checkIncoming(String incoming, Set<String> given) {
        check(INCOMING + incoming, given);
    }

    /** The same for voice:subscribe. */
    static void checkSubscribeProducer(SubscribeOperation operation, Set<String> given) {
        if (operation != null) {
            check(SUBSCRIBE + operation.word(), given);
            return;
        }
        checkAny("voice:subscribe", SUBSCRIBE, given);
    }

    /** The same for voice:session. */
    static void checkSessionProducer(SessionOperation operation, Set<String> given) {
        if (operation != null) {
            check(SESSION + operation.word(), given);
            return;
        }
        checkAny("voice:session", SESSION, given);
    }

    private static void checkAny(String resource, String prefix, Set<String> given) {
        for (String option : given) {
            Set<String> places = PLACES.getOrDefault(option, Set.of());
            if (!places.isEmpty() && places.stream().noneMatch(place -> place.startsWith(prefix))) {
                throw new IllegalArgumentException("a producer of " + resource + " has no option " + option + ": it belongs to " + or(places));
            }
        }
    }

    private static void check(String place, Set<String> given) {
        for (String option : given) {
            Set<String> places = PLACES.get(option);
            if (places != null && !places.contains(place)) {
                throw new IllegalArgumentException((place.startsWith("operation=") ? "voice:call?" + place : place) + " has no option " + option
                        + ": it belongs to " + or(places));
            }
        }
    }

    private static String or(Set<String> places) {
        return String.join(" or ", places);
    }

    /**
     * The names that a URI gives, its values looked through.
     *
     * @throws IllegalArgumentException for an expression that nobody evaluates, and for text where a number, a time or a flag belongs
     */
    static Set<String> read(String target, Map<String, Object> parameters) {
        literal("the target", target);
        Set<String> names = new HashSet<>();
        parameters.forEach((name, value) -> {
            names.add(name);
            if (value instanceof String text && !SECRETS.contains(name)) {
                literal("the option " + name, text);
                value(name, text.trim());
            }
        });
        return names;
    }

    private static void literal(String what, String text) {
        if (text != null && (text.contains("${") || text.contains("$simple{"))) {
            throw new IllegalArgumentException(what + " has an expression, which to: takes as it stands: use toD: or a header in place of "
                    + text);
        }
    }

    private static void value(String name, String text) {
        if (text.startsWith("#")) {
            return;
        }
        if (NUMBERS.contains(name) && !NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be a whole number: " + text);
        }
        if (FLAGS.contains(name) && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(name + " must be true or false: " + text);
        }
        if (DURATIONS.contains(name) && !Arguments.isTime(text)) {
            throw new IllegalArgumentException(name + " must be milliseconds or a time such as 30s: " + text);
        }
    }
}
