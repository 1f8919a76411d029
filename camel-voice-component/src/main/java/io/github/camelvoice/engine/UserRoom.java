package io.github.camelvoice.engine;

import io.github.camelvoice.account.Registrar;
import io.github.camelvoice.account.UserListener;
import io.github.camelvoice.account.UserLocator;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.call.CallRegistry;
import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.SipSignalling;
import io.github.camelvoice.sip.register.RegisterServer;
import io.github.camelvoice.store.CallArchive;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Wires users of ours and where they are. REGISTER is taken from the moment on in which there is a first user. Thread-safe. */
final class UserRoom implements UserListener, AutoCloseable {

    private final Users users;
    private final boolean registers;
    private SipSignalling signalling;
    /** Null where users cannot register. */
    private Registrar registrar;
    private boolean open;

    UserRoom(EngineConfig config, CallArchive archive, EngineClock clock) {
        users = new Users(config.realm(), config.digestUsers(), config.userSource() == null ? archive.users() : config.userSource(), clock);
        registers = config.registrar() != null;
    }

    Users users() {
        return users;
    }

    /** @param advertised host and port that others know us by */
    void wire(EngineConfig config, SipSignalling sip, CallRegistry calls, Notifier notifier, OwnNames names, Supplier<String> advertised,
              EngineClock clock, Timers timers, Ids ids, Executor mailboxes) {
        if (!registers) {
            return;
        }
        signalling = sip;
        registrar = new Registrar(users, config.registrar(), clock, timers, ids, mailboxes);
        registrar.follow(new RegistrationState(notifier, user -> "sip:" + user + "@" + advertised.get()));
        calls.locating(new UserLocator(registrar, names));
    }

    /** @return null where users cannot register */
    Registrar registrar() {
        return registrar;
    }

    /** Before the ports are open. @throws EngineStartException if users are kept that can never authenticate */
    void load() throws EngineStartException {
        try {
            users.start();
        } catch (IllegalStateException otherRealm) {
            throw new EngineStartException(otherRealm.getMessage(), otherRealm);
        }
        openIfAny();
    }

    private void openIfAny() {
        if (registers && users.any()) {
            open();
        }
    }

    /** When the ports are open. */
    void start() {
        if (!registers) {
            return;
        }
        // Followed first: who comes meanwhile is told of twice, which does no harm.
        users.follow(this);
        registrar.begin();
        openIfAny();
    }

    private synchronized void open() {
        if (!open) {
            open = true;
            RegisterServer.open(signalling.env(), signalling.dispatcher(), registrar);
        }
    }

    @Override
    public void added(String user) {
        registrar.added(user);
        open();
    }

    @Override
    public void changed(String user) {
        registrar.changed(user);
    }

    @Override
    public void removed(String user) {
        registrar.removed(user);
    }

    @Override
    public void close() {
        users.close();
    }
}
