package io.github.camelvoice.gateway.grpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.gateway.access.Accounts;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.session.SessionStatusesGrpc;
import io.github.camelvoice.runtime.EngineClock;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The gRPC port over routes and sessions that a test makes up, and a client of it. */
final class GrpcBench implements AutoCloseable {

    static final String TOKEN = "test-token-of-some-length";
    static final int MESSAGE = 1024 * 1024;
    final FakeRoutes routes = new FakeRoutes();
    final FakeSessions sessions = new FakeSessions();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final Accounts accounts;
    final GrpcFront front;
    final ManagedChannel channel;
    private final Path folder;

    GrpcBench(Path folder, boolean auth) throws Exception {
        this(folder, auth, 4 * MESSAGE, 100, false, null);
    }

    GrpcBench(Path folder, boolean auth, long heldBytes, int streams, boolean tracebacks, SSLContextParameters tls) throws Exception {
        this.folder = folder;
        accounts = Accounts.withSetting(folder, "voice", TOKEN, EngineClock.SYSTEM);
        front = GrpcFront.start(new GrpcConfig("127.0.0.1", 0, tls, auth ? null : "voice", "default", MESSAGE, heldBytes, streams, tracebacks),
                new GrpcFront.House(routes.camel, () -> sessions.sessions, new Logins(accounts, EngineClock.SYSTEM), accounts::isCurrent, ready::get,
                        EngineClock.SYSTEM));
        channel = plain();
    }

    ManagedChannel plain() {
        return NettyChannelBuilder.forAddress("127.0.0.1", front.port()).usePlaintext().build();
    }

    /** @return its token */
    String account(String name, String project, String... permissions) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("add", name, "--project", project));
        for (String permission : permissions) {
            arguments.addAll(List.of("--permission", permission));
        }
        new AccountCommand(folder, new PrintStream(out), EngineClock.SYSTEM).run(arguments);
        accounts.refresh();
        return out.toString().strip();
    }

    SipGrpc.SipBlockingStub sip(String... metadata) {
        return with(SipGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS), metadata);
    }

    SessionStatusesGrpc.SessionStatusesStub statuses(String... metadata) {
        return with(SessionStatusesGrpc.newStub(channel), metadata);
    }

    /** @param metadata names and values by turns */
    static <S extends AbstractStub<S>> S with(S stub, String... metadata) {
        Metadata headers = new Metadata();
        for (int i = 0; i < metadata.length; i += 2) {
            headers.put(Metadata.Key.of(metadata[i], Metadata.ASCII_STRING_MARSHALLER), metadata[i + 1]);
        }
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static String basic(String sid, String token) {
        return "Basic " + Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    @FunctionalInterface
    interface Call {
        void go() throws Exception;
    }

    /** What a call fails with. */
    static StatusRuntimeException failure(Call call) throws Exception {
        try {
            call.go();
        } catch (StatusRuntimeException failed) {
            return failed;
        }
        throw new AssertionError("the call was answered");
    }

    static Status.Code code(Call call) throws Exception {
        return failure(call).getStatus().getCode();
    }

    static String reason(StatusRuntimeException failure) throws Exception {
        for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                return detail.unpack(ErrorInfo.class).getReason();
            }
        }
        return null;
    }

    /** The field of BadRequest, null without. */
    static String field(StatusRuntimeException failure) throws Exception {
        for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                return detail.unpack(BadRequest.class).getFieldViolations(0).getField();
            }
        }
        return null;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        front.close();
        routes.close();
    }
}
