package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.document.StatusOrder;
import io.github.camelvoice.webhook.Orders;
import io.github.camelvoice.webhook.StatusCallbacks;
import java.util.List;

/** Who is told how placed calls go on, as options and headers say. */
final class StatusTold {

    private final StatusCallbacks status;
    /** Null for nobody. */
    private final StatusOrder order;

    private StatusTold(StatusCallbacks status, StatusOrder order) {
        this.status = status;
        this.order = order;
    }

    /** @throws VoiceRequestException naming what is wrong */
    static StatusTold of(EngineLink engine, Arguments args, VoiceConfiguration options) throws VoiceRequestException {
        StatusCallbacks status = new StatusCallbacks(engine.callbacks());
        String target = Arguments.blankToNull(args.text(VoiceConstants.STATUS_CALLBACK, "statusCallback", options.getStatusCallback()));
        if (target == null) {
            return new StatusTold(status, null);
        }
        StatusOrder order = order(target, args.text(VoiceConstants.STATUS_CALLBACK_METHOD, "statusCallbackMethod", options.getStatusCallbackMethod()),
                args.text(VoiceConstants.STATUS_CALLBACK_EVENT, "statusCallbackEvent", options.getStatusCallbackEvent()));
        try {
            status.check(target);
        } catch (IllegalArgumentException refused) {
            throw new VoiceRequestException("statusCallback: " + refused.getMessage());
        }
        return new StatusTold(status, order);
    }

    /** @throws VoiceRequestException naming the option that is wrong */
    static StatusOrder order(String target, String method, String events) throws VoiceRequestException {
        try {
            Orders.method(method);
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException("statusCallbackMethod " + wrong.getMessage() + ": " + method);
        }
        try {
            return Orders.status(target, method, events == null ? List.of() : List.of(events.replace(',', ' ')));
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException("statusCallbackEvent " + wrong.getMessage() + ": " + events);
        }
    }

    void attach(Call call) {
        if (order != null) {
            status.attach(call, order);
        }
    }
}
