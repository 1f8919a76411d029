package io.github.camelvoice.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.ondewo.SipPlayWavFilesRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartCallRequest;
import io.github.camelvoice.session.StatusType;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are too large, too many, too slow or no requests at all. */
class GrpcBoundsTest {

    private static final int MANY = 200 * 1024 * 1024;

    @TempDir
    Path folder;
    private final List<AsyncCallback> playing = new CopyOnWriteArrayList<>();
    private GrpcBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new GrpcBench(folder, false);
        bench.routes.on("status", (exchange, callback) -> {
            exchange.getMessage().setBody(FakeSessions.status("a@b", 1, StatusType.READY));
            callback.done(false);
        });
        bench.routes.on("play", (exchange, callback) -> {
            exchange.getMessage().setBody(FakeSessions.status("a@b", 1, StatusType.MICROPHONE_WAV_FILES_PLAYED));
            playing.add(callback);
        });
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void isThere() {
        assertThat(bench.sip().sipGetSipStatus(Empty.getDefaultInstance()).getAccountName()).isEqualTo("a@b");
    }

    private static SipPlayWavFilesRequest files(int bytes) {
        return SipPlayWavFilesRequest.newBuilder().addWavFiles(ByteString.copyFrom(new byte[bytes])).build();
    }

    @Test
    void aListOf200MebibytesIsRefusedBeforeItIsHere() throws Exception {
        SipPlayWavFilesRequest huge = files(MANY);
        StatusRuntimeException refused = GrpcBench.failure(() -> bench.sip().sipPlayWavFiles(huge));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(playing).isEmpty();
        await().until(() -> bench.front.heldBytes() == 0 && bench.front.calls() == 0);
        isThere();
    }

