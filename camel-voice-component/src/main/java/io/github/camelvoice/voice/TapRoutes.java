package io.github.camelvoice.voice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The consumers {@code voice:tap:NAME} of a component, by name. Thread-safe. */
final class TapRoutes {

    private final Map<String, VoiceTapConsumer> consumers = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if the name is taken */
    void add(String name, VoiceTapConsumer consumer) {
        if (consumers.putIfAbsent(name, consumer) != null) {
            throw new IllegalArgumentException("there are two consumers voice:tap:" + name);
        }
    }

    void remove(String name, VoiceTapConsumer consumer) {
        consumers.remove(name, consumer);
    }

    /** @throws VoiceRequestException if there is none of that name */
    VoiceTapConsumer find(String callId, String uri) throws VoiceRequestException {
        String name = uri.substring(TapSpecs.ROUTE.length());
        VoiceTapConsumer consumer = consumers.get(name);
        if (consumer == null) {
            throw new VoiceRequestException(callId, "uri has route:" + name + ", but there is no consumer voice:tap:" + name, null);
        }
        return consumer;
    }
}
