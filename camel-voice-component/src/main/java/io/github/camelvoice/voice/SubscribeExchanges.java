package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.state.EventState;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Changes of what we watch as body and headers. */
final class SubscribeExchanges {

    private final Form form;

    /** Values of the option body. */
    enum Form { FULL, CHANGED, RAW, JSON }

    SubscribeExchanges(Form form) {
        this.form = form;
    }

    void fill(Exchange exchange, ChangeQueue.Next next) {
        StateChange change = next.change();
        InstanceInfo instance = change.instance();
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.SUBSCRIPTION_ID, change.subscriptionId());
        message.setHeader(VoiceConstants.EVENT_PACKAGE, change.event());
        message.setHeader(VoiceConstants.RESOURCE, change.resource());
        message.setHeader(VoiceConstants.INSTANCE_ID, instance.id());
        message.setHeader(VoiceConstants.STATE_CHANGE, change.number());
        message.setHeader(VoiceConstants.SUBSCRIPTION_STATE, instance.state().name().toLowerCase(Locale.ROOT));
        Results.set(message, VoiceConstants.SUBSCRIPTION_REASON, Arguments.blankToNull(instance.reason()));
        Results.set(message, VoiceConstants.STATE_SKIPPED, next.skipped() == 0 ? null : next.skipped());
        Results.set(message, VoiceConstants.STATE_CAUGHT_UP, next.caughtUp() ? Boolean.TRUE : null);
        Results.set(message, VoiceConstants.CHANGED_STATE, change.changed());
        Results.set(message, VoiceConstants.RAW_DOCUMENT, instance.last() == null ? null : instance.last().text());
        Results.set(message, Exchange.MESSAGE_TIMESTAMP, change.at() == null ? null : change.at().toEpochMilli());
        switch (form) {
            case FULL -> state(message, instance.full());
            case CHANGED -> state(message, change.changed());
            case RAW -> body(message, instance.last() == null ? null : instance.last().text(),
                    instance.last() == null ? null : instance.last().contentType());
            case JSON -> body(message, SubscriptionJson.write(change), "application/json");
        }
    }

    private static void state(Message message, EventState state) {
        body(message, state, state == null ? null : state.contentType());
    }

    private static void body(Message message, Object body, String contentType) {
        message.setBody(body);
        Results.set(message, Exchange.CONTENT_TYPE, body == null ? null : contentType);
    }
}
