package io.github.camelvoice.account;

import io.github.camelvoice.account.spi.RegisterAnswer;
import io.github.camelvoice.account.spi.RegisterHandler;
import io.github.camelvoice.account.spi.RegisterRequest;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where users of ours are (RFC 3261, section 10.3). Only who proved to be a user registers it, and only users of ours can be
 * registered; others get the same answer whether the user exists or not. Bindings live in memory: after a restart phones register again.
 * Thread-safe.
 */
public final class Registrar implements RegisterHandler, UserListener {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Users users;
    private final RegistrarOptions options;
    private final EngineClock clock;
    private final Timers timers;
    private final Ids ids;
    private final Mailbox mailbox;
    /** On the mailbox. */
    private final Map<String, UserBindings> registered = new HashMap<>();
    /** On the mailbox. */
    private final Map<String, Timers.Timer> ends = new HashMap<>();
    /** What others read: the bindings of each user that has some. */
    private final Map<String, List<Binding>> shown = new ConcurrentHashMap<>();
    /** On the mailbox. */
    private long refusalLogged;
    private final List<RegistrationListener> listeners = new CopyOnWriteArrayList<>();

    /** @param users who may be registered */
    public Registrar(Users users, RegistrarOptions options, EngineClock clock, Timers timers, Ids ids, Executor pool) {
        this.users = users;
        this.options = options;
        this.clock = clock;
        this.timers = timers;
        this.ids = ids;
        this.refusalLogged = clock.nanos() - LOG_EVERY;
        this.mailbox = new Mailbox(pool, "registrar");
        this.mailbox.release(() -> { });
    }

    public void follow(RegistrationListener listener) {
        listeners.add(listener);
    }

    /** Where the user is, the preferred contact first; empty if nowhere. */
    public List<Binding> find(String user) {
        return shown.getOrDefault(user, List.of());
    }

    /** All bindings, by user. */
    public Map<String, List<Binding>> all() {
        return Map.copyOf(shown);
    }

    /** Whether this is a user of ours, registered or not. */
    public boolean knows(String user) {
        return users.knows(user);
    }

    @Override
    public void registering(RegisterRequest request) {
        mailbox.execute(() -> request.answer(register(request)));
    }

    private RegisterAnswer register(RegisterRequest request) {
        String user = request.user();
        String asking = request.authenticatedUser();
        if (!users.knows(user) || !asking.isEmpty() && !asking.equals(user)) {
            long now = clock.nanos();
            if (now - refusalLogged >= LOG_EVERY) {
                refusalLogged = now;
                LOG.warn("[{}] {} may not register {} (others are not logged for a minute)", request.callId(),
                        asking.isEmpty() ? request.source() : asking, user);
            }
            return new RegisterAnswer.Refused(403, null, 0);
        }
        UserBindings bindings = registered.computeIfAbsent(user, u -> new UserBindings(options, ids::token));
        long now = clock.nanos();
        List<BindingChange> changes = new ArrayList<>(bindings.expire(now));
        try {
            changes.addAll(bindings.register(request, clock.now(), now));
        } catch (UserBindings.Refusal refusal) {
            return new RegisterAnswer.Refused(refusal.code, refusal.phrase, refusal.minExpires);
        } finally {
            settle(user, bindings, changes);
        }
        return new RegisterAnswer.Registered(bindings.all().stream()
                .map(b -> new RegisterAnswer.Bound(b.contact(), b.left(now), b.quality(), b.instance())).toList());
    }

    private void settle(String user, UserBindings bindings, List<BindingChange> changes) {
        Timers.Timer timer = ends.remove(user);
        if (timer != null) {
            timer.cancel();
        }
        if (bindings.isEmpty()) {
            registered.remove(user);
            shown.remove(user);
        } else {
            shown.put(user, bindings.all());
            ends.put(user, timers.schedule(bindings.nextEnd(clock.nanos()), TimeUnit.NANOSECONDS, mailbox, () -> expire(user)));
        }
        if (!changes.isEmpty()) {
            tell(user, bindings.all(), changes);
        }
    }

    private void tell(String user, List<Binding> bindings, List<BindingChange> changes) {
        for (BindingChange change : changes) {
            if (change.event() != BindingChange.Event.REFRESHED) {
                LOG.info("[{}] {} {} at {} ({} s)", change.binding().callId(), user, change.event().name().toLowerCase(java.util.Locale.ROOT),
                        UriPasswords.hide(change.binding().contact()), change.binding().expires());
            }
        }
        tell(user, listener -> listener.changed(user, bindings, changes));
    }

    private void tell(String user, Consumer<RegistrationListener> news) {
        for (RegistrationListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) {
                LOG.error("{}: a listener of registrations failed", user, failure);
            }
        }
    }

    /** Nothing is known of where it is. */
    @Override
    public void added(String user) {
        LOG.info("{} may register here", user);
        mailbox.execute(() -> known(user));
    }

    /** Tells followers who there is. */
    public void begin() {
        mailbox.execute(() -> users.names().forEach(this::known));
    }

    private void known(String user) {
        if (!registered.containsKey(user)) {
            tell(user, listener -> listener.known(user));
        }
    }

    /** Whoever registered with the password of before is not called any more. */
    @Override
    public void changed(String user) {
        LOG.info("{} has another password: its phones have to register again", user);
        mailbox.execute(() -> drop(user));
    }

    @Override
    public void removed(String user) {
        LOG.info("{} may not register here any more", user);
        mailbox.execute(() -> {
            if (registered.containsKey(user)) {
                drop(user);
            } else {
                tell(user, listener -> listener.forgotten(user));
            }
        });
    }

    private void drop(String user) {
        UserBindings bindings = registered.get(user);
        if (bindings != null) {
            settle(user, bindings, bindings.drop());
        }
    }

    private void expire(String user) {
        UserBindings bindings = registered.get(user);
        if (bindings != null) {
            settle(user, bindings, bindings.expire(clock.nanos()));
        }
    }
}
