package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Our offers within the dialog, and our refreshes of the session timer: UPDATE or re-INVITE, one at a time, repeated after a 491
 * (RFC 3261, section 14.1). On the call's mailbox.
 */
final class Changes {

    /** How often one change is tried against 491 before it counts as refused. */
    private static final int TRIES = 6;

    private static final class Change {
        final String offer;
        final boolean refresh;
        boolean update;
        int tries;

        Change(String offer, boolean update, boolean refresh) {
            this.offer = offer;
            this.update = update;
            this.refresh = refresh;
        }
    }

    private final Leg leg;
    private final Queue<Change> waiting = new ArrayDeque<>(0);
    private Change current;
    /** Whether a request of {@link #current} is on its way; false between a 491 and the next try. */
    private boolean sent;
    private Timers.Timer glare;
    /** The last request of ours: the credentials of a re-INVITE are those of its ACK. */
    private SIPRequest invite;
    private String localSdp;
    private String remoteSdp;
    private int minSe;
    private boolean stopped;

    Changes(Leg leg) {
        this.leg = leg;
    }

    /** What we said last about our side: a refresh by re-INVITE says it again. */
    void localSdp(String sdp) {
        if (sdp != null) {
            localSdp = sdp;
        }
    }

    /** Whether an offer of ours, or a re-INVITE, waits for its answer. */
    boolean outstanding() {
        return sent && (!current.update || current.offer != null);
    }

    void modify(String offer, boolean preferUpdate) {
        if (!stopped) {
            waiting.add(new Change(offer, preferUpdate && leg.peerUpdates, false));
            proceed();
        }
    }

    /** Takes back a change that is not on the wire. @return whether there was one */
    boolean withdraw() {
        boolean waited = waiting.removeIf(change -> !change.refresh);
        if (current == null || sent || current.refresh) {
            return waited;
        }
        current = null;
        if (glare != null) {
            glare.cancel();
        }
        return true;
    }

    void refresh() {
        // A change that waits or is under way refreshes the session too.
        if (!stopped && current == null && waiting.isEmpty()) {
            waiting.add(new Change(leg.peerUpdates ? null : localSdp, leg.peerUpdates, true));
            proceed();
        }
    }

    void proceed() {
        if (stopped || current != null || waiting.isEmpty() || leg.offers.busy()) {
            return;
        }
        boolean may = leg.confirmed() || waiting.peek().update && leg.dialog != null && !leg.initialOfferOpen();
        if (may) {
            current = waiting.remove();
            send();
        }
    }

    private void send() {
        Change change = current;
        sent = true;
        change.tries++;
        leg.exchange(() -> invite = request(change), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                sent = false;
                answered(change, response);
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                sent = false;
                current = null;
                InDialog.unreachable(leg, timeout, why);
            }

            @Override
            public void again(SIPResponse response) {
                if (response.getStatusCode() < 300) {
                    ack(response.getCSeq().getSeqNumber());
                }
            }
        });
    }

    private SIPRequest request(Change change) {
        SIPRequest request = leg.dialog.request(change.update ? SIPRequest.UPDATE : SIPRequest.INVITE);
        leg.addContact(request, leg.dialog.nextTransport());
        request.addHeader(Messages.ALLOW);
        request.addHeader(leg.env.supported());
        SessionTerms terms = leg.session.terms();
        if (terms != null) {
            new SessionTerms(Math.max(terms.interval(), minSe), terms.weRefresh())
                    .ask(request, Math.max(minSe, leg.env.settings().minSe()));
        }
        Messages.sdp(request, change.offer);
        return request;
    }

    private void answered(Change change, SIPResponse response) {
        int code = response.getStatusCode();
        if (code < 300) {
            accepted(change, response);
        } else if (stopped) {
            current = null;
        } else if (code == 491 && change.tries < TRIES) {
            glare = leg.env.timers().schedule(glareMillis(), TimeUnit.MILLISECONDS, leg.mailbox, this::retry);
        } else if (code == 422 && SessionTerms.demanded(response) > minSe && change.tries < TRIES) {
            minSe = SessionTerms.demanded(response);
            send();
        } else if (change.update && (code == 405 || code == 501)) {
            leg.peerUpdates = false;
            current = change.refresh ? new Change(localSdp, false, true) : new Change(change.offer, false, false);
            send();
        } else if (code == 481) {
            current = null;
            leg.gone("the far end does not know the dialog");
        } else if (code == 408) {
            current = null;
            InDialog.unreachable(leg, true, "408 to a request in the dialog");
        } else {
            finish(change, new SignalEvent.OfferRefused(code, response.getReasonPhrase()));
        }
    }

    private void accepted(Change change, SIPResponse response) {
        leg.dialog.refreshTarget(response, null);
        if (!change.update) {
            ack(response.getCSeq().getSeqNumber());
        }
        if (stopped) {
            current = null;
            return;
        }
        leg.session.restart(SessionTerms.ofResponse(response, leg.env.settings()));
        localSdp(change.offer);
        String sdp = Messages.sdp(response);
        boolean news = change.refresh ? sdp != null && !Objects.equals(sdp, remoteSdp) : sdp != null;
        remoteSdp = sdp == null ? remoteSdp : sdp;
        if (change.refresh && !news) {
            finish(change, null);
        } else {
            finish(change, sdp == null ? new SignalEvent.OfferRefused(500, "The 200 has no answer") : new SignalEvent.OfferAnswered(sdp));
        }
    }

    private void ack(long seq) {
        SIPRequest ack = leg.dialog.ack(seq);
        Messages.copyCredentials(invite, ack);
        leg.env.door().sendAck(ack);
    }

    private void finish(Change change, SignalEvent event) {
        current = null;
        if (event != null && (!change.refresh || event instanceof SignalEvent.OfferAnswered)) {
            leg.call.tell(event);
        }
        proceed();
    }

    /** 2.1 to 4 s for the owner of the Call-ID, up to 2 s for the other, in steps of 10 ms. */
    private long glareMillis() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return leg.dialog.caller ? random.nextInt(210, 401) * 10L : random.nextInt(0, 201) * 10L;
    }

    private void retry() {
        if (stopped || current == null || sent) {
            return;
        }
        if (leg.offers.busy()) {
            // Theirs came first; ours follows when it is through.
            ((ArrayDeque<Change>) waiting).addFirst(current);
            current = null;
            return;
        }
        send();
    }

    void stop() {
        stopped = true;
        waiting.clear();
        if (glare != null) {
            glare.cancel();
        }
    }
}
