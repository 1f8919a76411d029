package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.grpc.session.FollowStatusesRequest;
import io.github.camelvoice.gateway.grpc.session.FollowedStatus;
import io.github.camelvoice.gateway.grpc.session.SessionStatusesGrpc;
import io.github.camelvoice.session.Sessions;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code camelvoice.session.v1.SessionStatuses}: the history of an account, and its statuses as they come to be. */
final class FollowService extends SessionStatusesGrpc.SessionStatusesImplBase implements AutoCloseable {

    private final Supplier<Sessions> sessions;
    private final Statuses statuses;
    private final Predicate<Account> welcome;
    private final Executor executor;
    private final int most;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param welcome whether an account is still what it was. @param executor on which statuses are sent, and the store is waited for */
    FollowService(Supplier<Sessions> sessions, Statuses statuses, Predicate<Account> welcome, Executor executor, int most) {
        this.sessions = sessions;
        this.statuses = statuses;
        this.welcome = welcome;
        this.executor = executor;
        this.most = most;
    }

    @Override
    public void followStatuses(FollowStatusesRequest request, StreamObserver<FollowedStatus> observer) {
        Caller caller = Caller.CURRENT.get();
        String account = account(request, caller);
        if (closed) {
            throw GrpcErrors.of(Status.Code.UNAVAILABLE, "NOT_RUNNING", "the gateway is stopping");
        }
        if (followers.size() >= most) {
            throw GrpcErrors.later("TOO_MANY_FOLLOWERS", "too many follow statuses already", 10);
        }
        ServerCallStreamObserver<FollowedStatus> call = (ServerCallStreamObserver<FollowedStatus>) observer;
        Follower follower = new Follower(sessions.get(), account, caller, call, statuses, executor);
        followers.add(follower);
        call.setOnCancelHandler(() -> remove(follower));
        call.setOnCloseHandler(() -> remove(follower));
        call.setOnReadyHandler(follower::pump);
        OneEnd.CURRENT.get().open();
        follower.begin(request.getAfterSequence());
        if (closed || call.isCancelled()) {
            remove(follower);
        }
    }

    private String account(FollowStatusesRequest request, Caller caller) {
        String account = request.getAccount().isEmpty() ? caller.named() : Fields.account("account", request.getAccount());
        if (account.isEmpty()) {
            if (request.getAfterSequence() > 0) {
                throw GrpcErrors.badField("after_sequence", "is that of one account, and none is named");
            }
            return "";
        }
        Optional<String> owner = sessions.get().get(account).map(each -> each.owner());
        if (owner.isEmpty() || !caller.mayAll() && !owner.get().equals(caller.account().sid())) {
            throw GrpcErrors.of(Status.Code.NOT_FOUND, "SESSION_NOT_FOUND", "there is no account " + account);
        }
        return account;
    }

    private void remove(Follower follower) {
        follower.close();
        followers.remove(follower);
    }

    /** Sends those away whose API account is gone or was changed. To be called every few seconds. */
    void look() {
        for (Follower follower : followers) {
            if (follower.caller().proven() && !welcome.test(follower.caller().account())) {
                follower.fail(GrpcErrors.of(Status.Code.UNAUTHENTICATED, "CREDENTIALS_WRONG", "the account was taken away or changed"));
                remove(follower);
            }
        }
    }

    int followers() {
        return followers.size();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
        for (Follower follower : followers) {
            follower.fail(GrpcErrors.of(Status.Code.UNAVAILABLE, "NOT_RUNNING", "the gateway is stopping"));
            remove(follower);
        }
    }
}
