package io.github.camelvoice.trace.capture;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One Call-ID while its messages may come. Its first messages are held in memory until the INVITE becomes a call, or is refused for good. Its
 * lock is held for as long as an entry takes to be appended: so the order of entries is that of their times.
 */
final class OpenTrace {

    /** What a message means for the trace. */
    enum Result {
        TAKEN,
        /** The INVITE is refused for good, and the caller knows. */
        REFUSED,
        /** A new attempt came when the trace was about to be closed: it stays for another while. */
        STAYS,
        /** The trace is closed, the message not taken. */
        GONE
    }

    private enum Phase {
        HELD, WRITTEN, GONE
    }

    /** How long before its end a trace takes a new attempt. */
    private static final long LATE_NANOS = 2_000_000_000L;

    private final Desk desk;
    private final String sipCallId;
    private final Instant start;
    private final long startNanos;
    private InetAddress peer;
    private Phase phase = Phase.HELD;
    private List<SipMessage> held = new ArrayList<>(4);
    private long heldCost;
    private long number;
    private long bytes;
    private long strangerBytes;
    private int messages;
    private long dropped;
    private int live;
    private boolean refused;
    private long lastNanos;
    private long dueNanos;
    private int finalStatus;
    private byte[] lastInvite;
    /** INVITEs that came after one was refused, and are not that one repeated. */
    private int attempts;
    private EndCause finalCause;
    private Instant finalTime;

    /** @param peer address of the far end, null if not known yet */
    OpenTrace(Desk desk, String sipCallId, InetAddress peer) {
        this.desk = desk;
        this.sipCallId = sipCallId;
        this.peer = peer;
        this.startNanos = desk.clock.nanos();
        Instant now = desk.clock.now();
        this.start = now.minusNanos(now.getNano() % 1_000);
        this.lastNanos = startNanos;
    }

    String sipCallId() {
        return sipCallId;
    }

    synchronized Result add(String transport, boolean sent, InetSocketAddress source, InetSocketAddress destination, byte[] data, int length) {
        if (phase == Phase.GONE) {
            return Result.GONE;
        }
        long now = desk.clock.nanos();
        lastNanos = now;
        Instant time = start.plusNanos((now - startNanos) / 1_000 * 1_000);
        if (hasRoom((sent ? destination : source).getAddress(), length, now)) {
            keep(new SipMessage(time, transport, sent, source, destination, Arrays.copyOf(data, length)));
        } else {
            dropped++;
            desk.dropped.increment();
        }
        if (phase == Phase.HELD) {
            return watch(time, sent, data, length);
        }
        if (live == 0 && dueNanos - now < LATE_NANOS && MessageHead.beginsCall(data, length)) {
            dueNanos = now + desk.bounds.linger().toNanos();
            return Result.STAYS;
        }
        return Result.TAKEN;
    }

    private boolean hasRoom(InetAddress remote, int length, long now) {
        Bounds bounds = desk.bounds;
        if (messages >= bounds.traceMessages() || bytes + length > bounds.traceBytes()) {
            return false;
        }
        if (peer == null) {
            peer = remote;
        }
        boolean stranger = !peer.equals(remote);
        if (stranger && strangerBytes + length > bounds.strangerBytes() || phase == Phase.HELD && bytes + length > bounds.heldBytes()) {
            return false;
        }
        if (refused && live == 0 && !desk.allows(0, length, now)) {
            return false;
        }
        messages++;
        bytes += length;
        strangerBytes += stranger ? length : 0;
        return true;
    }

    private void keep(SipMessage message) {
        if (phase == Phase.HELD) {
            held.add(message);
            heldCost += desk.undecided.hold(message.data().length);
        } else if (!desk.keep(new TraceEntry.Message(number, message))) {
            dropped++;
        }
    }

