package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.RetryAfter;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request of ours and the targets that it is tried at, one after the other (RFC 3263, section 4.3). The next one has its turn when the
 * transport fails, when 503 comes, or when nothing at all came for {@link #SILENCE_MILLIS}. Who was given up for his silence may still
 * answer: the first answer that is no 503 decides whose the request is, the others are cancelled or ended. All together take no longer
 * than one transaction may (64 x T1). The user hears one end. Everything but the handle happens on the thread of the reactor.
 */
final class Hunt implements ClientTransactionHandle, ClientTx.Owner {

    /**
     * Without any response the next target is tried: four copies are out by then over UDP (0, 0.5, 1.5 and 3.5 s), and whoever lives has
     * said 100 to an INVITE after 200 ms. Timer B and F alone (32 s) would be longer than anybody waits at a phone.
     */
    static final long SILENCE_MILLIS = 4_000;
    /** 64 x T1, for all targets together. */
    private static final long TOTAL_MILLIS = 32_000;
    /** Bounds of what a Retry-After can say about a target, seconds. */
    private static final int MAX_RETRY_AFTER = 300;
    private static final long DEAD_MILLIS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(Hunt.class);

    private final ClientSide side;
    private final String callId;
    private final NextHop hop;
    private final ClientTransactionListener listener;
    private final Executor on;
    private final boolean invite;
    /** Whether there is more than one try. */
    private final boolean outside;

    /** The user wants to hear no more. */
    private volatile boolean silenced;
    private volatile Flow flow;
    private volatile Set<InetAddress> addresses = Set.of();

    /** Null when nothing more is sent. */
    private SIPRequest wanted;
    private final Deque<Flow> left = new ArrayDeque<>();
    private final List<ClientTx> live = new ArrayList<>(1);
    private ClientTx newest;
    /** Whose provisional response was told. */
    private ClientTx chosen;
    private boolean tagged;
    private SIPResponse refusal;
    private boolean started;
    private boolean settled;
    private boolean accepted;
    private boolean over;

    Hunt(ClientSide side, SIPRequest wanted, NextHop hop, ClientTransactionListener listener, Executor on) {
        this.side = side;
        this.wanted = wanted;
        this.callId = wanted.getCallId().getCallId();
        this.hop = hop;
        this.listener = listener;
        this.on = on;
        this.invite = wanted.getMethod().equals("INVITE");
        this.outside = wanted.getToTag() == null;
    }

    // ---- the handle

    @Override
    public String nextHop() {
        return hop == null ? "" : hop.toString();
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public Set<InetAddress> addresses() {
        return addresses;
    }

    @Override
    public void cancel(String reason) {
        cancel(reason, true);
    }

    @Override
    public void cancelOnce(String reason) {
        cancel(reason, false);
    }

    private void cancel(String reason, boolean repeated) {
        side.reactor().run(() -> {
            settled = true;
            ClientTx ringing = chosen != null ? chosen : newest;
            if (!over && ringing != null) {
                ringing.cancel(reason, repeated);
            }
        });
    }

    @Override
    public void settle() {
        side.reactor().run(() -> settled = true);
    }

    @Override
    public void terminate() {
        silenced = true;
        side.reactor().run(() -> {
            close();
            accepted = false;
            endOthers(null, true);
            live.clear();
        });
    }

    // ---- on the thread of the reactor

    /** The name is being looked up. */
    void await(long millis) {
        if (!started && !over) {
            side.reactor().schedule(() -> {
                if (!started) {
                    fail("cannot send to " + hop + ": looking up " + hop.host() + " takes too long");
                }
            }, millis, 0);
        }
    }

    /** @param targets in the order of their turns, one or more */
    void start(List<Flow> targets, Set<InetAddress> known) {
        if (over || started) {
            return;
        }
        started = true;
        addresses = known;
        left.addAll(outside ? targets : targets.subList(0, 1));
        if (left.size() > 1) {
            side.reactor().schedule(() -> {
                if (!over && chosen == null) {
                    end(null);
                }
            }, TOTAL_MILLIS, 0);
        }
        next("");
    }

    private void next(String last) {
        String why = last;
        while (!over && !left.isEmpty()) {
            Flow target = left.poll();
            ClientTx sent = new ClientTx(side, target, this, hop.toString(), callId);
            flow = target;
            newest = sent;
            live.add(sent);
            try {
                if (!left.isEmpty()) {
                    side.reactor().schedule(() -> silent(sent), SILENCE_MILLIS, 0);
                }
                side.open(sent, wanted);
                return;
            } catch (IOException | RuntimeException failure) {
                live.remove(sent);
                LOG.debug("[{}] not sent", callId, failure);
                why = "cannot send to " + hop + ": " + failure.getMessage();
                side.targets().dead(target, DEAD_MILLIS);
            }
        }
        if (!over) {
            end(why);
        }
    }

    private void silent(ClientTx sent) {
        if (!over && !settled && chosen == null && sent == newest && live.contains(sent)) {
            LOG.debug("[{}] {} does not answer", callId, sent.flow());
            side.targets().dead(sent.flow(), DEAD_MILLIS);
            next("");
        }
    }

    @Override
    public void failed(ClientTx sent, String why) {
        live.remove(sent);
        if (over) {
            return;
        }
        if (!sent.isHeard()) {
            side.targets().dead(sent.flow(), DEAD_MILLIS);
        }
        if (sent == chosen || sent == newest && (settled || left.isEmpty())) {
            end(why);
        } else if (sent == newest) {
            next(why);
        }
    }

    @Override
    public void response(ClientTx sent, SIPResponse response) {
        int code = response.getStatusCode();
        if (code >= 200) {
            live.remove(sent);
        }
        if (over) {
            if (code < 200) {
                sent.cancel(null, true);
            } else if (accepted && code < 300) {
                deliver(response);
            }
            return;
        }
        if (code == 503) {
            refused(sent, response);
        } else if (code < 200) {
            provisional(sent, response);
        } else if (chosen == null || chosen == sent || code < 300) {
            side.targets().alive(sent.flow());
            last(sent, response);
        }
    }

    private void provisional(ClientTx sent, SIPResponse response) {
        side.targets().alive(sent.flow());
        if (chosen == null) {
            chosen = sent;
            flow = sent.flow();
        }
        if (chosen != sent) {
            sent.cancel(null, true);
            return;
        }
        tagged |= response.getStatusCode() > 100 && response.getToTag() != null;
        deliver(response);
    }

    private void refused(ClientTx sent, SIPResponse response) {
        int seconds = response.getHeader("Retry-After") instanceof RetryAfter wait ? Math.min(MAX_RETRY_AFTER, wait.getRetryAfter()) : 0;
        if (seconds > 0) {
            side.targets().dead(sent.flow(), seconds * 1000L);
        }
        boolean turn = sent == chosen || chosen == null && sent == newest;
        if (!turn) {
            return;
        }
        if (tagged || settled || left.isEmpty()) {
            last(sent, response);
            return;
        }
        chosen = null;
        refusal = response;
        next("");
    }

    private void last(ClientTx sent, SIPResponse response) {
        close();
        accepted = invite && response.getStatusCode() < 300;
        flow = sent.flow();
        endOthers(sent, !invite);
        deliver(response);
    }

    /** INVITEs that were heard of are cancelled now, others when they are. */
    private void endOthers(ClientTx sent, boolean atOnce) {
        for (ClientTx other : List.copyOf(live)) {
            if (other != sent && atOnce) {
                other.end();
            } else if (other != sent && other.isHeard()) {
                other.cancel(null, true);
            }
        }
    }

    /** Ends it with the word that the transport failed. */
    void fail(String why) {
        if (!over) {
            end(why);
        }
    }

    /** The last target failed. That one of them was overloaded says more than the silence of another. */
    private void end(String why) {
        close();
        endOthers(null, !invite);
        if (refusal != null) {
            deliver(refusal);
        } else if (why == null) {
            tell(listener::timeout);
        } else {
            tell(() -> listener.transportFailed(why));
        }
    }

    private void close() {
        over = true;
        wanted = null;
        left.clear();
    }

    private void deliver(SIPResponse response) {
        tell(() -> listener.response(response));
    }

    private void tell(Runnable news) {
        on.execute(() -> {
            if (!silenced) {
                news.run();
            }
        });
    }
}
