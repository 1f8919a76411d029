package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.CallRegistry;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.CallLedger;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaListener;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.Signalling;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** The dial and call rooms on one thread, in the order of the work or in that of a die, between phones of the test. */
final class DialBench {

    final ManualTimers timers = new ManualTimers();
    /** In the order of their being called; the caller's own first, if there is one. */
    final List<Phone> phones = new ArrayList<>();
    /** What media legs were told, with the codecs that they were opened with in front. */
    final List<List<String>> audio = new ArrayList<>();
    private final List<java.util.function.Consumer<Character>> keys = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final CallRegistry registry;
    final Dials dials;
    int mostPorts = Integer.MAX_VALUE;
    private final List<Runnable> work = new ArrayList<>();
    private final Random die;
    private int open;
    private boolean working;
    private Call caller;

    DialBench() {
        this(null);
    }

    /** @param die picks whose turn it is; null: in order */
    DialBench(Random die) {
        this.die = die;
        Signalling signalling = new Signalling() {
            @Override
            public SignallingLeg leg(OutboundLeg spec, Executor mailbox, SignalListener listener) {
                if (!spec.target().startsWith("sip")) {
                    throw new IllegalArgumentException("not a SIP URI: " + spec.target());
                }
                Phone phone = new Phone(spec, mailbox, listener);
                phones.add(phone);
                return phone.leg();
            }

            @Override
            public void onInvite(InviteHandler handler) {
                throw new AssertionError("nobody asks");
            }
        };
        Ids ids = new Ids("t");
        registry = new CallRegistry(signalling, plane(), new EventBus(), CallLedger.NONE, timers, timers, ids, this::later,
                new CallRegistry.Limits(1000, Duration.ofHours(4), Duration.ofMinutes(3), true, List.of("PCMU", "PCMA"), "default"), CallGuard.NONE);
        dials = new LiveDials(new DialServices(registry, country -> country.equals("uk") ? new PlaySource("ring", InputStream::nullInputStream, 0) : null,
                List.of("PCMU", "PCMA"), timers, timers, ids, this::later));
    }

    private void later(Runnable task) {
        work.add(task);
    }

    /** Lets everybody act until there is nothing left to do. */
    void run() {
        if (working) {
            return;
        }
        working = true;
        while (!work.isEmpty()) {
            work.remove(die == null ? 0 : die.nextInt(work.size())).run();
        }
        working = false;
    }

    void pass(Duration time) {
        timers.advance(time);
        run();
    }

    private MediaPlane plane() {
        return new MediaPlane() {
            @Override
            public MediaLeg open(String callId, MediaTerms terms, Executor mailbox, MediaListener listener) throws io.github.camelvoice.call.spi.MediaException {
                if (open >= mostPorts) {
                    throw new io.github.camelvoice.call.spi.MediaException(
                            io.github.camelvoice.call.spi.MediaException.Kind.PORTS_EXHAUSTED, "no RTP port is free");
                }
                return audioLeg(terms, mailbox, listener);
            }

            @Override
            public List<String> encodings(String sdp) {
                return Arrays.asList(sdp.split(" "));
            }
        };
    }

    private MediaLeg audioLeg(MediaTerms terms, Executor mailbox, MediaListener listener) {
        open++;
        List<String> calls = new ArrayList<>(List.of(String.join(",", terms.codecs())));
        audio.add(calls);
        keys.add(digit -> mailbox.execute(() -> listener.on(new MediaEvent.Dtmf(digit, 100))));
        boolean[] state = new boolean[2];
        String[] playing = new String[1];
        return (MediaLeg) Proxy.newProxyInstance(DialBench.class.getClassLoader(), new Class<?>[]{MediaLeg.class}, (proxy, method, args) -> {
            calls.add(method.getName());
            switch (method.getName()) {
                case "offer", "answer" -> {
                    state[0] |= method.getName().equals("answer");
                    return "sdp";
                }
                case "accept" -> state[0] = true;
                case "info" -> {
                    InetSocketAddress here = new InetSocketAddress("127.0.0.1", 4000);
                    return state[0] ? new MediaInfo(terms.codecs().get(0), 20, here, here, true, true, false, 101) : null;
                }
                case "figures" -> {
                    return MediaFigures.Pair.NONE;
                }
                case "play" -> playing[0] = (String) args[0];
                case "stopPlay", "bridge" -> stop(playing, mailbox, listener);
                case "close" -> {
                    stop(playing, mailbox, listener);
                    open -= state[1] ? 0 : 1;
                    state[1] = true;
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return proxy == args[0];
                }
                default -> { }
            }
            return null;
        });
    }

