package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.grpc.GrpcFront;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about the gRPC port: what it has under way. */
final class GrpcMetrics implements MeterBinder {

    private final GrpcFront front;

    GrpcMetrics(GrpcFront front) {
        this.front = front;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        gauge("voice.grpc.connections", "Open connections of gRPC", GrpcFront::connections, target);
        gauge("voice.grpc.calls", "Calls of gRPC under way", GrpcFront::calls, target);
        gauge("voice.grpc.request.bytes", "Bytes of the requests of these calls", GrpcFront::heldBytes, target);
        gauge("voice.grpc.followers", "Callers of gRPC that follow statuses", GrpcFront::followers, target);
    }

    private void gauge(String name, String description, ToDoubleFunction<GrpcFront> figure, MeterRegistry target) {
        Gauge.builder(name, front, figure).description(description).register(target);
    }
}
