package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallRegistry;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.Signalling;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.dial.DialServices;
import io.github.camelvoice.dial.Dials;
import io.github.camelvoice.dial.LiveDials;
import io.github.camelvoice.document.DocumentPorts;
import io.github.camelvoice.document.DocumentServices;
import io.github.camelvoice.document.DocumentSource;
import io.github.camelvoice.document.Documents;
import io.github.camelvoice.document.StatusPort;
import io.github.camelvoice.document.TapPort;
import io.github.camelvoice.engine.DocumentSyntaxes;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.outbound.HttpCaller;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.store.ArchiveFigures;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.FedLog;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.store.memory.MemoryStore;
import io.github.camelvoice.testkit.ManualTimers;
import io.github.camelvoice.trace.capture.Capture;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An engine with the real call room between phones and audio of the test; nothing touches the network, and time stands still. */
final class FakeEngine implements EngineLink {

    final List<FakePhone> phones = new CopyOnWriteArrayList<>();
    final List<FakeAudio> audio = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final EventBus events = new EventBus();
    final EventBus.Subscription told = events.subscribe(10_000, event -> true);
    final FakeTaps taps = new FakeTaps(events);
    final ManualTimers timers = new ManualTimers();
    FakeSubscriptions subscriptions = new FakeSubscriptions();
    FakeSessions sessions = new FakeSessions();
    final FakeNotifier notifier = new FakeNotifier();
    final MemoryStore memory = new MemoryStore(1_000, 10_000_000);
    final CallArchive archive = new CallArchive(fickle(memory), fickle(new MemoryLog(memory, timers, Duration.ofDays(30))), timers);
    final CallRegistry registry;
    final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Dials dials;
    volatile String storeTrouble;
    volatile String logTrouble;
    volatile EngineConfig config;
    volatile boolean slowAudio;
    volatile Duration drained;
    volatile boolean started;
    volatile boolean stopped;
    private final ExecutorService mailboxes = Executors.newFixedThreadPool(2);
    private final Ids ids = new Ids("t");
    volatile DocumentSource web = (url, json) -> CompletableFuture.failedFuture(new IOException("there is no web here"));
    final Documents documents = new Documents(new DocumentServices(new DocumentSyntaxes(), (url, json) -> web.fetch(url, json),
            (sound, gain) -> CompletableFuture.completedFuture(new PlaySource(sound.label(), InputStream::nullInputStream, 1)), TapPort.NONE,
            StatusPort.NONE, DocumentPorts.NONE, mailboxes, timers, timers, ids, "default"));
    final Outbound outbound = new Outbound("127.0.0.1");
    final Dispatcher callbacks = new Dispatcher(archive.outbox(), timers, timers, mailboxes, ids, url -> { });
    private final Capture capture = new Capture(archive.log(), "default", timers, timers, mailboxes, ids);

    FakeEngine() {
        Signalling signalling = new Signalling() {
            @Override
            public SignallingLeg leg(OutboundLeg spec, Executor mailbox, SignalListener listener) {
                if (!spec.target().startsWith("sip:")) {
                    throw new IllegalArgumentException("not a SIP URI: " + spec.target());
                }
                FakePhone phone = new FakePhone(spec, mailbox, listener);
                phones.add(phone);
                return phone;
            }

            @Override
            public void onInvite(InviteHandler handler) {
                throw new AssertionError("nobody asks");
            }
        };
        registry = new CallRegistry(signalling, (callId, terms, mailbox, listener) -> {
            FakeAudio leg = new FakeAudio(terms.codecs(), mailbox, listener);
            leg.slow = slowAudio;
            audio.add(leg);
            return leg;
        }, events, capture, timers, timers, ids, mailboxes,
                new CallRegistry.Limits(100, Duration.ofHours(4), Duration.ofMinutes(3), true, List.of("PCMU"), "default"),
                CallGuard.NONE);
        dials = new LiveDials(new DialServices(registry, country -> new PlaySource("ring:" + country, InputStream::nullInputStream, 1), List.of("PCMU"),
                timers, timers, ids, mailboxes));
    }

    /** A store that fails for as long as {@link #storeTrouble} says why. */
    private CallStore fickle(CallStore store) {
        return (CallStore) Proxy.newProxyInstance(CallStore.class.getClassLoader(), new Class<?>[]{CallStore.class}, (proxy, method, args) -> {
            if (storeTrouble != null && !method.getName().equals("close")) {
                throw new StoreException(storeTrouble, null);
            }
            return invoke(store, method, args);
        });
    }

