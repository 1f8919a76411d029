package io.github.camelvoice.registration;

import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.runtime.Pacer;
import io.github.camelvoice.runtime.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps accounts registered, one {@link LiveRegistration} each. Thread-safe. */
public final class LiveRegistrations implements Registrations, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRegistrations.class);

    private final RegistrationServices services;
    private final RegistrationSettings settings;
    private final Pacer pacer;
    private final Pauses pauses;
    private final Counters counters = new Counters();
    private final RegistrationLog log;
    private final Map<String, LiveRegistration> byName = new ConcurrentHashMap<>();
    private final Map<String, LiveRegistration> byToken = new ConcurrentHashMap<>();
    private final List<Listener> followers = new CopyOnWriteArrayList<>();
    private boolean closed;

    public LiveRegistrations(RegistrationServices services, RegistrationSettings settings) {
        this.services = services;
        this.settings = settings;
        pacer = new Pacer(settings.perSecond(), settings.burst(), services.clock());
        pauses = new Pauses(settings.firstPause(), settings.longestPause(), settings.slowPause());
        log = new RegistrationLog(services.clock());
    }

    @Override
    public CompletionStage<RegistrationInfo> register(Account account) {
        RegisterSpec spec = AccountSpecs.of(account, settings);
        CompletableFuture<RegistrationInfo> result = new CompletableFuture<>();
        LiveRegistration former;
        LiveRegistration fresh;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("shutting down");
            }
            former = byName.get(account.name());
            if (former != null && !former.isEnding() && former.account().equals(account)) {
                former.want(result, true);
                return result;
            }
            LiveRegistration other = byToken.get(account.token());
            if (other != null && !other.account().name().equals(account.name())) {
                throw new IllegalArgumentException("token is that of another account");
            }
            fresh = new LiveRegistration(this, account, spec);
            byName.put(account.name(), fresh);
            byToken.put(account.token(), fresh);
        }
        fresh.want(result, false);
        if (former == null) {
            fresh.begin();
        } else {
            // What the former one bound is ended first: the end of it would else end what the new one binds.
            former.end(true);
            former.gone().thenRun(fresh::begin);
        }
        return result;
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        LiveRegistration known = byName.get(name);
        if (known == null) {
            return CompletableFuture.completedFuture(null);
        }
        known.end(false);
        return known.gone().copy();
    }

    @Override
    public Optional<RegistrationInfo> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(LiveRegistration::info);
    }

    @Override
    public List<RegistrationInfo> list() {
        return byName.values().stream().map(LiveRegistration::info).sorted(Comparator.comparing(RegistrationInfo::name)).toList();
    }

    @Override
    public Optional<Account> called(String token) {
        return Optional.ofNullable(byToken.get(token)).map(LiveRegistration::account);
    }

    @Override
    public Following follow(Listener listener) {
        followers.add(listener);
        return () -> followers.remove(listener);
    }

    public RegistrationFigures figures() {
        return counters.figures();
    }

    /**
     * Unregisters what is registered, spread over the first half of {@code limit}, and forgets the rest; nobody is told. Nothing is registered after
     * that.
     *
     * @return done when all are gone, or {@code limit} is over
     */
    public CompletionStage<Void> drain(Duration limit) {
        List<LiveRegistration> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(byName.values());
        }
        List<LiveRegistration> bound = new ArrayList<>();
        for (LiveRegistration each : all) {
            State state = each.info().state();
            if (state == State.REGISTERED || state == State.UNREGISTERING) {
                bound.add(each);
            } else {
                each.close();
            }
        }
        if (bound.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.info("unregistering {} accounts: shutting down", bound.size());
        long step = limit.toNanos() / 2 / bound.size();
        for (int i = 0; i < bound.size(); i++) {
            LiveRegistration each = bound.get(i);
            services.timers().schedule(step * i, TimeUnit.NANOSECONDS, Runnable::run, () -> each.end(true));
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(bound.stream().map(LiveRegistration::gone).toArray(CompletableFuture[]::new));
        services.timers().schedule(limit.toNanos(), TimeUnit.NANOSECONDS, Runnable::run, () -> done.complete(null));
        return done;
    }

    /** Forgets all without a word to the wire. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        byName.values().forEach(LiveRegistration::close);
    }

    // ---- for its registrations

    RegistrationServices services() {
        return services;
    }

    RegistrationSettings settings() {
        return settings;
    }

    Pacer pacer() {
        return pacer;
    }

    Pauses pauses() {
        return pauses;
    }

    Counters counters() {
        return counters;
    }

    RegistrationLog log() {
        return log;
    }

    void over(LiveRegistration gone) {
        synchronized (this) {
            byName.remove(gone.account().name(), gone);
            byToken.remove(gone.account().token(), gone);
        }
        counters.left(State.GONE);
    }

    void tell(RegistrationInfo info) {
        for (Listener follower : followers) {
            try {
                follower.changed(info);
            } catch (RuntimeException failure) {
                LOG.error("[{}] somebody who follows registrations failed", info.name(), failure);
            }
        }
    }
}
