package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.ondewo.SipRegisterAccountRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartSessionRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus.StatusType;
import io.github.camelvoice.testkit.RawSip;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC of a gateway that runs: its start and its mistakes, clients that know nothing, and what the engine makes of bad requests. */
class GrpcGatewayTest {

    @TempDir
    Path folder;
    private Running running;
    private ManagedChannel channel;

    private void start(Map<String, String> more) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("voice.grpc.port", "0"));
        all.putAll(more);
        running = Running.start(folder, all);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", (int) running.gateway.ports().get("voice.grpc.port")).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            channel.shutdownNow();
            running.close();
        }
    }

    private SipGrpc.SipBlockingStub sip() {
        return SipGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
    }

    private static Status.Code code(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException failed) {
            return failed.getStatus().getCode();
        }
        return Status.Code.OK;
    }

    @ParameterizedTest
    @CsvSource({"voice.grpc.host=0.0.0.0,voice.grpc.tls", "voice.grpc.host=0.0.0.0 voice.grpc.tls=off voice.grpc.auth=off,voice.grpc.auth",
        "voice.grpc.tls=on,voice.grpc.tls.keystore", "voice.grpc.tls.keystore.password=x,voice.grpc.tls.keystore"})
    void beyondLoopbackItIsSafeOrDoesNotStart(String settings, String named) {
        Map<String, String> properties = new HashMap<>(Map.of("voice.grpc.port", "0"));
        for (String each : settings.split(" ")) {
            properties.put(each.split("=")[0], each.split("=")[1]);
        }
        assertThatThrownBy(() -> GatewaySettings.read(properties, Map.of())).isInstanceOf(SettingException.class).hasMessageContaining(named);
    }

    @Test
    void aPortInUseEndsTheStartWithALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Running.start(folder, Map.of("voice.grpc.port", Integer.toString(taken.getLocalPort()))))
                    .isInstanceOf(SettingException.class).hasMessage("voice.grpc.port " + taken.getLocalPort() + " is in use on 127.0.0.1");
        }
    }

    @Test
    void withoutThePortThereIsNone() throws Exception {
        running = Running.start(folder, Map.of());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", 1).usePlaintext().build();
        assertThat(running.gateway.ports()).doesNotContainKey("voice.grpc.port");
    }

    /** Who has no proto file learns all of it from the server, and calls by that. */
    @Test
    void aGenericClientLivesFromReflection() throws Exception {
        start(Map.of());
        BlockingQueue<ServerReflectionResponse> told = new LinkedBlockingQueue<>();
        StreamObserver<ServerReflectionRequest> ask = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse answer) {
                told.add(answer);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onCompleted() {
                told.add(ServerReflectionResponse.getDefaultInstance());
            }
        });
        ask.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol("ondewo.sip.Sip").build());
        Map<String, FileDescriptorProto> files = new HashMap<>();
        for (var bytes : told.poll(20, TimeUnit.SECONDS).getFileDescriptorResponse().getFileDescriptorProtoList()) {
            FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
            files.put(file.getName(), file);
        }
        ask.onCompleted();
        MethodDescriptor method = built(files, "ondewo/sip.proto").findServiceByName("Sip").findMethodByName("SipStartSession");
        DynamicMessage request = DynamicMessage.newBuilder(method.getInputType())
                .setField(method.getInputType().findFieldByName("account_name"), "nobody@example.com").build();
        assertThat(code(() -> ClientCalls.blockingUnaryCall(channel, io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY).setFullMethodName("ondewo.sip.Sip/SipStartSession")
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType()))).build(),
                CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), request))).isEqualTo(Status.Code.NOT_FOUND);
    }

    private static FileDescriptor built(Map<String, FileDescriptorProto> files, String name) throws Exception {
        List<FileDescriptor> needed = new ArrayList<>();
        for (String each : files.get(name).getDependencyList()) {
            needed.add(built(files, each));
        }
        return FileDescriptor.buildFrom(files.get(name), needed.toArray(FileDescriptor[]::new));
    }

    @Test
    void credentialsAreDemandedWhereTheSettingSaysSo() throws Exception {
        start(Map.of("voice.grpc.auth", "on"));
        assertThat(code(() -> sip().sipGetSipStatus(Empty.getDefaultInstance()))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    /** A server that takes every registration. */
    private SipRegisterAccountRequest account(RawSip registrar, String user) {
        registrar.answering(request -> request.method().equals("REGISTER")
                ? request.answer(200, "OK", "Contact: " + request.header("Contact") + ";expires=600\r\n") : null);
        return SipRegisterAccountRequest.newBuilder().setAccountName(user + "@127.0.0.1:" + registrar.port()).setPassword("secret").build();
    }

    @Test
    void aThousandRegistrationsOfOneAccountAtATimeAreAllAnswered() throws Exception {
        start(Map.of());
        try (RawSip registrar = RawSip.open()) {
            SipRegisterAccountRequest request = account(registrar, "alice");
            List<Future<SipStatus>> answers = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                answers.add(SipGrpc.newFutureStub(channel).sipRegisterAccount(request));
            }
            List<StatusType> registered = new ArrayList<>();
            for (Future<SipStatus> each : answers) {
                try {
                    registered.add(each.get(60, TimeUnit.SECONDS).getStatusType());
                } catch (ExecutionException overtaken) {
                    assertThat(Status.fromThrowable(overtaken).getCode()).as("a later one took its place").isEqualTo(Status.Code.ABORTED);
                }
            }
            assertThat(registered).isNotEmpty().containsOnly(StatusType.REGISTERED);
            assertThat(sip().sipGetSipStatus(Empty.getDefaultInstance()).getAccountName()).isEqualTo(request.getAccountName());
        }
    }

    @Test
    void headersOfTheStackAreNotForCallers() throws Exception {
        start(Map.of());
        try (RawSip registrar = RawSip.open()) {
            SipRegisterAccountRequest account = account(registrar, "bob");
            assertThat(sip().sipRegisterAccount(account).getStatusType()).isEqualTo(StatusType.REGISTERED);
            sip().sipStartSession(SipStartSessionRequest.newBuilder().setAccountName(account.getAccountName()).build());
            for (String name : List.of("Via", "via", "Call-ID", "CSeq", "From", "To", "Contact", "Content-Length", "Route", "Authorization")) {
                assertThat(code(() -> sip().sipStartCall(SipStartCallRequest.newBuilder().setCalleeId("x@127.0.0.1:9").putHeaders(name, "x")
                        .build())))
                        .as(name).isEqualTo(Status.Code.INVALID_ARGUMENT);
            }
        }
    }
}
