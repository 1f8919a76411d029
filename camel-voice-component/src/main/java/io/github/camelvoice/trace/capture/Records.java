package io.github.camelvoice.trace.capture;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.time.Instant;

/** Makes the records of calls: passwords in URIs do not come into them. */
final class Records {

    private static final int MAX_TEXT = 512;

    private final String project;
    private final Ids ids;

    Records(String project, Ids ids) {
        this.project = project;
        this.ids = ids;
    }

    CallRecord of(CallSnapshot call, MediaFigures.Pair figures) {
        return new CallRecord(call.callId(), call.sipCallId(), project, call.direction(), call.from().uri(), call.to().uri(), call.calledUri(),
                call.transport(), call.remoteAddress(), call.authenticatedUser(), call.peerCallId(), call.parentCallId(), call.createdAt(),
                call.ringingAt(), call.answeredAt(), call.endedAt(), call.media() == null ? null : call.media().codec(), call.cause(), figures.received(),
                figures.sent());
    }

    /** A call that no route ever had, as its first INVITE tells. */
    CallRecord refused(String sipCallId, SipMessage invite, Instant endedAt, EndCause cause) {
        byte[] m = invite.data();
        InetSocketAddress peer = invite.sent() ? invite.destination() : invite.source();
        return new CallRecord(ids.next(), sipCallId, project, invite.sent() ? CallDirection.OUTBOUND : CallDirection.INBOUND,
                uri(m, MessageHead.FROM), uri(m, MessageHead.TO), target(m), invite.transport(),
                peer.getAddress().getHostAddress() + ":" + peer.getPort(), "", null, invite.time(), null, null, endedAt, null, cause,
                MediaFigures.NONE, MediaFigures.NONE);
    }

    private static String uri(byte[] m, MessageHead.Name name) {
        long value = MessageHead.value(m, m.length, name);
        return value == MessageHead.NONE ? "" : clean(UriPasswords.hide(MessageHead.text(m, MessageHead.uri(m, value))));
    }

    private static String target(byte[] m) {
        String rest = clean(UriPasswords.hide(MessageHead.text(m, MessageHead.afterSpaces(m, m.length, 1))));
        int space = rest.lastIndexOf(' ');
        return space < 0 ? rest : rest.substring(0, space).trim();
    }

    /** Text of a stranger: bounded, and without what a terminal or a database would stumble over. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_TEXT));
        for (int i = 0; i < text.length() && clean.length() < MAX_TEXT; i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) ? '?' : c);
        }
        return clean.toString().trim();
    }
}
