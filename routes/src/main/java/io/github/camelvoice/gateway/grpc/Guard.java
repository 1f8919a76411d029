package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.access.Permission;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.session.SessionStatusesGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Stands before every method: who may call it, how many at a time, and that whatever goes wrong ends the call alone. Never blocks. */
final class Guard implements ServerInterceptor {

    static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** Which SIP account a call is about. */
    static final Metadata.Key<String> ACCOUNT = Metadata.Key.of("x-voice-account", Metadata.ASCII_STRING_MARSHALLER);

    /** Answers anybody who gets here, as a probe of whatever runs the gateway must: it tells one bit. */
    private static final String OPEN = HealthGrpc.getCheckMethod().getFullMethodName();
    /** Any account may call what is not here. */
    private static final Map<String, Permission> PERMISSIONS = permissions();

    private final GrpcConfig config;
    private final Logins logins;
    private final Door door;
    private final Streams streams;

    Guard(GrpcConfig config, Logins logins, Door door, Streams streams) {
        this.config = config;
        this.logins = logins;
        this.door = door;
        this.streams = streams;
    }

    private static Map<String, Permission> permissions() {
        Map<String, Permission> all = new HashMap<>();
        SipGrpc.getServiceDescriptor().getMethods().forEach(each -> all.put(each.getFullMethodName(), Permission.SESSIONS_CALL));
        for (var each : new io.grpc.MethodDescriptor<?, ?>[] {SipGrpc.getSipRegisterAccountMethod(), SipGrpc.getSipStartSessionMethod(),
                SipGrpc.getSipEndSessionMethod()}) {
            all.put(each.getFullMethodName(), Permission.SESSIONS_UPDATE);
        }
        for (var each : new io.grpc.MethodDescriptor<?, ?>[] {SipGrpc.getSipGetSipStatusMethod(), SipGrpc.getSipGetSipStatusHistoryMethod(),
                SessionStatusesGrpc.getFollowStatusesMethod()}) {
            all.put(each.getFullMethodName(), Permission.SESSIONS_GET);
        }
        return Map.copyOf(all);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> transport, Metadata headers, ServerCallHandler<Q, A> next) {
        OneEnd<Q, A> call = new OneEnd<>(transport);
        String method = call.getMethodDescriptor().getFullMethodName();
        door.asked(call.getAttributes());
        try {
            if (streams.open() > GrpcConfig.CALLS) {
                throw GrpcErrors.later("TOO_MANY_CALLS", "too many calls are under way", 1);
            }
            Context context = Context.current().withValue(OneEnd.CURRENT, call);
            if (!method.equals(OPEN)) {
                context = context.withValue(Caller.CURRENT, caller(call, headers, method));
            }
            Streams.Stream stream = Streams.CURRENT.get();
            stream.watch(status -> call.close(status, new Metadata()), call.getMethodDescriptor().getType().clientSendsOneMessage());
            return new Calm<>(Contexts.interceptCall(context, call, headers, next), call, stream);
        } catch (StatusRuntimeException refused) {
            end(call, refused);
            return new ServerCall.Listener<>() {
            };
        }
    }

    private static void end(ServerCall<?, ?> call, StatusRuntimeException failure) {
        call.close(failure.getStatus(), failure.getTrailers() == null ? new Metadata() : failure.getTrailers());
    }

    private Caller caller(ServerCall<?, ?> call, Metadata headers, String method) {
        Account account = login(call, headers);
        door.known(call.getAttributes());
        Permission needed = PERMISSIONS.get(method);
        boolean proven = headers.containsKey(AUTHORIZATION);
        Caller caller = new Caller(account, proven, config.project(), "");
        if (needed != null && !caller.may(needed)) {
            throw GrpcErrors.of(Status.Code.PERMISSION_DENIED, "PERMISSION_DENIED",
                    "this account lacks " + needed + " on project " + config.project());
        }
        String named = only(headers, ACCOUNT, "x-voice-account is there more than once");
        return named == null ? caller : new Caller(account, proven, config.project(), Fields.account("x-voice-account", named));
    }

    private Account login(ServerCall<?, ?> call, Metadata headers) {
        String authorization = only(headers, AUTHORIZATION, "authorization is there more than once");
        if (authorization == null && config.operator() != null) {
            return Account.ofAll(config.operator());
        }
        Logins.Result login = logins.login(authorization, source(call));
        if (login.account() != null) {
            return login.account();
        }
        if (login.retryAfter() > 0) {
            throw GrpcErrors.later("TOO_MANY_FAILURES", "too many failed logins from this address", login.retryAfter());
        }
        throw GrpcErrors.of(Status.Code.UNAUTHENTICATED, authorization == null ? "CREDENTIALS_MISSING" : "CREDENTIALS_WRONG",
                "account and token needed, in the metadata authorization");
    }

    /** Null where there is none. */
    private static String only(Metadata headers, Metadata.Key<String> key, String problem) {
        Iterable<String> all = headers.getAll(key);
        if (all == null) {
            return null;
        }
        Iterator<String> each = all.iterator();
        String first = each.next();
        if (each.hasNext()) {
            throw GrpcErrors.of(Status.Code.INVALID_ARGUMENT, "BAD_METADATA", problem);
        }
        return first;
    }

    private static String source(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress() : null;
    }

    /** Ends the call where its method throws, and hears nothing more of one that was refused while it came in. */
    private static final class Calm<Q> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {

        private final OneEnd<Q, ?> call;
        private final Streams.Stream stream;

        private Calm(ServerCall.Listener<Q> listener, OneEnd<Q, ?> call, Streams.Stream stream) {
            super(listener);
            this.call = call;
            this.stream = stream;
        }

        @Override
        public void onMessage(Q message) {
            calmly(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            stream.arrived();
            calmly(super::onHalfClose);
        }

        @Override
        public void onReady() {
            calmly(super::onReady);
        }

        private void calmly(Runnable step) {
            if (call.isOver()) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException failure) {
                end(call, GrpcErrors.translate(failure, call.getMethodDescriptor().getFullMethodName(), "request"));
            }
        }
    }
}
