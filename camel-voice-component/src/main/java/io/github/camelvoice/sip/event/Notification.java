package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;

/**
 * A NOTIFY as far as it concerns the subscription that it is for.
 *
 * @param refusal     what to answer instead of 200, 0 for nothing
 * @param refusedWith header field of that answer, or null
 * @param state       null where it is refused
 * @param contentType with its parameters, null without a body
 * @param body        unpacked
 */
record Notification(int refusal, RawHeader refusedWith, SubscriptionState state, String contentType, byte[] body) {

    private static final RawHeader ACCEPT_ENCODING = new RawHeader("Accept-Encoding", ContentCoding.ACCEPTED);
    private static final RawHeader NO_LISTS = new RawHeader("Unsupported", "eventlist");
    private static final byte[] NOTHING = {};

    static Notification of(SIPRequest notify, EventFields.Event ours, boolean eventList) {
        String value = Messages.value(notify, "Event");
        EventFields.Event event = EventFields.event(value);
        if (event == null) {
            return refused(400, null);
        }
        if (!event.name().equals(ours.name())) {
            return refused(489, new RawHeader("Allow-Events", ours.name()));
        }
        if (!event.isSameAs(ours)) {
            return refused(481, null);
        }
        SubscriptionState state = SubscriptionState.of(Messages.value(notify, "Subscription-State"));
        if (state == null) {
            return refused(400, null);
        }
        if (!eventList && Messages.lists(notify, "Require", "eventlist")) {
            return refused(420, NO_LISTS);
        }
        byte[] raw = notify.getRawContent();
        if (raw == null || raw.length == 0) {
            return new Notification(0, null, state, null, NOTHING);
        }
        try {
            byte[] body = ContentCoding.decoded(raw, Messages.value(notify, "Content-Encoding"));
            return new Notification(0, null, state, Messages.value(notify, "Content-Type"), body);
        } catch (ContentCoding.Unusable unusable) {
            return refused(unusable.code(), unusable.code() == 415 ? ACCEPT_ENCODING : null);
        }
    }

    private static Notification refused(int code, RawHeader with) {
        return new Notification(code, with, null, null, NOTHING);
    }
}