    /** A log that says what {@link #logTrouble} and {@link #storeTrouble} say. */
    private FedLog fickle(FedLog log) {
        return (FedLog) Proxy.newProxyInstance(FedLog.class.getClassLoader(), new Class<?>[]{FedLog.class}, (proxy, method, args) ->
                switch (method.getName()) {
                    case "figures" -> new ArchiveFigures(storeTrouble == null ? 0 : 7, 0, 0, logTrouble, storeTrouble);
                    case "trouble" -> logTrouble;
                    default -> invoke(log, method, args);
                });
    }

    private static Object invoke(Object on, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    /** Makes this the engine of a component. */
    VoiceComponent component() {
        VoiceComponent component = new VoiceComponent();
        component.setEngineFactory(owner -> {
            config = EngineSettings.config(owner);
            return this;
        });
        component.setClock(timers);
        component.setDrainTimeout(100);
        return component;
    }

    /** A call comes in; null if it was refused at the door. */
    FakePhone invite(String from, String called, String... headers) {
        int before = phones.size();
        registry.invited(new Invite(from, called, SipHeaders.of(headers)));
        return phones.size() == before ? null : phones.get(before);
    }

    FakePhone lastPhone() {
        return phones.get(phones.size() - 1);
    }

    FakeAudio lastAudio() {
        return audio.get(audio.size() - 1);
    }

    List<String> toldKinds() {
        List<VoiceEvent> list = new java.util.ArrayList<>();
        told.drainTo(list, Integer.MAX_VALUE);
        return list.stream().map(event -> event.kind().label()).toList();
    }

    @Override
    public Dials dials() {
        return dials;
    }

    @Override
    public CallArchive archive() {
        return archive;
    }

    @Override
    public Dispatcher callbacks() {
        return callbacks;
    }

    @Override
    public boolean isUser(String name) {
        return users.contains(name);
    }

    @Override
    public TargetPolicy targetPolicy() {
        return outbound.policy();
    }

    @Override
    public HttpCaller http() {
        return outbound.http();
    }

    @Override
    public Documents documents() {
        return documents;
    }

    @Override
    public FakeTaps taps() {
        return taps;
    }

    @Override
    public FakeSubscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public FakeSessions sessions() {
        return sessions;
    }

    @Override
    public FakeNotifier notifier() {
        return notifier;
    }

    @Override
    public String account() {
        return "default";
    }

    @Override
    public String project() {
        return "default";
    }

    @Override
    public void start() throws StoreException {
        archive.start();
        callbacks.start();
        capture.start();
        started = true;
    }

    @Override
    public CallRegistry calls() {
        return registry;
    }

    @Override
    public EventBus events() {
        return events;
    }

    @Override
    public String advertisedAddress() {
        return "127.0.0.1:5060";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of("udp", 5060, "tcp", 5060);
    }

    @Override
    public CompletionStage<Void> drain(Duration limit) {
        drained = limit;
        registry.drain();
        return CompletableFuture.runAsync(() -> registry.hangUpAll("shutting down"),
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void stop() {
        stopped = true;
        callbacks.close();
        outbound.close();
        mailboxes.shutdown();
        capture.close();
        archive.close();
    }

    private final class Invite implements IncomingInvite {
        private final String from;
        private final String called;
        private final SipHeaders headers;

        Invite(String from, String called, SipHeaders headers) {
            this.from = from;
            this.called = called;
            this.headers = headers;
        }

        private Party party(String user, String name) {
            return new Party("sip:" + user + "@127.0.0.1", user, "127.0.0.1", name);
        }

        @Override
        public String sipCallId() {
            return "sip-call-id";
        }

        @Override
        public Party from() {
            return party(from, "Alice A.");
        }

        @Override
        public Party to() {
            return party(called, "");
        }

        @Override
        public Party requestUri() {
            return party(called, "");
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
            return headers;
        }

        @Override
        public String offer() {
            return "offer";
        }

        @Override
        public io.github.camelvoice.call.Replaces replaces() {
            return null;
        }

        @Override
        public boolean mayReplace() {
            return false;
        }

        @Override
        public SignallingLeg claim(Executor mailbox, SignalListener listener) {
            FakePhone phone = new FakePhone(null, mailbox, listener);
            phones.add(phone);
            return phone;
        }

        @Override
        public void refuse(int code, String phrase, SipHeaders extra) {
            refused.add(code + " " + phrase + extra.first("Retry-After").map(s -> " after " + s).orElse(""));
        }
    }
}
