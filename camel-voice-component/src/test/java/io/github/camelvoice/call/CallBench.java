package io.github.camelvoice.call;

import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.Signalling;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The call room on one thread: fakes below, time by hand, every event kept. */
public final class CallBench {

    public final ManualTimers timers = new ManualTimers();
    public final FakeMedia media = new FakeMedia();
    public final FakeLedger ledger = new FakeLedger();
    public final EventBus events = new EventBus();
    public final EventBus.Subscription told = events.subscribe(1000, event -> true);
    public final List<FakeLeg> legs = new ArrayList<>();
    public final CallRegistry registry;
    public String refused;
    /** Call-IDs of the calls that are placed, and of those that come. */
    public String placedAs = "placed-call-id";
    public String cameAs = "sip-call-id";
    /** User part of the Request-URI of the next INVITE. */
    public String called = "hello";
    /** Of the next INVITE. */
    public Replaces replaces;
    public boolean mayReplace = true;
    private final Queue<Runnable> work = new ArrayDeque<>();
    private boolean working;

    public CallBench() {
        this(1000);
    }

    public CallBench(int maxCalls) {
        this(maxCalls, CallGuard.NONE);
    }

    public CallBench(int maxCalls, CallGuard guard) {
        Signalling signalling = new Signalling() {
            @Override
            public SignallingLeg leg(OutboundLeg spec, Executor mailbox, SignalListener listener) {
                if (!spec.target().startsWith("sip:")) {
                    throw new IllegalArgumentException("not a SIP URI: " + spec.target());
                }
                FakeLeg leg = new FakeLeg(mailbox, listener);
                leg.sipCallId = placedAs;
                leg.spec = spec;
                return added(leg);
            }

            @Override
            public void onInvite(InviteHandler handler) {
                throw new AssertionError("the engine does that");
            }
        };
        registry = new CallRegistry(signalling, media, events, ledger, timers, timers, new Ids("t"), this::onOneThread,
                new CallRegistry.Limits(maxCalls, Duration.ofHours(1), Duration.ofMinutes(3), true, List.of("PCMU"), "default"), guard);
    }

    /** Runs a task after the one that is running, not within it. */
    public void onOneThread(Runnable task) {
        work.add(task);
        if (!working) {
            working = true;
            for (Runnable next = work.poll(); next != null; next = work.poll()) {
                next.run();
            }
            working = false;
        }
    }

    private FakeLeg added(FakeLeg leg) {
        legs.add(leg);
        return leg;
    }

    public FakeLeg leg() {
        return legs.get(legs.size() - 1);
    }

    public Call place() throws CallException {
        return registry.place(new PlaceCall(new OutboundLeg("sip:bob@127.0.0.1", null, null, null, null, null, 0, null), List.of(),
                Duration.ofSeconds(30), Duration.ofMinutes(10)));
    }

    /** An INVITE with this offer; returns the call that a receiver got, or null. */
    public Call invite(String offer) {
        List<Call> got = new ArrayList<>();
        try (Calls.Registration registration = registry.receive(0, receiver(got, false))) {
            registry.invited(incoming(offer));
        }
        return got.isEmpty() ? null : got.get(0);
    }

    public Calls.Receiver receiver(List<Call> got, boolean busy) {
        return new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return call.called().user().equals("hello");
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return busy;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                got.add(call);
            }
        };
    }

    public IncomingInvite incoming(String offer) {
        return new IncomingInvite() {
            @Override
            public String sipCallId() {
                return cameAs;
            }

            @Override
            public Party from() {
                return new Party("sip:alice@127.0.0.1", "alice", "127.0.0.1", "Alice");
            }

            @Override
            public Party to() {
                return requestUri();
            }

            @Override
            public Party requestUri() {
                return new Party("sip:" + called + "@127.0.0.1", called, "127.0.0.1", "");
            }

            @Override
            public String transport() {
                return "udp";
            }

            @Override
            public InetSocketAddress source() {
                return new InetSocketAddress("127.0.0.1", 5555);
            }

            @Override
            public String authenticatedUser() {
                return "";
            }

            @Override
            public SipHeaders headers() {
                return SipHeaders.of("X-Test", "1");
            }

            @Override
            public String offer() {
                return offer;
            }

            @Override
            public Replaces replaces() {
                return replaces;
            }

            @Override
            public boolean mayReplace() {
                return mayReplace;
            }

            @Override
            public SignallingLeg claim(Executor mailbox, SignalListener listener) {
                return added(new FakeLeg(mailbox, listener));
            }

            @Override
            public void refuse(int code, String phrase, SipHeaders extra) {
                refused = code + " " + phrase + extra.first("Retry-After").map(s -> " after " + s).orElse("");
            }
        };
    }

    /** Kinds of the events since the last look, with a check that they are numbered without a gap per call. */
    public List<String> events() {
        List<VoiceEvent> list = new ArrayList<>();
        told.drainTo(list, Integer.MAX_VALUE);
        return list.stream().map(event -> event.kind().label()).toList();
    }

    public List<VoiceEvent> rawEvents() {
        List<VoiceEvent> list = new ArrayList<>();
        told.drainTo(list, Integer.MAX_VALUE);
        return list;
    }

    public void pass(long seconds) {
        timers.advance(Duration.of(seconds, TimeUnit.SECONDS.toChronoUnit()));
    }
}