    private static void stop(String[] playing, Executor mailbox, MediaListener listener) {
        String id = playing[0];
        playing[0] = null;
        if (id != null) {
            mailbox.execute(() -> listener.on(new MediaEvent.PlayEnded(id, MediaEvent.Outcome.STOPPED, Duration.ZERO, "")));
        }
    }

    /** The far end of this media leg, in the order of their opening, presses a key. */
    void press(int leg, char digit) {
        keys.get(leg).accept(digit);
    }

    /** Somebody calls, and offers these codecs. */
    Call called(String codecs) {
        List<Call> got = new ArrayList<>();
        Calls.Receiver receiver = new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                got.add(call);
            }
        };
        try (Calls.Registration registration = registry.receive(0, receiver)) {
            registry.invited(invite(codecs));
            run();
        }
        caller = got.get(0);
        return caller;
    }

    private IncomingInvite invite(String offer) {
        return (IncomingInvite) Proxy.newProxyInstance(DialBench.class.getClassLoader(), new Class<?>[]{IncomingInvite.class}, (proxy, method, args) ->
                switch (method.getName()) {
                    case "sipCallId" -> "sip-call-id";
                    case "from", "to", "requestUri" -> new Party("sip:alice@127.0.0.1", "alice", "127.0.0.1", "");
                    case "transport" -> "udp";
                    case "source" -> new InetSocketAddress("127.0.0.1", 5555);
                    case "authenticatedUser" -> "";
                    case "headers" -> SipHeaders.none();
                    case "offer" -> offer;
                    case "claim" -> {
                        Phone phone = new Phone(null, (Executor) args[0], (SignalListener) args[1]);
                        phones.add(phone);
                        yield phone.leg();
                    }
                    default -> null;
                });
    }

    static OutboundLeg to(String target) {
        return new OutboundLeg(target, null, null, null, null, null, 0, null);
    }

    static DialTarget target(String user) {
        return DialTarget.of(new PlaceCall(to("sip:" + user + "@127.0.0.1"), List.of(), Duration.ofMinutes(5), Duration.ofHours(1)));
    }

    /** b0, b1, … */
    static List<DialTarget> targets(int count) {
        List<DialTarget> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(target("b" + i));
        }
        return targets;
    }

    Dial dial(DialPlan plan) {
        Dial dial = dials.start(plan, new Diary());
        run();
        return dial;
    }

    /** The last leg of this user. */
    Phone phone(String user) {
        return phones.stream().filter(phone -> phone.spec != null && phone.target().contains(user + "@")).reduce((first, last) -> last).orElseThrow();
    }

    Phone alice() {
        return phones.get(0);
    }

    /** A phone does something, and everybody reacts. */
    void then(Runnable deed) {
        deed.run();
        run();
    }

    static DialResult now(java.util.concurrent.CompletionStage<DialResult> stage) {
        return stage.toCompletableFuture().getNow(null);
    }

    /** All hang up: then nothing may be left. */
    void nothingStays() {
        if (caller != null && caller.snapshot().cause() == null) {
            caller.execute(new io.github.camelvoice.call.CallCommand.Hangup(null, SipHeaders.none()));
            run();
        }
        registry.hangUpAll("the test is over");
        run();
        phones.forEach(Phone::confirms);
        run();
        assertThat(registry.count()).as("calls").isZero();
        assertThat(timers.pending()).as("timers").isZero();
        assertThat(open).as("ports").isZero();
    }

    private final class Diary implements DialListener {
        @Override
        public void placed(int index, Call leg) {
            told.add("placed " + index);
        }

        @Override
        public void refused(int index, CallException why) {
            told.add("refused " + index);
        }

        @Override
        public void ringing(int index, Call leg) {
            told.add("ringing " + index);
        }

        @Override
        public void redirected(int index, Call leg, String contact) {
            told.add("redirected " + index + " " + contact);
        }

        @Override
        public void answered(int index, Call leg) {
            told.add("answered " + index);
        }

        @Override
        public void screened(int index, Call leg, boolean accepted) {
            told.add("screened " + index + " " + accepted);
        }

        @Override
        public void won(int index, Call leg) {
            told.add("won " + index);
        }

        @Override
        public void lost(int index, CallSnapshot leg) {
            told.add("lost " + index);
        }
    }
}