    /** Looks for the end of an INVITE that is no call yet. */
    private Result watch(Instant time, boolean sent, byte[] data, int length) {
        int status = MessageHead.status(data, length);
        if (status >= 200 && MessageHead.answersInvite(data, length)) {
            finalStatus = status;
            finalTime = time;
            finalCause = EndCause.ofStatus(status, Records.clean(MessageHead.text(data, MessageHead.afterSpaces(data, length, 2))),
                    sent ? EndCause.Origin.LOCAL : EndCause.Origin.REMOTE, "");
        } else if (status == 0 && MessageHead.isInvite(data, length)) {
            boolean again = lastInvite != null && Arrays.equals(lastInvite, 0, lastInvite.length, data, 0, length);
            attempts += finalStatus > 0 && !again ? 1 : 0;
            finalStatus = 0;
            lastInvite = held.isEmpty() ? null : held.get(held.size() - 1).data();
        } else if (finalStatus >= 300 && !(attempts == 0 && mayBeTriedAgain(finalStatus)) && MessageHead.isAck(data, length)) {
            return Result.REFUSED;
        }
        return Result.TAKEN;
    }

    /**
     * After these, if it was the first attempt, the caller is expected to send a better INVITE with the same Call-ID (RFC 3261, section 8.1.3.5;
     * RFC 4028, section 7.4).
     */
    private static boolean mayBeTriedAgain(int status) {
        return switch (status) {
            case 401, 407, 413, 415, 416, 420, 422 -> true;
            default -> false;
        };
    }

    private void leaveMemory() {
        desk.undecided.remove(this, heldCost);
        held = null;
        lastInvite = null;
    }

    private void write() {
        if (phase == Phase.HELD) {
            phase = Phase.WRITTEN;
            number = desk.nextTrace();
            held.forEach(this::keep);
            leaveMemory();
        }
    }

    /** A call begins. @return false if the trace is closed */
    synchronized boolean open(CallRecord call) {
        if (phase == Phase.GONE) {
            return false;
        }
        write();
        live++;
        desk.append(new TraceEntry.Opened(number, call));
        return true;
    }

    synchronized void end(CallRecord call) {
        desk.append(new TraceEntry.Ended(number, call, dropped));
    }

    /** A call's leg is closed. @return whether it was the last one: then the trace stays open until {@link #dueNanos} */
    synchronized boolean close() {
        live--;
        dueNanos = desk.clock.nanos() + desk.bounds.linger().toNanos();
        return live == 0;
    }

    /** Whether it is not a call yet, and nothing was heard of it for long. */
    synchronized boolean isQuiet(long now) {
        return phase == Phase.HELD && now - lastNanos >= desk.bounds.linger().toNanos();
    }

    /** It will not become a call. @return whether it is kept, and open until {@link #dueNanos}; else it is closed if it was not a call by now */
    synchronized boolean refuse() {
        if (phase != Phase.HELD) {
            return false;
        }
        long now = desk.clock.nanos();
        if (held.isEmpty() || !desk.allows(1, bytes, now)) {
            desk.unrecorded.increment();
            discard();
            return false;
        }
        SipMessage invite = held.get(0);
        boolean answered = finalStatus > 0;
        EndCause cause = answered ? finalCause
                : new EndCause(EndCause.Kind.UNAVAILABLE, EndCause.Origin.TIMEOUT, 0, "the INVITE got no final response", "");
        Instant over = answered ? finalTime : held.get(held.size() - 1).time();
        write();
        refused = true;
        desk.append(new TraceEntry.Ended(number, desk.records.refused(sipCallId, invite, over, cause), dropped));
        dueNanos = now + desk.bounds.linger().toNanos();
        return true;
    }

    /** Forgets what is held, to make room. */
    synchronized void discard() {
        if (phase == Phase.HELD) {
            desk.dropped.add(held.size());
            leaveMemory();
            phase = Phase.GONE;
        }
    }

    synchronized long dueNanos() {
        return dueNanos;
    }

    synchronized boolean isGone() {
        return phase == Phase.GONE;
    }

    /** Closes it if its time is over. @return whether it is closed */
    synchronized boolean expire(long now) {
        if (live == 0 && now - dueNanos >= 0) {
            finish();
        }
        return phase == Phase.GONE;
    }

    /** Closes it now, unless a call of it lives. */
    synchronized void finish() {
        if (phase == Phase.WRITTEN && live == 0) {
            desk.append(new TraceEntry.Closed(number));
            phase = Phase.GONE;
        }
    }
}
