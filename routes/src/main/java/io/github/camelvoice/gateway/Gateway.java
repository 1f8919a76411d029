package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelvoice.engine.EngineBindings;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.gateway.access.Accounts;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.grpc.GrpcFront;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.voice.VoiceComponent;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: HTTP, Camel with its routes, and the voice engine. Started by {@link #start}, stopped once. */
public final class Gateway implements AutoCloseable {

    static final String NAME = "voice-gateway";
    /** So long others wait at most for the subscriptions of a gateway that is gone, or a few times as long where it left no word. */
    private static final long LOCK_INTERVAL_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long ACCOUNTS_MILLIS = 1_000;
    private static final Duration HANGUP_TIME = Duration.ofSeconds(5);

    private final GatewaySettings settings;
    private final DataFolder data;
    private final Accounts accounts;
    private final RecordsGate records;
    private final Logins logins;
    private final HttpFront http;
    private final Main camel = new Main();
    private final MeterRegistry meters;
    private final Map<String, Object> ports = new LinkedHashMap<>();
    private final Readiness readiness = new Readiness();
    private EventStream stream;
    private GrpcFront grpc;
    private StatusStream statuses;
    private CallMetrics metrics;
    private HikariDataSource database;

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.data = new DataFolder(settings.dataDir());
        this.accounts = accounts(settings, data);
        this.meters = Observability.registry(settings.project());
        this.records = new RecordsGate(settings.httpRate(), EngineClock.SYSTEM);
        this.logins = new Logins(accounts, EngineClock.SYSTEM);
        this.http = new HttpFront(settings.httpHost(), settings.httpPort(),
                new HttpGuard(logins, records, settings.project()));
        http.vertx().setPeriodic(ACCOUNTS_MILLIS, timer -> http.vertx().executeBlocking(() -> {
            accounts.refresh();
            return null;
        }));
    }

    private static Accounts accounts(GatewaySettings settings, DataFolder data) {
        try {
            return settings.authToken() != null
                    ? Accounts.withSetting(data.path(""), settings.accountSid(), settings.authToken(), EngineClock.SYSTEM)
                    : Accounts.withFirst(data.path(""), settings.accountSid(), data::token, EngineClock.SYSTEM);
        } catch (IOException e) {
            throw new SettingException("accounts cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the ports and starts the routes; calls can come when it returns.
     *
     * @throws SettingException what a person has to put right: a port in use, a folder that cannot be written to
     */
    public static Gateway start(GatewaySettings settings) throws Exception {
        Gateway gateway = new Gateway(settings);
        try {
            gateway.open();
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw StartFailure.explain(e);
        }
    }

    private void open() throws Exception {
        data.deletePortsOfTheDead();
        warn();
        if (settings.store().kind().equals(StoreSettings.POSTGRESQL)) {
            database = PostgresPool.of(settings.store());
            LOG.info("calls go to the database of {}, {} and {}", Setting.STORE_URL.key(), Setting.STORE_USER.key(), Setting.STORE_PASSWORD.key());
            camel.bind("voiceDatabase", database);
        }
        DocumentApi documents = new DocumentApi(data);
        VoiceComponent voice = VoiceSetup.component(settings, data, TlsStore.of(settings, data), database);
        voice.setDocumentSounds(documents);
        voice.setPublicUrl(publicUrl());
        stream = new EventStream(http.vertx(), accounts::isCurrent);
        camel.bind("voice", voice);
        camel.bind("vertx", http.vertx());
        camel.bind("eventStream", stream);
        CallApi callApi = new CallApi(data);
        camel.bind("callApi", callApi);
        camel.bind("tapApi", new TapApi(callApi));
        SipAccountApi sipAccounts = new SipAccountApi(() -> voice.runningVoiceEngine().sessions(), callApi, settings.project());
        camel.bind("sipAccountApi", sipAccounts);
        camel.bind("sipAccountPlay", new SipAccountPlay(sipAccounts, callApi,
                new SessionFiles(() -> voice.runningVoiceEngine().outbound().http(), new AudioNames(data)), http.vertx()));
        statuses = new StatusStream(http.vertx(), sipAccounts, () -> voice.runningVoiceEngine().sessions(), accounts::isCurrent);
        camel.bind("documentApi", documents);
        camel.bind("historyApi", new HistoryApi(() -> voice.runningVoiceEngine().archive(),
                new LiveState(() -> voice.runningVoiceEngine().calls()), settings.project(), records));
        camel.bind("callbackApi", new CallbackApi(() -> voice.runningVoiceEngine().archive(), () -> voice.runningVoiceEngine().callbacks()));
        camel.bind("userApi", new UserApi(voice::runningVoiceEngine));
        camel.bind("subscriptionApi", new SubscriptionApi(() -> voice.runningVoiceEngine().subscriptions(), () -> voice.runningVoiceEngine().notifier()));
        CallbackTargets targets = new CallbackTargets(settings.callbacks().targets());
        camel.bind("callbackTargets", targets);
        camel.bind("inboundStatus", new InboundStatus(voice::runningVoiceEngine, settings.cxml().status()));
        camel.bind("lamlRecordings", new LamlRecordings(voice::runningVoiceEngine));
        camel.bind("lamlApi", new LamlApi(voice::runningVoiceEngine, settings.project()));
        camel.bind("sepApi", new SepApi(voice::runningVoiceEngine, settings.subscribe(), new SepReceivers(voice::runningVoiceEngine,
                settings.prompts().publicUrl(), authority(), http.port()), EngineClock.SYSTEM));
        camel.bind("sipInfoApi", new SipInfoApi(settings.project(), EngineClock.SYSTEM, records));
        RouteFiles.configure(camel, settings);
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport main) {
                addServices(main.getCamelContext());
            }
        });
        camel.start();
        targets.check(camel.getCamelContext());
        VoiceEngine engine = voice.runningVoiceEngine();
        if (settings.sipAuth() && !engine.users().any()) {
            LOG.warn("callers must authenticate, and there is nobody who could: {} names users, and so does the command `user add NAME`",
                    Setting.SIP_USERS.key());
        }
        metrics = new CallMetrics(engine, stream);
        metrics.bindTo(meters);
        new ArchiveMetrics(engine, records).bindTo(meters);
        new GuardMetrics(engine).bindTo(meters);
        new TapMetrics(engine).bindTo(meters);
        new SubscriptionMetrics(engine).bindTo(meters);
        new AccountMetrics(engine).bindTo(meters);
        new CallbackMetrics(engine).bindTo(meters);
        new SubscriptionCallbackMetrics(engine).bindTo(meters);
        collectPorts(engine.bindings());
        grpc = settings.grpc().start(camel.getCamelContext(), voice, accounts, logins, settings.accountSid(), settings.project());
        if (grpc != null) {
            new GrpcMetrics(grpc).bindTo(meters);
            ports.put(Setting.GRPC_HOST.key(), settings.grpc().host());
            ports.put(Setting.GRPC_PORT.key(), grpc.port());
        }
        http.guard().open();
        data.write(DataFolder.PORTS_FILE, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(ports) + "\n");
    }

    private String publicUrl() {
        return settings.prompts().publicUrl() != null ? settings.prompts().publicUrl() : "http://" + authority();
    }

    private String authority() {
        return (settings.httpHost().indexOf(':') < 0 ? settings.httpHost() : "[" + settings.httpHost() + "]") + ":" + http.port();
    }

    private void warn() {
        if (!settings.sipAuth() && !GatewaySettings.isLoopback(settings.sipHost())) {
            LOG.warn("{} is off: whoever reaches {} can call", Setting.SIP_AUTH.key(), settings.sipHost());
        }
        if (settings.grpc().port() >= 0 && settings.grpc().keystore() == null && !GatewaySettings.isLoopback(settings.grpc().host())) {
            LOG.warn("{} is off: gRPC on {} is not encrypted, put a proxy with TLS in front of it", Setting.GRPC_TLS.key(), settings.grpc().host());
        }
        if (!GatewaySettings.isLoopback(settings.httpHost())) {
            LOG.warn("HTTP on {} is not encrypted: put a proxy with TLS in front of it", settings.httpHost());
        }
    }

    private void addServices(CamelContext context) {
        try {
            PlatformServer server = PlatformServer.on(http, settings.httpHost());
            context.getRegistry().bind("httpServer", server);
            context.addService(server);
            stream.install(context, http.router());
            statuses.install(http.router());
            Observability.install(context, meters, http.port());
            HealthCheckRegistry.get(context).register(readiness);
            if (settings.store().locks() != null) {
                FileLockClusterService locks = new FileLockClusterService();
                locks.setId("voice-gateway-" + ProcessHandle.current().pid());
                locks.setRoot(settings.store().locks().toString());
                locks.setAcquireLockInterval(LOCK_INTERVAL_SECONDS, TimeUnit.SECONDS);
                context.addService(locks);
            }
        } catch (Exception e) {
            throw new IllegalStateException("HTTP services could not be added", e);
        }
    }

    private void collectPorts(EngineBindings bound) {
        ports.put(Setting.SIP_HOST.key(), settings.sipHost());
        ports.put(Setting.SIP_PORT.key(), bound.sipPort());
        if (bound.tlsPort() > 0) {
            ports.put(Setting.SIP_TLS_PORT.key(), bound.tlsPort());
        }
        ports.put(Setting.RTP_PORTS.key(), bound.rtpPortMin() + "-" + bound.rtpPortMax());
        ports.put(Setting.HTTP_HOST.key(), settings.httpHost());
        ports.put(Setting.HTTP_PORT.key(), http.port());
        ports.put("pid", ProcessHandle.current().pid());
    }

    /** What {@code ports.json} says: settings by name with the values in use, and the process id. */
    public Map<String, Object> ports() {
        return Map.copyOf(ports);
    }

    public CamelContext context() {
        return camel.getCamelContext();
    }

    /** New calls get 503, live ones may go on until the drain time-out and are hung up then; after that all is closed. */
    public void drain() {
        readiness.drain();
        if (grpc != null) {
            grpc.drain();
        }
        VoiceComponent voice = context().getComponent("voice", VoiceComponent.class);
        VoiceEngine engine = voice.runningVoiceEngine();
        if (engine != null) {
            CompletableFuture<Void> drained = engine.drain(settings.drainTimeout()).toCompletableFuture();
            LOG.info("draining: {} live calls, at most {} s", engine.calls().count(), settings.drainTimeout().toSeconds());
            try {
                drained.get(settings.drainTimeout().plus(HANGUP_TIME).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("{} calls did not end in time", engine.calls().count());
            }
        }
        close();
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        try {
            if (!ports.isEmpty()) {
                data.delete(DataFolder.PORTS_FILE);
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", DataFolder.PORTS_FILE, e.getMessage());
        }
        if (metrics != null) {
            metrics.close();
        }
        if (grpc != null) {
            grpc.close();
        }
        if (stream != null) {
            stream.close();
        }
        if (statuses != null) {
            statuses.close();
        }
        camel.stop();
        if (database != null) {
            database.close();
        }
        http.close();
    }
}
