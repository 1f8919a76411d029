package io.github.camelvoice.engine;

import io.github.camelvoice.account.Registrar;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.call.CallRegistry;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.guard.FraudGuard;
import io.github.camelvoice.call.guard.GuardFigures;
import io.github.camelvoice.call.spi.CallLedger;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.dial.DialServices;
import io.github.camelvoice.dial.Dials;
import io.github.camelvoice.dial.LiveDials;
import io.github.camelvoice.dial.Redirects;
import io.github.camelvoice.document.Dialling;
import io.github.camelvoice.document.DocumentPorts;
import io.github.camelvoice.document.DocumentServices;
import io.github.camelvoice.document.Documents;
import io.github.camelvoice.media.RtpMediaPlane;
import io.github.camelvoice.notifier.LiveNotifier;
import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.recording.CallRecordings;
import io.github.camelvoice.recording.RecordingShelf;
import io.github.camelvoice.registration.LiveRegistrations;
import io.github.camelvoice.registration.RegistrationFigures;
import io.github.camelvoice.registration.RegistrationServices;
import io.github.camelvoice.registration.Registrations;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.SipSignalling;
import io.github.camelvoice.sip.event.Subscriber;
import io.github.camelvoice.sip.register.RegisterClient;
import io.github.camelvoice.sip.stack.Bindings;
import io.github.camelvoice.sip.stack.SipStackHost;
import io.github.camelvoice.sip.stack.SipStartException;
import io.github.camelvoice.sip.stack.WireTap;
import io.github.camelvoice.speech.RememberedSpeech;
import io.github.camelvoice.speech.Speech;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.tap.TapLimits;
import io.github.camelvoice.tap.Taps;
import io.github.camelvoice.tap.session.LiveTaps;
import io.github.camelvoice.tap.sink.RtpSinks;
import io.github.camelvoice.tap.socket.SocketSinks;
import io.github.camelvoice.trace.capture.Capture;
import io.github.camelvoice.trace.capture.CaptureFigures;
import io.github.camelvoice.webhook.StatusCallbacks;
import io.github.camelvoice.webhook.SubscriptionCallbacks;
import io.github.camelvoice.webhook.WebApplication;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the rooms: SIP, media, calls, events. Can be used without Camel: {@link #start}, then {@link #calls} and {@link #events}.
 * Thread-safe; starts once and stops once.
 */
public final class VoiceEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceEngine.class);
    private static final Duration DECISION_LIMIT = Duration.ofMinutes(3);
    /** How long a stop waits for the answers to its BYEs. */
    private static final Duration BYE_LIMIT = Duration.ofSeconds(2);
    /** How long a stop waits until those who watch us know that it is over. */
    private static final Duration WATCHERS_LIMIT = Duration.ofSeconds(1);
    /** How long a stop waits until servers know that our accounts are gone. */
    private static final Duration ACCOUNTS_LIMIT = Duration.ofSeconds(4);
    private static final long LOOK_AGAIN_MILLIS = 50;
    /** Those of a document's Dial; where they lead is for the guard to say. */
    private static final Redirects REDIRECTS = new Redirects(5, uri -> true);

    private final EngineConfig config;
    private final EventBus events = new EventBus();
    private final ScheduledTimers timers = new ScheduledTimers();
    private final ExecutorService mailboxes;
    private final RtpMediaPlane media;
    private final SipStackHost sip;
    private final SipSignalling signalling;
    private final FraudGuard guard;
    private final UserRoom users;
    private final LiveRegistrations registrations;
    private final CallRegistry calls;
    private final LiveNotifier notifier;
    private final CallArchive archive;
    private final Outbound outbound;
    private final Dispatcher callbacks;
    private final LiveTaps taps;
    private final StatusCallbacks statusCallbacks;
    private final Speech speech;
    private final Dials dials;
    private final CallRecordings recordings;
    private final Documents documents;
    private final SubscriptionRoom watching;
    private final SessionRoom sessions;
    /** Null where calls are not written down. */
    private final Capture capture;

    /**
     * Calls are written down in memory: the latest 10,000, up to 64 MB.
     *
     * @throws IllegalArgumentException naming an address or codec that cannot be used
     */
    public VoiceEngine(EngineConfig config) {
        this(config, MemoryLog.archive(EngineClock.SYSTEM));
    }

    /**
     * @param archive where calls are written down, unless {@link EngineConfig#capture} is off; started and closed with the engine
     * @throws IllegalArgumentException naming an address or codec that cannot be used
     */
    public VoiceEngine(EngineConfig config, CallArchive archive) {
        this.config = config;
        this.archive = archive;
        this.outbound = RoomConfigs.outbound(config);
        EngineClock clock = EngineClock.SYSTEM;
        Ids ids = new Ids(config.nodeId());
        mailboxes = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), Threads.named("call"));
        media = new RtpMediaPlane(RoomConfigs.media(config), clock);
        users = new UserRoom(config, archive, clock);
        SipConfig sipConfig = RoomConfigs.sip(config, users.users());
        capture = config.capture() ? new Capture(archive.log(), config.project(), clock, timers, mailboxes, ids) : null;
        sip = new SipStackHost(sipConfig, clock, timers, capture == null ? WireTap.NONE : new CaptureTap(capture));
        signalling = new SipSignalling(sip, sipConfig, timers, ids);
        CallLedger ledger = capture == null ? CallLedger.NONE : capture;
        guard = new FraudGuard(config.guard(), clock);
        calls = new CallRegistry(signalling, media, events, ledger, clock, timers, ids, mailboxes, new CallRegistry.Limits(config.maxCalls(),
                config.timeLimit(), DECISION_LIMIT, config.hangupOnDeadMedia(), config.codecs(), config.account(),
                config.srtpInClear()), guard);
        signalling.onInvite(calls);
        OwnNames names = new OwnNames(sip::bindings, config.domains());
        notifier = new LiveNotifier(config.notifier(), config.domains(), names::hosts, clock, timers, ids);
        signalling.events().onEvents(notifier);
        users.wire(config, signalling, calls, notifier, names, () -> bindings().advertised(), clock, timers, ids, mailboxes);
        registrations = new LiveRegistrations(new RegistrationServices(new RegisterClient(signalling.env(), clock), clock, timers, mailboxes,
                new SecureRandom()), config.registrations());
        dials = new LiveDials(new DialServices(calls, new CountryTones(), config.codecs(), clock, timers, ids, mailboxes));
        callbacks = new Dispatcher(archive.outbox(), clock, timers, mailboxes, ids, new CallbackUrls(outbound.policy()));
        taps = new LiveTaps(outbound::vertx, clock, ids, callbacks, config.project(), new TapLimits(TapLimits.DEFAULT.perCall(), config.maxTaps()),
                List.of(new RtpSinks(outbound.policy(), RoomConfigs.localAddress(config), RoomConfigs.externalAddress(config), clock),
                        new SocketSinks(outbound.policy(), clock)));
        statusCallbacks = new StatusCallbacks(callbacks);
        speech = new RememberedSpeech(config.speech().make(timers, outbound::http));
        recordings = new CallRecordings(new RecordingShelf(config.recordingsDir()), config.recordings(), statusCallbacks::recording,
                new WebUploads(outbound), clock, timers);
        documents = new Documents(new DocumentServices(new DocumentSyntaxes(config.cxml()), new WebDocuments(outbound),
                new DocumentMedia(outbound, config.sounds(), speech), new DocumentTaps(taps), new DocumentStatus(callbacks),
                new DocumentPorts(new WebApplication(outbound, config.signingKey(), mailboxes), statusCallbacks, recordings,
                        new Dialling(dials, user -> "sip:" + user + "@" + bindings().advertised(), REDIRECTS, config.cxml().headerPrefix())),
                mailboxes, clock, timers, ids,
                config.project()));
        watching = new SubscriptionRoom(config.subscriptions(), archive, new Subscriber(signalling.env(), signalling.dispatcher(), clock), callbacks,
                () -> bindings().advertised(), clock, timers, ids, mailboxes);
        sessions = new SessionRoom(config.sessions(), archive, calls, registrations, clock, timers, mailboxes);
    }

    /** Opens the archive and then the listening points; calls can come from now on. */
    public void start() throws EngineStartException {
        try {
            archive.start();
            callbacks.start();
            recordings.start();
            if (capture != null) {
                capture.start();
            }
            notifier.watch(events, calls);
            users.load();
            sip.start(signalling);
            watching.start();
            users.start();
            sessions.start();
        } catch (StoreException | SipStartException failure) {
            close();
            throw new EngineStartException(failure.getMessage(), failure);
        } catch (EngineStartException failure) {
            close();
            throw failure;
        }
        EngineBindings bound = bindings();
        LOG.info("voice engine {} is ready: SIP on {}:{} (udp, tcp){}, RTP on ports {}-{}, told to others as {}", config.nodeId(), bound.host(),
                bound.sipPort(), bound.tlsPort() > 0 ? " and " + bound.tlsPort() + " (tls)" : "", bound.rtpPortMin(), bound.rtpPortMax(),
                bound.advertised());
    }

    public EngineConfig config() {
        return config;
    }

    public Calls calls() {
        return calls;
    }

    /** Where users of ours are registered; empty if they cannot register here. */
    public Optional<Registrar> registrar() {
        return Optional.ofNullable(users.registrar());
    }

    /** Who may authenticate here, and register where there is a registrar: users of the settings, and those that come and go. */
    public Users users() {
        return users.users();
    }

    /** Our accounts at other servers; to be registered after {@link #start}. */
    public Registrations registrations() {
        return registrations;
    }

    public RegistrationFigures registrationFigures() {
        return registrations.figures();
    }

    public EventBus events() {
        return events;
    }

    /** Tells those who watch us; who may is {@link EngineConfig#notifier}, and who is asked there. */
    public Notifier notifier() {
        return notifier;
    }

    /** Calls many for one. */
    public Dials dials() {
        return dials;
    }

    /** Documents that run on calls. */
    public Documents documents() {
        return documents;
    }

    /** The calls with their messages, live and past. */
    public CallArchive archive() {
        return archive;
    }

    /** What others are told of: taken here, delivered by whoever attends to it, a route from voice:callbacks as a rule. */
    public Dispatcher callbacks() {
        return callbacks;
    }

    /** Tells applications how calls and recordings go on, as forms. */
    public StatusCallbacks statusCallbacks() {
        return statusCallbacks;
    }

    /** The recordings that applications ask for. */
    public CallRecordings recordings() {
        return recordings;
    }

    /** What may leave for targets that others name, and the HTTP client that goes there. */
    public Outbound outbound() {
        return outbound;
    }

    /** Calls that were refused: who may be called, how often and how long is {@link EngineConfig#guard}. */
    public GuardFigures guardFigures() {
        return guard.figures(calls.loopsRefused());
    }

    /** What others do, watched by SUBSCRIBE. */
    public Subscriptions subscriptions() {
        return watching.subscriptions();
    }

    /** Where they are kept. */
    public SubscriptionStore subscriptionStore() {
        return watching.store();
    }

    /** Tells receivers of subscriptions what changes. */
    public SubscriptionCallbacks subscriptionCallbacks() {
        return watching.callbacks();
    }

    /** Our accounts at other servers, as phones. */
    public Sessions sessions() {
        return sessions.sessions();
    }

    /** The taps of live calls. */
    public Taps taps() {
        return taps;
    }

    public CaptureFigures captureFigures() {
        return capture == null ? CaptureFigures.NONE : capture.figures();
    }

    /**
     * Messages that came since the start and were no SIP that could be read, with datagrams of more than 16 kB and frames of TCP and TLS that have no
     * end: the last two are in no trace.
     */
    public long malformedMessages() {
        return sip.malformed();
    }

    public EngineBindings bindings() {
        Bindings bound = sip.bindings();
        return new EngineBindings(bound.host(), bound.port(), bound.tlsPort(), bound.advertisedHost() + ":" + bound.advertisedPort(),
                config.rtpPortMin(), config.rtpPortMax());
    }

    public EngineFigures figures() {
        return new EngineFigures(calls.count(), signalling.liveLegs(), sip.transactions(), timers.pending(), media.legsOpen(), media.portsInUse(),
                captureFigures().openTraces(), signalling.events().watcherDialogs());
    }

    /**
     * Takes no new calls (503) and lets the live ones go on for at most {@code limit}, then ends them. The stage is done when none is left.
     */
    public CompletionStage<Void> drain(Duration limit) {
        calls.drain();
        CompletableFuture<Void> empty = new CompletableFuture<>();
        long deadline = System.nanoTime() + limit.toNanos();
        lookAgain(empty, deadline, false);
        return empty;
    }

    private void lookAgain(CompletableFuture<Void> empty, long deadline, boolean hungUp) {
        boolean late = System.nanoTime() - deadline >= 0;
        if (calls.count() == 0 || hungUp && late) {
            empty.complete(null);
            return;
        }
        long next = deadline;
        if (late) {
            LOG.info("ending {} calls: shutting down", calls.count());
            calls.hangUpAll("shutting down");
            next = System.nanoTime() + BYE_LIMIT.toNanos();
        }
        long until = next;
        timers.schedule(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS, mailboxes, () -> lookAgain(empty, until, hungUp || late));
    }

    /** Ends every call at once and gives everything back. Waits up to a few seconds; not to be called on a mailbox. */
    public void stop() {
        try {
            drain(Duration.ZERO).toCompletableFuture().get(BYE_LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            LOG.warn("{} calls did not end in time", calls.count());
        }
        CompletionStage<Void> unregistered = registrations.drain(ACCOUNTS_LIMIT);
        notifier.drain(WATCHERS_LIMIT).toCompletableFuture().join();
        unregistered.toCompletableFuture().join();
        close();
    }

    /** Closes the ports, and the archive last: it has all that happened. */
    @Override
    public void close() {
        notifier.close();
        registrations.close();
        watching.close();
        sessions.close();
        sip.close();
        taps.close();
        media.close();
        mailboxes.shutdownNow();
        timers.close();
        // What the last taps said is written down all the same.
        recordings.close();
        callbacks.close();
        if (capture != null) {
            capture.close();
        }
        users.close();
        archive.close();
        speech.close();
        outbound.close();
    }
}
