package io.github.camelvoice.voice;

import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.Ownership;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phone calls as exchanges. A component has one engine, with its own ports; it is started by the first endpoint that starts, so that
 * a component which nobody uses opens nothing, and stopped with the component, after live calls had {@code drainTimeout} to end.
 */
@Component("voice")
public class VoiceComponent extends VoiceEngineOptions implements SSLContextParametersAware, HeaderFilterStrategyAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceComponent.class);
    /** What draining may take beyond its limit: the answers to the last BYEs. */
    private static final long HANGUP_MILLIS = 5_000;

    @Metadata(description = "Options of the endpoints, as defaults for all of them.")
    private VoiceConfiguration configuration = new VoiceConfiguration();
    @Metadata(label = "security", description = "Certificates and trust of TLS; needed to listen on tlsPort.")
    private SSLContextParameters sslContextParameters;
    @Metadata(label = "security", defaultValue = "false", description = "Whether the global sslContextParameters of the CamelContext are used "
            + "where the component has none.")
    private boolean useGlobalSslContextParameters;
    @Metadata(label = "filter", description = "Which SIP headers become message headers and back; without it, all but those whose names begin with Camel.")
    private HeaderFilterStrategy headerFilterStrategy = new VoiceHeaderFilterStrategy();

    @Metadata(label = "advanced", autowired = true, description = "An engine of the application's own, started and stopped by it. The options "
            + "of the component that make up an engine are then without effect.")
    private VoiceEngine engine;

    private EngineFactory engineFactory = VoiceComponent::create;
    private EngineClock clock = EngineClock.SYSTEM;
    private volatile EngineLink running;
    private volatile ArchiveReader archiveReader;
    private final TapRoutes tapRoutes = new TapRoutes();
    private final TransferWishes transferWishes = new TransferWishes();
    private final ClusterWatching cluster = new ClusterWatching(this);
    private Ownership ownership = Ownership.ALL;
    private final WatcherWishes watcherWishes = new WatcherWishes();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private CompletionStage<Void> draining;
    private volatile ExecutorService continuations;
    private VoiceEngineHealthCheck healthCheck;
    private VoiceAccountsHealthCheck accountsCheck;

    /** Makes the engine; tests have their own. */
    @FunctionalInterface
    interface EngineFactory {
        EngineLink create(VoiceComponent component) throws Exception;
    }

    private static EngineLink create(VoiceComponent component) throws Exception {
        if (component.engine != null) {
            return new RoomEngine(component.engine, false);
        }
        component.ownership = component.cluster.prepare();
        EngineConfig config = EngineSettings.config(component);
        CallArchive archive = Archives.of(component);
        try {
            return new RoomEngine(new VoiceEngine(config, archive), true);
        } catch (IllegalArgumentException wrong) {
            archive.close();
            throw wrong;
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String path = remaining == null ? "" : remaining;
        int colon = path.indexOf(':');
        String resource = colon < 0 ? path : path.substring(0, colon);
        String target = colon < 0 ? null : Arguments.blankToNull(path.substring(colon + 1));
        VoiceEndpoint endpoint = new VoiceEndpoint(uri, this, VoiceResource.of(resource), configuration.copy());
        endpoint.given(OptionRules.read(target, parameters));
        endpoint.setTarget(target);
        endpoint.setHeaderFilterStrategy(headerFilterStrategy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The engine, started if it is not yet. @throws Exception that says which port or setting is wrong */
    EngineLink startedEngine() throws Exception {
        EngineLink there = running;
        if (there != null) {
            return there;
        }
        lock.lock();
        try {
            if (running == null) {
                EngineLink made = engineFactory.create(this);
                made.start();
                if (engine == null) {
                    Archives.announce(this);
                }
                archiveReader = reader(made.archive());
                running = made;
                if (engine == null && made instanceof RoomEngine room) {
                    cluster.start(room.voiceEngine());
                }
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    private ArchiveReader reader(CallArchive archive) {
        ThreadPoolProfile profile = new ThreadPoolProfile("VoiceArchive");
        profile.setPoolSize(ArchiveReader.THREADS);
        profile.setMaxPoolSize(ArchiveReader.THREADS);
        profile.setMaxQueueSize(ArchiveReader.QUEUE);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return new ArchiveReader(archive, getCamelContext().getExecutorServiceManager().newThreadPool(this, profile.getId(), profile));
    }

    /** What is kept of calls; null before the engine runs. */
    ArchiveReader archiveReader() {
        return archiveReader;
    }

    TapRoutes tapRoutes() {
        return tapRoutes;
    }

    /** Which subscriptions this node watches. */
    Ownership ownership() {
        return ownership;
    }

    TransferWishes transferWishes() {
        return transferWishes;
    }

    WatcherWishes watcherWishes() {
        return watcherWishes;
    }

    /** For what one consumer has alone: a subscription, an account. @return false if another one has it already */
    boolean claim(String what) {
        return claimed.add(what);
    }

    void release(String what) {
        claimed.remove(what);
    }

    /** Whether what is kept ends with the process. */
    boolean isForgetful() {
        return engine == null && getStore().equals("memory");
    }

    /** Whether there is nothing to read, now and ever. */
    boolean isBlank() {
        return isForgetful() && !isCapture();
    }

    /** The engine if it runs, else null. */
    EngineLink runningEngine() {
        return running;
    }

    /** The engine that runs, the component's own or the application's; null before the first endpoint started and after the component stopped. */
    public VoiceEngine runningVoiceEngine() {
        return runningEngine() instanceof RoomEngine room ? room.voiceEngine() : null;
    }

    /** Goes on with an exchange that waited for a call: never on the mailbox of a call, unless the component has stopped. */
    void goOn(Runnable task) {
        try {
            continuations.execute(task);
        } catch (RejectedExecutionException stopped) {
            task.run();
        }
    }

    EngineClock clock() {
        return clock;
    }

    void setClock(EngineClock value) {
        clock = value;
    }

    void setEngineFactory(EngineFactory value) {
        engineFactory = value;
    }

    @Override
    protected void doStart() throws Exception {
        if (getRouteThreads() < 1) {
            throw new IllegalArgumentException("routeThreads must be 1 or more: " + getRouteThreads());
        }
        continuations = getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceContinuation", getRouteThreads());
        super.doStart();
        healthCheck = VoiceEngineHealthCheck.register(this);
        accountsCheck = VoiceAccountsHealthCheck.register(this);
    }

    @Override
    protected void doStop() throws Exception {
        EngineLink last = runningEngine();
        if (last != null) {
            awaitDrained(last);
            closeReader();
            last.stop();
            cluster.stop();
            running = null;
            draining = null;
        }
        VoiceEngineHealthCheck.unregister(this, healthCheck);
        healthCheck = null;
        VoiceAccountsHealthCheck.unregister(this, accountsCheck);
        accountsCheck = null;
        super.doStop();
        if (continuations != null) {
            getCamelContext().getExecutorServiceManager().shutdown(continuations);
        }
    }

    /** Reads that run have their answer; the store is closed with the engine. */
    private void closeReader() {
        ArchiveReader reader = archiveReader;
        archiveReader = null;
        if (reader != null) {
            getCamelContext().getExecutorServiceManager().shutdownGraceful(reader.threads(), HANGUP_MILLIS);
        }
    }

    /**
     * When the context stops, the draining begins while its routes still run: they see how the last calls end. A route that is stopped
     * alone drains nothing.
     */
    void drainIfContextStops() {
        EngineLink last = runningEngine();
        if (last != null && getCamelContext().isStopping()) {
            drained(last);
        }
    }

    private CompletionStage<Void> drained(EngineLink last) {
        lock.lock();
        try {
            if (draining == null) {
                draining = last.drain(Duration.ofMillis(getDrainTimeout()));
            }
            return draining;
        } finally {
            lock.unlock();
        }
    }

    private void awaitDrained(EngineLink last) {
        try {
            drained(last).toCompletableFuture().get(getDrainTimeout() + HANGUP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("calls did not end in time: {}", late.toString());
        }
    }

    public VoiceEngine getEngine() {
        return engine;
    }

    public void setEngine(VoiceEngine value) {
        engine = value;
    }

    public VoiceConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(VoiceConfiguration value) {
        configuration = value;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters value) {
        sslContextParameters = value;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean value) {
        useGlobalSslContextParameters = value;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy value) {
        headerFilterStrategy = value;
    }
}
