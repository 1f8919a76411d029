package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** An INVITE that waits to be claimed or refused. */
public final class Invitation implements IncomingInvite {

    private final LegEnv env;
    private final InboundRequest invite;
    private final AtomicBoolean decided = new AtomicBoolean();

    private final Replaces replaces;

    Invitation(LegEnv env, InboundRequest invite, Replaces replaces) {
        this.env = env;
        this.invite = invite;
        this.replaces = replaces;
    }

    @Override
    public Replaces replaces() {
        return replaces;
    }

    @Override
    public boolean mayReplace() {
        return !invite.authenticatedUser().isEmpty() || env.trusts(invite.source().getAddress());
    }

    @Override
    public String sipCallId() {
        return message().getCallId().getCallId();
    }

    @Override
    public Party from() {
        return Addresses.party((From) message().getFrom());
    }

    @Override
    public Party to() {
        return Addresses.party((To) message().getTo());
    }

    @Override
    public Party requestUri() {
        return Addresses.party(message().getRequestURI(), null);
    }

    @Override
    public String transport() {
        return invite.transport();
    }

    @Override
    public InetSocketAddress source() {
        return invite.source();
    }

    @Override
    public String authenticatedUser() {
        return invite.authenticatedUser();
    }

    @Override
    public SipHeaders headers() {
        return Messages.headers(message());
    }

    @Override
    public String offer() {
        return Messages.sdp(message());
    }

    @Override
    public SignallingLeg claim(Executor mailbox, SignalListener listener) {
        decide();
        ServerLeg leg = new ServerLeg(env, invite, to(), from(), mailbox, listener);
        invite.attach(leg);
        env.legs().add(leg.localTag, leg);
        return leg;
    }

    @Override
    public void refuse(int code, String phrase, SipHeaders extra) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("final failure " + code + ": 300 to 699 are possible");
        }
        List<RawHeader> headers = HeaderRules.check(extra);
        decide();
        SIPResponse response = Messages.response(message(), code, phrase, Dialog.tagged((To) message().getTo(), env.ids().token()));
        env.signResponse(response);
        Messages.addAll(response, headers);
        invite.respond(response);
    }

    /** Whether {@link #claim} or {@link #refuse} was called. */
    boolean decided() {
        return decided.get();
    }

    private void decide() {
        if (!decided.compareAndSet(false, true)) {
            throw new IllegalStateException("the INVITE is already claimed or refused");
        }
    }

    private SIPRequest message() {
        return invite.message();
    }
}
