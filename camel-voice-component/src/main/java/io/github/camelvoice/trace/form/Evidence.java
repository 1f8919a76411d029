package io.github.camelvoice.trace.form;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.util.List;

/**
 * What the messages of a call tell about its end, beside its record.
 *
 * @param invites      INVITEs before any final response, repetitions included
 * @param challenges   401 and 407 to INVITE
 * @param credentials  INVITEs that answered one
 * @param heard        whether the far end sent anything
 * @param unclaimed    whether no route ever had the call: its record was made from its messages
 * @param contact      where a 3xx points, empty if nowhere
 */
record Evidence(int invites, int challenges, int credentials, boolean heard, boolean unclaimed, String contact) {

    /** When there are no messages to look at. */
    static final Evidence NONE = new Evidence(0, 0, 0, true, false, "");

    static Evidence of(SipInfo info) {
        List<SipMessage> messages = info.messages();
        if (messages.isEmpty()) {
            return NONE;
        }
        CallRecord call = info.call();
        boolean fromUs = call.direction() == CallDirection.OUTBOUND;
        int invites = 0;
        int challenges = 0;
        int credentials = 0;
        boolean heard = false;
        boolean atItsEnd = false;
        String contact = "";
        for (SipMessage message : messages) {
            heard |= !message.sent();
            MessageView view = MessageView.of(message.data());
            if (message.sent() == fromUs) {
                boolean invite = view.method().equals("INVITE");
                invites += invite ? 1 : 0;
                credentials += invite && !(view.header("authorization") + view.header("proxy-authorization")).isEmpty() ? 1 : 0;
            } else if (view.code() >= 300 && view.cseqMethod().equals("INVITE")) {
                challenges += view.code() == 401 || view.code() == 407 ? 1 : 0;
                contact = view.code() < 400 ? uri(view.header("contact"), view.header("m")) : contact;
                atItsEnd |= message.time().equals(call.endedAt());
            }
        }
        boolean unclaimed = atItsEnd && !fromUs && call.createdAt().equals(messages.get(0).time()) && isOurs(call.cause());
        return new Evidence(invites, challenges, credentials, heard, unclaimed, contact);
    }

    private static boolean isOurs(EndCause cause) {
        return cause != null && cause.endedBy() == EndCause.Origin.LOCAL;
    }

    private static String uri(String contact, String compact) {
        String value = contact.isEmpty() ? compact : contact;
        int from = value.indexOf('<');
        int to = value.indexOf('>', from);
        return from >= 0 && to > from ? value.substring(from + 1, to) : value;
    }
}