    @Test
    void aRequestWithoutFilesIsSmall() throws Exception {
        SipStartCallRequest large = SipStartCallRequest.newBuilder().setCalleeId("a".repeat(500_000)).build();
        assertThat(GrpcBench.code(() -> bench.sip().sipStartCall(large))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        isThere();
    }

    @Test
    void listsTogetherHaveABoundAndLeaveTheirRoomBehind() throws Exception {
        List<Object> refused = new CopyOnWriteArrayList<>();
        List<Object> answered = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 12; i++) {
            var future = SipGrpc.newFutureStub(bench.channel).sipPlayWavFiles(files(900_000));
            future.addListener(() -> {
                try {
                    answered.add(future.get());
                } catch (Exception failed) {
                    refused.add(Status.fromThrowable(failed).getCode());
                }
            }, Runnable::run);
        }
        await().atMost(20, TimeUnit.SECONDS).until(() -> refused.size() + playing.size() == 12);
        assertThat(playing).as("4 MiB hold four of them").hasSizeBetween(2, 4);
        assertThat(refused).containsOnly(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(bench.front.heldBytes()).isBetween(1_800_000L, 4L * GrpcBench.MESSAGE);
        isThere();
        int before = playing.size();
        playing.forEach(each -> each.done(false));
        await().until(() -> answered.size() == before && bench.front.heldBytes() == 0);
        playing.clear();
        SipGrpc.newFutureStub(bench.channel).sipPlayWavFiles(files(900_000));
        await().until(() -> playing.size() == 1);
        playing.get(0).done(false);
    }

    @Test
    void whatIsCompressedIsNotUnpacked() throws Exception {
        assertThat(GrpcBench.code(() -> bench.sip().withCompression("gzip").sipPlayWavFiles(files(500_000)))).isEqualTo(Status.Code.UNIMPLEMENTED);
        isThere();
    }

    @Test
    void metadataHaveABound() throws Exception {
        assertThat(GrpcBench.code(() -> bench.sip("x-more", "a".repeat(20_000)).sipGetSipStatus(Empty.getDefaultInstance())))
                .isNotEqualTo(Status.Code.OK);
        isThere();
    }

    @Test
    void callsOfAConnectionHaveABound() throws Exception {
        bench.close();
        bench = new GrpcBench(folder, false, 4 * GrpcBench.MESSAGE, 3, false, null);
        List<AsyncCallback> open = new CopyOnWriteArrayList<>();
        bench.routes.on("status", (exchange, callback) -> {
            exchange.getMessage().setBody(FakeSessions.status("a@b", 1, StatusType.READY));
            open.add(callback);
        });
        for (int i = 0; i < 10; i++) {
            SipGrpc.newFutureStub(bench.channel).sipGetSipStatus(Empty.getDefaultInstance());
        }
        await().until(() -> open.size() == 3);
        assertThat(bench.front.calls()).isEqualTo(3);
        open.get(0).done(false);
        await().until(() -> open.size() == 4);
    }

    private Socket raw() throws Exception {
        Socket socket = new Socket("127.0.0.1", bench.front.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void preface(Socket socket) throws Exception {
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(socket, 4, 0, 0, new byte[0]);
    }

    private static void frame(Socket socket, int type, int flags, int stream, byte[] payload) throws Exception {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(new byte[] {(byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags});
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static boolean isClosed(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        int read = 0;
        while (read >= 0) {
            try {
                read = in.read(some);
            } catch (java.net.SocketException reset) {
                return true;
            }
        }
        return true;
    }

    @Test
    void strangersWhoAskNothingAreSentAway() throws Exception {
        List<Socket> quiet = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            quiet.add(raw());
        }
        Socket half = raw();
        half.getOutputStream().write("PRI * HT".getBytes(StandardCharsets.US_ASCII));
        Socket idle = raw();
        preface(idle);
        isThere();
        assertThat(bench.front.connections()).isEqualTo(33);
        for (Socket each : quiet) {
            assertThat(isClosed(each)).isTrue();
        }
        assertThat(isClosed(half)).isTrue();
        assertThat(isClosed(idle)).isTrue();
        await().until(() -> bench.front.connections() == 1);
        isThere();
    }

    @Test
    void aCrowdOfStrangersKeepsNobodyOut() throws Exception {
        isThere();
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < GrpcConfig.CONNECTIONS + 100; i++) {
            crowd.add(raw());
        }
        await().until(() -> bench.front.connections() == GrpcConfig.CONNECTIONS);
        isThere();
        ManagedChannel another = bench.plain();
        assertThat(SipGrpc.newBlockingStub(another).withDeadlineAfter(20, TimeUnit.SECONDS).sipGetSipStatus(Empty.getDefaultInstance())
                .getAccountName())
                .isEqualTo("a@b");
        another.shutdownNow();
        for (Socket each : crowd) {
            each.close();
        }
        await().until(() -> bench.front.connections() <= 1);
    }

    @Test
    void garbageEndsAConnectionAlone() throws Exception {
        for (byte[] bad : new byte[][] {"GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[1000], {22, 3, 1, 2, 0,
                1}}) {
            try (Socket socket = raw()) {
                socket.getOutputStream().write(bad);
                assertThat(isClosed(socket)).isTrue();
            }
        }
        try (Socket socket = raw()) {
            preface(socket);
            for (int i = 0; i < 2_000; i++) {
                try {
                    frame(socket, 6, 0, 0, new byte[8]);
                } catch (java.net.SocketException closed) {
                    break;
                }
            }
            assertThat(isClosed(socket)).as("too many pings").isTrue();
        }
        isThere();
    }

    /** Bytes that are no message of the method. */
    @Test
    void aBrokenMessageIsRefusedAlone() throws Exception {
        io.grpc.MethodDescriptor<byte[], byte[]> method = io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY).setFullMethodName("ondewo.sip.Sip/SipStartCall").setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes()).build();
        assertThat(GrpcBench.code(() -> io.grpc.stub.ClientCalls.blockingUnaryCall(bench.channel, method,
                io.grpc.CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), new byte[] {10, 127, 1})))
                        .isEqualTo(Status.Code.INVALID_ARGUMENT);
        isThere();
        await().until(() -> bench.front.calls() == 0);
    }

    private static final class Bytes implements io.grpc.MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new java.io.ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** A request that never comes to its end. */
    @Test
    void aRequestMayNotTakeForEver() {
        io.github.camelvoice.testkit.ManualTimers time = new io.github.camelvoice.testkit.ManualTimers();
        Streams streams = new Streams("s/Play", 1_000_000, 2_000_000, time);
        List<Status> ended = new ArrayList<>();
        Streams.Stream stream = (Streams.Stream) streams.newServerStreamTracer("s/Play", new Metadata());
        stream.watch(ended::add, true);
        stream.inboundWireSize(500_000);
        time.advance(java.time.Duration.ofSeconds(59));
        streams.look();
        assertThat(ended).isEmpty();
        time.advance(java.time.Duration.ofSeconds(2));
        streams.look();
        streams.look();
        assertThat(ended).extracting(Status::getCode).containsExactly(Status.Code.DEADLINE_EXCEEDED);
        stream.streamClosed(Status.CANCELLED);
        assertThat(streams.held()).isZero();
        assertThat(streams.open()).isZero();
    }
}
