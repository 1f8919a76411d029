package io.github.camelvoice.voice;

import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The account that a consumer registers when it starts, and unregisters when it stops; with a session if the consumer wants one. Thread-safe. */
final class HeldAccount {

    private static final Logger LOG = LoggerFactory.getLogger(HeldAccount.class);
    private static final long WAIT_SECONDS = 5;

    private final VoiceComponent component;
    private final String claim;
    private final RegisterAccount account;
    /** Null for no session. */
    private final Integer autoAnswerInterval;
    private final AtomicBoolean sessionWanted;
    private volatile Sessions sessions;
    private volatile String trouble;

    /** @param autoAnswerInterval of the session, null for none */
    HeldAccount(VoiceComponent component, RegisterAccount account, Integer autoAnswerInterval) {
        this.component = component;
        this.account = account;
        this.claim = "account " + account.name().toLowerCase(Locale.ROOT);
        this.autoAnswerInterval = autoAnswerInterval;
        this.sessionWanted = new AtomicBoolean(autoAnswerInterval != null);
    }

    /** A server that does not answer now is tried again: only what is wrong in itself keeps the route from starting. */
    void start(Sessions with) throws Exception {
        if (!component.claim(claim)) {
            throw new IllegalArgumentException("two consumers of voice:session register " + account.name());
        }
        sessions = with;
        try {
            CompletableFuture<SessionStatus> first = with.register(account).toCompletableFuture();
            if (first.isCompletedExceptionally()) {
                first.get();
            }
            first.whenComplete(this::registered);
        } catch (ExecutionException failure) {
            component.release(claim);
            throw Failures.translate(failure.getCause()) instanceof Exception known ? known : failure;
        } catch (RuntimeException failure) {
            component.release(claim);
            throw failure;
        }
    }

    private void registered(SessionStatus status, Throwable failure) {
        if (failure != null) {
            trouble = Failures.translate(failure).getMessage();
            LOG.warn("account {} cannot be registered: {}", account.name(), trouble);
        } else if (status.type() == StatusType.REGISTERED) {
            startSession();
        }
    }

    void told(SessionStatus status) {
        if (status.type() == StatusType.REGISTERED) {
            startSession();
        }
    }

    /** Once: a session that somebody ended stays ended. */
    private void startSession() {
        if (!sessionWanted.compareAndSet(true, false)) {
            return;
        }
        sessions.start(account.name(), autoAnswerInterval).whenComplete((status, failure) -> {
            Throwable cause = failure == null ? null : Failures.callRoomCause(failure);
            if (cause == null) {
                sessionWanted.set(status.type() == StatusType.SESSION_REGISTRATION_FAILED);
                return;
            }
            if (cause instanceof SessionException expected && expected.kind() == SessionException.Kind.FAILED_PRECONDITION) {
                return;
            }
            sessionWanted.set(true);
            LOG.warn("account {}: its session cannot be started: {}", account.name(), cause.getMessage());
        });
    }

    String name() {
        return account.name();
    }

    /** Why it is not registered, null if it is. */
    String trouble() {
        if (trouble != null) {
            return account.name() + " cannot be registered: " + trouble;
        }
        Sessions of = sessions;
        return of == null ? null : of.get(account.name()).flatMap(SessionInfo::registration)
                .filter(info -> info.state() != RegistrationInfo.State.REGISTERED).map(HeldAccount::words).orElse(null);
    }

    /** {@code alice@example.com is not registered (refused): 403 Forbidden}. */
    static String words(RegistrationInfo info) {
        String state = info.name() + " is not registered (" + info.state().name().toLowerCase(Locale.ROOT) + ")";
        return info.code() == 0 ? state : state + ": " + info.code() + (info.phrase().isEmpty() ? "" : " " + info.phrase());
    }

    /** Waits a moment for the server. */
    void stop() {
        sessionWanted.set(false);
        try {
            sessions.unregister(account.name()).toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.info("account {} was not unregistered in time: {}", account.name(), failure.getMessage());
        } finally {
            component.release(claim);
        }
    }
}
