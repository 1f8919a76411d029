package io.github.camelvoice.trace.capture;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.spi.CallLedger;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.trace.TraceLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what is said on the wire about calls: takes each SIP message with {@link #message}, and from the calls their beginnings and ends,
 * and appends entries to a {@link TraceLog}. A trace begins with an INVITE that asks for a call or with a call that we place, and takes messages
 * of its Call-ID until 32 s after the last of its calls is closed (RFC 3261, 64 x T1). An INVITE that no route ever has is written down when it
 * is refused for good, as long as there is no flood of them. Thread-safe; nothing waits.
 */
public final class Capture implements CallLedger, AutoCloseable {

    private static final int SWEEPS_A_MINUTE = 60;
    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

    private final TraceLog log;
    private final Desk desk;
    private final Timers timers;
    private final Executor on;
    private final LocalAddresses locals = new LocalAddresses();
    private final Map<String, OpenTrace> traces = new ConcurrentHashMap<>();
    private final Map<String, OpenTrace> calls = new ConcurrentHashMap<>();
    /** In the order of their ends: all linger equally long. */
    private final Queue<Lingering> lingering = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private volatile Timers.Timer timer = () -> { };
    private int sweeps;
    private long saidUnrecorded;
    private long saidDropped;

    private record Lingering(OpenTrace trace, long dueNanos) {
    }

    /**
     * @param project that all calls belong to
     * @param on      where the sweep of ended traces runs, once a second
     * @param ids     of calls that no route ever has
     */
    public Capture(TraceLog log, String project, EngineClock clock, Timers timers, Executor on, Ids ids) {
        this(log, project, clock, timers, on, ids, Bounds.DEFAULT);
    }

    Capture(TraceLog log, String project, EngineClock clock, Timers timers, Executor on, Ids ids, Bounds bounds) {
        this.log = log;
        this.desk = new Desk(log, clock, new Records(project, ids), bounds);
        this.timers = timers;
        this.on = on;
    }

    /** Begins to forget what is over; once. */
    public void start() {
        timer = timers.schedule(1, TimeUnit.SECONDS, on, () -> {
            try {
                sweep();
            } finally {
                if (!closed) {
                    start();
                }
            }
        });
    }

    /**
     * A message on the wire.
     *
     * @param transport   {@code udp}, {@code tcp} or {@code tls}
     * @param sent        whether we sent it
     * @param source      where it came from; for one that we sent, our socket's address, maybe the wildcard
     * @param destination where it went; for one that came, our socket's address, maybe the wildcard
     * @param bytes       not kept
     */
    public void message(String transport, boolean sent, InetSocketAddress source, InetSocketAddress destination, byte[] bytes, int length) {
        long range = closed ? MessageHead.NONE : MessageHead.value(bytes, length, MessageHead.CALL_ID);
        if (range == MessageHead.NONE || !isPrintable(bytes, range)) {
            desk.ignored.increment();
            return;
        }
        String callId = MessageHead.text(bytes, range);
        OpenTrace trace = traces.get(callId);
        if (trace == null && !MessageHead.beginsCall(bytes, length)) {
            desk.ignored.increment();
            return;
        }
        InetSocketAddress from = sent ? locals.real(source, destination) : source;
        InetSocketAddress to = sent ? destination : locals.real(destination, source);
        while (true) {
            if (trace == null) {
                trace = begin(callId, (sent ? to : from).getAddress());
            }
            OpenTrace.Result result = trace.add(transport, sent, from, to, bytes, length);
            if (result != OpenTrace.Result.GONE) {
                after(trace, result);
                return;
            }
            traces.remove(callId, trace);
            if (!MessageHead.beginsCall(bytes, length)) {
                desk.ignored.increment();
                return;
            }
            trace = null;
        }
    }

    /** Control characters in a Call-ID are no accident; nobody calls with them, and databases stumble over them. */
    private static boolean isPrintable(byte[] m, long range) {
        for (int i = MessageHead.from(range); i < MessageHead.to(range); i++) {
            if (m[i] >= 0 && m[i] < ' ' && m[i] != '\r' && m[i] != '\n' && m[i] != '\t' || m[i] == 127) {
                return false;
            }
        }
        return true;
    }

    private OpenTrace begin(String callId, InetAddress peer) {
        return traces.computeIfAbsent(callId, id -> {
            OpenTrace fresh = new OpenTrace(desk, id, peer);
            desk.undecided.add(fresh);
            return fresh;
        });
    }

    private void after(OpenTrace trace, OpenTrace.Result result) {
        if (result == OpenTrace.Result.REFUSED) {
            refuse(trace);
        } else if (result == OpenTrace.Result.STAYS) {
            linger(trace);
        }
        for (OpenTrace surplus = desk.undecided.surplus(); surplus != null; surplus = desk.undecided.surplus()) {
            desk.unrecorded.increment();
            surplus.discard();
            traces.remove(surplus.sipCallId(), surplus);
        }
    }

    private void refuse(OpenTrace trace) {
        if (trace.refuse()) {
            linger(trace);
        } else if (trace.isGone()) {
            traces.remove(trace.sipCallId(), trace);
        }
    }

    private void linger(OpenTrace trace) {
        lingering.add(new Lingering(trace, trace.dueNanos()));
    }

    private void sweep() {
        long now = desk.clock.nanos();
        for (OpenTrace trace : desk.undecided.all()) {
            if (trace.isQuiet(now)) {
                refuse(trace);
            }
        }
        for (Lingering next = lingering.peek(); next != null && now - next.dueNanos() >= 0; next = lingering.peek()) {
            lingering.poll();
            if (next.trace().expire(now)) {
                traces.remove(next.trace().sipCallId(), next.trace());
            }
        }
        if (++sweeps % SWEEPS_A_MINUTE == 0) {
            locals.forget();
            sayWhatIsLost();
        }
    }

    private void sayWhatIsLost() {
        long unrecorded = desk.unrecorded.sum();
        long dropped = desk.dropped.sum();
        if (unrecorded > saidUnrecorded || dropped > saidDropped) {
            LOG.warn("in the last minute {} refused calls and {} messages were not written down: more came than is kept of a flood, or of one call",
                    unrecorded - saidUnrecorded, dropped - saidDropped);
            saidUnrecorded = unrecorded;
            saidDropped = dropped;
        }
    }

    @Override
    public String trouble() {
        return log.trouble();
    }

    @Override
    public void opened(CallSnapshot call) {
        open(call);
    }

    private OpenTrace open(CallSnapshot call) {
        OpenTrace trace = traces.computeIfAbsent(call.sipCallId(), id -> new OpenTrace(desk, id, null));
        while (!trace.open(desk.records.of(call, MediaFigures.Pair.NONE))) {
            traces.remove(call.sipCallId(), trace);
            trace = traces.computeIfAbsent(call.sipCallId(), id -> new OpenTrace(desk, id, null));
        }
        calls.put(call.callId(), trace);
        return trace;
    }

    @Override
    public CompletionStage<Void> ended(CallSnapshot call, MediaFigures.Pair figures) {
        OpenTrace trace = calls.get(call.callId());
        if (trace == null) {
            trace = open(call);
        }
        trace.end(desk.records.of(call, figures));
        return log.durable();
    }

    @Override
    public void closed(String callId) {
        OpenTrace trace = calls.remove(callId);
        if (trace != null && trace.close()) {
            linger(trace);
        }
    }

    public CaptureFigures figures() {
        return new CaptureFigures(traces.size(), desk.undecided.size(), desk.captured.sum(), desk.ignored.sum(), desk.dropped.sum(),
                desk.unrecorded.sum());
    }

    /** Writes down what is still to be said. Calls that live are left open: whoever reads the log again closes them as interrupted. */
    @Override
    public void close() {
        closed = true;
        timer.cancel();
        desk.undecided.all().forEach(OpenTrace::refuse);
        traces.values().forEach(OpenTrace::finish);
        traces.clear();
        lingering.clear();
    }
}
