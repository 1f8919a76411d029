package io.github.camelvoice.account;

import io.github.camelvoice.account.UserException.Kind;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users of ours: those of the settings, which stay, and those of a source, which come and go. Knows their hashes and no password. What another node
 * has changed is known {@value #EVERY_SECONDS} s later; while the source is away, what was known goes on. Thread-safe; looking up never waits.
 */
public final class Users implements AutoCloseable {

    static final long EVERY_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,64}");
    private static final int MOST_PASSWORD = 256;
    private static final int MOST_NAMED = 5;

    private final String realm;
    private final Map<String, Ha1> settled;
    private final UserSource source;
    private final EngineClock clock;
    private final List<UserListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(Threads.named("users"));
    private volatile Map<String, Ha1> kept = Map.of();
    private volatile boolean any;
    /** Guarded by the lock of changes, as all below. */
    private final Object changes = new Object();
    private boolean loaded;
    private long version;
    private long loggedAt;

    /**
     * @param realm   of the hashes
     * @param settled users of the settings; they win where a name is in both
     * @param source  of the others, a {@link UserStore} where they can be changed
     */
    public Users(String realm, Map<String, Ha1> settled, UserSource source, EngineClock clock) {
        this.realm = realm;
        this.settled = Map.copyOf(settled);
        this.source = source;
        this.clock = clock;
        this.any = !settled.isEmpty();
        this.loggedAt = clock.nanos() - LOG_EVERY;
    }

    /**
     * Reads the source, and looks into it again and again. One that is away now is waited for.
     *
     * @throws IllegalStateException if it has users of another realm
     */
    public void start() {
        try {
            read(true);
        } catch (IOException away) {
            LOG.warn("users cannot be read: {}; those of the settings are known meanwhile", away.getMessage());
        }
        reader.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            read(false);
        } catch (IOException | RuntimeException away) {
            complain("users cannot be read, and stay as they were: {}", away.toString());
        }
    }

    private void complain(String message, Object... parts) {
        synchronized (changes) {
            if (clock.nanos() - loggedAt >= LOG_EVERY) {
                loggedAt = clock.nanos();
                LOG.warn(message, parts);
            }
        }
    }

    private void read(boolean first) throws IOException {
        synchronized (changes) {
            // Asked for before the users: what changes meanwhile is seen next time.
            long now = source.version();
            if (loaded && now == version) {
                return;
            }
            Map<String, Ha1> found = new HashMap<>();
            Set<String> foreign = new TreeSet<>();
            Set<String> realms = new TreeSet<>();
            for (StoredUser user : source.users()) {
                if (!user.realm().equals(realm)) {
                    foreign.add(user.name());
                    realms.add(user.realm());
                } else if (!settled.containsKey(user.name())) {
                    found.put(user.name(), user.ha1());
                } else {
                    LOG.warn("{} is a user of the settings: the one of this name that is kept beside them does not count", user.name());
                }
            }
            if (!foreign.isEmpty()) {
                String names = foreign.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + (foreign.size() > MOST_NAMED ? ", ..." : "");
                String what = foreign.size() + " users (" + names + ") were made for the realm " + String.join(", ", realms) + ", but realm (voice.sip.realm of "
                        + "the gateway) is " + realm + ": their hashes are of no use there. Set it back, or add these users anew, or remove them";
                if (first) {
                    throw new IllegalStateException(what);
                }
                LOG.error("{}", what);
            }
            version = now;
            loaded = true;
            take(found);
        }
    }

    private void take(Map<String, Ha1> found) {
        Map<String, Ha1> before = kept;
        kept = Map.copyOf(found);
        any |= !found.isEmpty();
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(found.keySet());
        for (String user : all) {
            Ha1 then = before.get(user);
            Ha1 now = found.get(user);
            if (then == null) {
                tell(user, "added", listener -> listener.added(user));
            } else if (now == null) {
                tell(user, "removed", listener -> listener.removed(user));
            } else if (!then.equals(now)) {
                tell(user, "changed", listener -> listener.changed(user));
            }
        }
    }

    private void tell(String user, String what, Consumer<UserListener> news) {
        LOG.debug("user {}: {}", user, what);
        for (UserListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) {
                LOG.error("{}: a listener of users failed", user, failure);
            }
        }
    }

    public void follow(UserListener listener) {
        listeners.add(listener);
    }

    public String realm() {
        return realm;
    }

    public boolean knows(String user) {
        return settled.containsKey(user) || kept.containsKey(user);
    }

    /** @return null if there is no such user */
    public Ha1 find(String user) {
        Ha1 found = settled.get(user);
        return found == null ? kept.get(user) : found;
    }

    /** Whether there is a user, or was one since the start. */
    public boolean any() {
        return any;
    }

    /** All names, in order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(settled.keySet());
        names.addAll(kept.keySet());
        return names;
    }

    /** Whether it is a user of the settings. */
    public boolean isSettled(String user) {
        return settled.containsKey(user);
    }

    /**
     * Adds a user, or gives it another password. Waits for the store.
     *
     * @return whether it is new
     * @throws IOException if it could not be written down
     */
    public boolean put(String name, String password) throws UserException, IOException {
        UserStore store = store(name);
        StoredUser user = of(name, realm, password);
        boolean isNew;
        synchronized (changes) {
            isNew = !kept.containsKey(name);
            if (isNew || !user.ha1().equals(kept.get(name))) {
                store.put(user);
                read(false);
            }
        }
        return isNew;
    }

    /** Its phones are unregistered. Waits for the store. */
    public void remove(String name) throws UserException, IOException {
        UserStore store = store(name);
        synchronized (changes) {
            if (!store.remove(name)) {
                throw new UserException(Kind.NOT_FOUND, "there is no user " + shown(name));
            }
            read(false);
        }
    }

    private UserStore store(String name) throws UserException {
        if (settled.containsKey(name)) {
            throw new UserException(Kind.ELSEWHERE, name + " is a user of the settings: change it there");
        }
        if (source instanceof UserStore store) {
            return store;
        }
        throw new UserException(Kind.ELSEWHERE, "users come from a source that cannot be changed here");
    }

    private static String shown(String name) {
        return NAME.matcher(name).matches() ? name : "of this name";
    }

    /**
     * A user as it is kept.
     *
     * @throws UserException if the name or the password cannot be one; the message does not show the password
     */
    public static StoredUser of(String name, String realm, String password) throws UserException {
        if (!NAME.matcher(name).matches()) {
            throw new UserException(Kind.INVALID, "the name of a user has 1 to 64 letters, digits and . _ + -");
        }
        if (password == null || password.isEmpty() || password.length() > MOST_PASSWORD || password.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new UserException(Kind.INVALID, "a password has 1 to " + MOST_PASSWORD + " characters, and no control characters");
        }
        return new StoredUser(name, realm, Ha1.of(name, realm, password));
    }

    /** Whoever reads is waited for. */
    @Override
    public void close() {
        reader.shutdown();
        try {
            if (!reader.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("users are still being read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
