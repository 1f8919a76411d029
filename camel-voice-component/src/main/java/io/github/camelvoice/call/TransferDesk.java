package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.IncomingInvite;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What concerns more than one call where far ends want to be elsewhere: who decides about REFERs, and which call an INVITE with
 * Replaces means (RFC 3891). Thread-safe.
 */
final class TransferDesk implements CallServices.Switchboard {

    /** How long, and of how many calls, it is remembered that there was a dialog. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(32);
    private static final int REMEMBERED = 2_000;

    private final Supplier<Collection<LiveCall>> calls;
    private final int refusal;
    private final List<Entry> receivers = new CopyOnWriteArrayList<>();
    private final Deque<Past> past = new ArrayDeque<>();

    private record Entry(int order, TransferReceiver receiver) {
    }

    private record Past(DialogInfo dialog, long until) {
    }

    /** @param refusal answer to a REFER that nobody decides about */
    TransferDesk(Supplier<Collection<LiveCall>> calls, int refusal) {
        this.calls = calls;
        this.refusal = refusal;
    }

    synchronized Calls.Registration add(int order, TransferReceiver receiver) {
        Entry entry = new Entry(order, receiver);
        receivers.add(entry);
        receivers.sort(Comparator.comparingInt(Entry::order));
        return () -> receivers.remove(entry);
    }

    @Override
    public int referred(LiveCall call, IncomingTransfer wish) {
        for (Entry entry : receivers) {
            if (entry.receiver().wants(call, wish)) {
                entry.receiver().requested(call, wish);
                return 0;
            }
        }
        return refusal;
    }

    @Override
    public String holding(Replaces replaces) {
        LiveCall call = find(replaces);
        return call == null || call.state().isOver() ? null : call.id();
    }

    private LiveCall find(Replaces replaces) {
        for (LiveCall call : calls.get()) {
            if (call.facts().sipCallId().equals(replaces.callId()) && call.leg() != null) {
                DialogInfo dialog = call.leg().dialog();
                if (dialog != null && dialog.isMeantBy(replaces)) {
                    return call;
                }
            }
        }
        return null;
    }

    /** A call is forgotten: for some time an INVITE that is to replace it hears that it is over, and not that it never was. */
    synchronized void over(LiveCall call, long now) {
        DialogInfo dialog = call.leg() == null ? null : call.leg().dialog();
        if (dialog == null) {
            return;
        }
        while (!past.isEmpty() && (past.size() >= REMEMBERED || past.peek().until() - now < 0)) {
            past.remove();
        }
        past.add(new Past(dialog, now + REMEMBERED_NANOS));
    }

    private synchronized boolean isPast(Replaces replaces, long now) {
        return past.stream().anyMatch(each -> each.until() - now >= 0 && each.dialog().isMeantBy(replaces));
    }

    /**
     * The call whose place an INVITE takes (RFC 3891, section 3). Whoever may not replace calls gets the same answer whatever it names.
     *
     * @return null if the INVITE was refused
     */
    LiveCall replacedBy(IncomingInvite invite, long now) {
        Replaces replaces = invite.replaces();
        int refused;
        if (!invite.mayReplace()) {
            refused = 403;
        } else {
            LiveCall call = find(replaces);
            if (call == null) {
                refused = isPast(replaces, now) ? 603 : 481;
            } else {
                refused = refusal(call.snapshot(), replaces);
                if (refused == 0) {
                    return call;
                }
            }
        }
        invite.refuse(refused, null, SipHeaders.none());
        return null;
    }

    /** 0 where the call can be replaced. */
    private static int refusal(CallSnapshot call, Replaces replaces) {
        if (call.state().isOver()) {
            return 603;
        }
        if (!call.state().isAnswered()) {
            // A call that rings here cannot be replaced (481); one that rings elsewhere on our behalf we do not give away.
            return call.direction() == CallDirection.INBOUND ? 481 : 603;
        }
        if (replaces.earlyOnly()) {
            return 486;
        }
        // A route talks to that call, and cannot go over to another one.
        return call.peerCallId() == null ? 488 : 0;
    }
}
