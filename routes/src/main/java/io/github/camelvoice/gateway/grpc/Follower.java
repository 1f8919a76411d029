package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.grpc.session.FollowedStatus;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One caller that follows statuses. It hears them from the first moment on, reads the history then, and sends both as fast as the caller takes them;
 * of what the caller does not take so many wait, and not one more. Thread-safe.
 */
final class Follower implements AutoCloseable {

    /** Statuses that wait for the caller. */
    static final int WAITING = 1_000;
    private static final int HISTORY = 10_000;

    private final Sessions sessions;
    private final String account;
    private final Caller caller;
    private final ServerCallStreamObserver<FollowedStatus> call;
    private final Statuses statuses;
    private final Executor executor;
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final Deque<SessionStatus> past = new ArrayDeque<>();
    private final Deque<SessionStatus> live = new ArrayDeque<>();
    private final Set<String> mine = new HashSet<>();
    private Sessions.Following following;
    private boolean reading = true;
    private boolean over;
    private long last;

    /** @param account empty for all of the caller */
    Follower(Sessions sessions, String account, Caller caller, ServerCallStreamObserver<FollowedStatus> call, Statuses statuses, Executor executor) {
        this.sessions = sessions;
        this.account = account;
        this.caller = caller;
        this.call = call;
        this.statuses = statuses;
        this.executor = executor;
    }

    Caller caller() {
        return caller;
    }

    /** Waits for the store. @param after only statuses with a higher sequence; negative for none of the past */
    void begin(long after) {
        Sessions.Following heard = sessions.follow(account.isEmpty() ? null : account, this::told);
        synchronized (this) {
            following = heard;
            if (over) {
                heard.close();
                return;
            }
        }
        try {
            List<SessionStatus> history = account.isEmpty() || after < 0 ? List.of() : sessions.history(account, after, HISTORY);
            synchronized (this) {
                past.addAll(history);
                reading = false;
            }
            pump();
        } catch (IOException away) {
            fail(GrpcErrors.of(Status.Code.UNAVAILABLE, "HISTORY_AWAY", "the history cannot be read now"));
            close();
        }
    }

    /** On the mailbox of a session. */
    private void told(SessionStatus status) {
        if (status.sequence() == 0) {
            return;
        }
        boolean gone;
        synchronized (this) {
            if (over) {
                return;
            }
            gone = !isMine(status.account());
            if (gone && account.isEmpty()) {
                return;
            }
            if (!gone && live.size() < WAITING) {
                live.add(status);
                status = null;
            }
        }
        if (gone) {
            fail(GrpcErrors.of(Status.Code.NOT_FOUND, "SESSION_NOT_FOUND", "there is no account " + account));
        } else if (status != null) {
            fail(GrpcErrors.later("TOO_SLOW", WAITING + " statuses wait to be read", 1));
        } else if (pumping.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    pumping.set(false);
                    pump();
                });
            } catch (RejectedExecutionException stopping) {
                close();
            }
        }
    }

    /** The last statuses of an account that is being forgotten are still its owner's. */
    private boolean isMine(String name) {
        if (caller.mayAll()) {
            return true;
        }
        Optional<SessionInfo> info = sessions.get(name);
        boolean now = info.isPresent() ? info.get().owner().equals(caller.account().sid()) : name.equals(account) || mine.contains(name);
        if (info.isPresent() && now) {
            mine.add(name);
        } else {
            mine.remove(name);
        }
        return now;
    }

    /** Sends what waits, while the caller takes it. */
    void pump() {
        synchronized (this) {
            while (!over && !reading && call.isReady()) {
                SessionStatus next = past.isEmpty() ? live.poll() : past.poll();
                if (next == null) {
                    return;
                }
                if (account.isEmpty() || next.sequence() > last) {
                    last = next.sequence();
                    call.onNext(statuses.followed(next));
                }
            }
        }
    }

    void fail(StatusRuntimeException why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            call.onError(why);
        }
        close();
    }

    /** Hears nothing more, and holds nothing. */
    @Override
    public void close() {
        Sessions.Following heard;
        synchronized (this) {
            over = true;
            past.clear();
            live.clear();
            heard = following;
        }
        if (heard != null) {
            heard.close();
        }
    }
}
