package io.github.camelvoice.voice;

import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.dial.Dials;
import io.github.camelvoice.document.Documents;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.outbound.HttpCaller;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.tap.Taps;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The real engine: the component's own, or one that an application brought and looks after itself. */
final class RoomEngine implements EngineLink {

    private final VoiceEngine engine;
    private final boolean ours;

    RoomEngine(VoiceEngine engine, boolean ours) {
        this.engine = engine;
        this.ours = ours;
    }

    VoiceEngine voiceEngine() {
        return engine;
    }

    @Override
    public void start() throws Exception {
        if (ours) {
            engine.start();
        }
    }

    @Override
    public Calls calls() {
        return engine.calls();
    }

    @Override
    public EventBus events() {
        return engine.events();
    }

    @Override
    public Dials dials() {
        return engine.dials();
    }

    @Override
    public Taps taps() {
        return engine.taps();
    }

    @Override
    public CallArchive archive() {
        return engine.archive();
    }

    @Override
    public Dispatcher callbacks() {
        return engine.callbacks();
    }

    @Override
    public Subscriptions subscriptions() {
        return engine.subscriptions();
    }

    @Override
    public Sessions sessions() {
        return engine.sessions();
    }

    @Override
    public Notifier notifier() {
        return engine.notifier();
    }

    @Override
    public boolean isUser(String name) {
        return engine.registrar().map(registrar -> registrar.knows(name)).orElse(false);
    }

    @Override
    public TargetPolicy targetPolicy() {
        return engine.outbound().policy();
    }

    @Override
    public HttpCaller http() {
        return engine.outbound().http();
    }

    @Override
    public Documents documents() {
        return engine.documents();
    }

    @Override
    public String project() {
        return engine.config().project();
    }

    @Override
    public String account() {
        return engine.config().account();
    }

    @Override
    public String advertisedAddress() {
        return engine.bindings().advertised();
    }

    @Override
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("udp", engine.bindings().sipPort());
        ports.put("tcp", engine.bindings().sipPort());
        if (engine.bindings().tlsPort() > 0) {
            ports.put("tls", engine.bindings().tlsPort());
        }
        return ports;
    }

    /** Calls of an engine that is not ours go on. */
    @Override
    public CompletionStage<Void> drain(Duration limit) {
        return ours ? engine.drain(limit) : CompletableFuture.completedFuture(null);
    }

    @Override
    public void stop() {
        if (ours) {
            engine.stop();
        }
    }
}
