package io.github.camelvoice.engine;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.document.StreamOrder;
import io.github.camelvoice.document.TapOrder;
import io.github.camelvoice.document.TapPort;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import java.util.concurrent.CompletionStage;

/** Taps of documents are those of the tap room. */
final class DocumentTaps implements TapPort {

    private final Taps taps;

    DocumentTaps(Taps taps) {
        this.taps = taps;
    }

    @Override
    public CompletionStage<Started> start(Call call, TapOrder.Filled order, String sessionId) {
        TapSpec spec = TapSpec.to(order.uri().toString()).controlId(order.controlId()).direction(TapDirection.valueOf(order.direction().name()))
                .codec(order.codec().name()).ptimeMillis(order.ptime()).statusUrl(order.statusUrl()).sessionId(sessionId).build();
        return taps.start(call, spec).thenApply(DocumentTaps::started);
    }

    @Override
    public CompletionStage<Started> stream(Call call, StreamOrder order, String sessionId) {
        TapSpec spec = TapSpec.to(order.url()).protocol(TapProtocol.TWILIO).controlId(order.name())
                .direction(TapDirection.valueOf(order.direction().name())).parameters(order.parameters()).sessionId(sessionId).build();
        return taps.start(call, spec).thenApply(DocumentTaps::started);
    }

    @Override
    public CompletionStage<String> ended(String callId, String controlId) {
        return taps.ended(callId, controlId).handle((info, over) -> info == null || info.endedInOrder() ? null : info.reason());
    }

    private static Started started(TapInfo info) {
        return new Started(info.uri(), info.controlId(), info.rtpSource() == null ? null : info.rtpSource().getAddress().getHostAddress(),
                info.rtpSource() == null ? 0 : info.rtpSource().getPort(), info.ptimeMillis(), info.codec(), info.rate(),
                info.success() ? null : "the tap failed: " + info.reason());
    }

    @Override
    public CompletionStage<Void> stop(String callId, String controlId) {
        return taps.stop(callId, controlId).thenApply(info -> null);
    }
}
