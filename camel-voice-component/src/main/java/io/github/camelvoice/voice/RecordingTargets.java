package io.github.camelvoice.voice;

import io.github.camelvoice.recording.RecordingInfo;
import io.github.camelvoice.recording.Uploads;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Camel endpoints that recordings are sent to by name. The operator names them; an application says the name, never a URI. */
final class RecordingTargets implements Uploads.Targets {

    private static final int MINUTES = 10;

    private final CamelContext context;
    private final Map<String, String> endpoints;
    private ProducerTemplate template;

    private RecordingTargets(CamelContext context, Map<String, String> endpoints) {
        this.context = context;
        this.endpoints = endpoints;
    }

    /** @throws IllegalArgumentException naming what is malformed, without the URI */
    static RecordingTargets read(CamelContext context, String text) {
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (String each : text == null || text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            int equal = each.indexOf('=');
            String name = equal < 0 ? "" : each.substring(0, equal);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || !each.substring(equal + 1).contains(":")) {
                throw new IllegalArgumentException("recordingTargets are name=endpoint, separated by blanks; one of them is not");
            }
            if (endpoints.put(name, each.substring(equal + 1)) != null) {
                throw new IllegalArgumentException("recordingTargets name " + name + " twice");
            }
        }
        return new RecordingTargets(context, endpoints);
    }

    @Override
    public boolean has(String name) {
        return endpoints.containsKey(name);
    }

    @Override
    public CompletionStage<Void> send(String name, RecordingInfo recording, Path wav) {
        String uri = endpoints.get(name);
        if (uri == null) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("there is no target " + name));
        }
        return template().asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(wav.toFile());
            exchange.getMessage().setHeader(Exchange.FILE_NAME, recording.sid() + ".wav");
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "audio/wav");
            exchange.getMessage().setHeader(VoiceConstants.CALL_ID, recording.callId());
            exchange.getMessage().setHeader(VoiceConstants.RECORDING_ID, recording.sid());
        }).orTimeout(MINUTES, TimeUnit.MINUTES).thenApply(exchange -> {
            if (exchange.getException() != null) {
                throw new CompletionException(new IllegalStateException("the target " + name + " failed: "
                        + exchange.getException().getClass().getSimpleName(), exchange.getException()));
            }
            return null;
        });
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        return template;
    }
}
