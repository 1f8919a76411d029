package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells the application of a stream: started, stopped, or what failed. Thread-safe. */
final class StreamStatus {

    private final DocumentServices services;
    private final Call call;
    private final StreamOrder order;

    StreamStatus(DocumentServices services, Call call, StreamOrder order) {
        this.services = services;
        this.call = call;
        this.order = order;
    }

    /**
     * @param started null where it was refused
     * @param failure null where it runs
     */
    void begun(TapPort.Started started, String failure) {
        String sid = started == null ? "" : started.controlId();
        if (failure != null) {
            tell("stream-error", sid, failure);
            return;
        }
        tell("stream-started", sid, null);
        services.taps().ended(call.id(), sid).thenAccept(reason -> tell(reason == null ? "stream-stopped" : "stream-error", sid, reason));
    }

    private void tell(String event, String sid, String error) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        parameters.add(Map.entry("StreamEvent", event));
        parameters.add(Map.entry("StreamSid", sid));
        if (order.name() != null) {
            parameters.add(Map.entry("StreamName", order.name()));
        }
        if (error != null) {
            parameters.add(Map.entry("StreamError", error));
        }
        parameters.add(Map.entry("Timestamp", services.clock().now().truncatedTo(ChronoUnit.MILLIS).toString()));
        services.ports().progress().tell(call.snapshot(), order.status(), parameters);
    }
}
