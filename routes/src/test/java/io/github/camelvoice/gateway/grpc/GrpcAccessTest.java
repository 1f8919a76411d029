package io.github.camelvoice.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Empty;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.gateway.grpc.ondewo.SipEndCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.ondewo.SipRegisterAccountRequest;
import io.github.camelvoice.gateway.grpc.session.FollowStatusesRequest;
import io.github.camelvoice.gateway.grpc.session.FollowedStatus;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.voice.VoiceConstants;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what, and what strangers get. */
class GrpcAccessTest {

    private static final String ALICE = "alice@example.com";

    @TempDir
    Path folder;
    private volatile Map<String, Object> headers;

    private GrpcBench bench(boolean auth) throws Exception {
        GrpcBench bench = new GrpcBench(folder, auth);
        for (String operation : new String[] {"register", "hangup", "status", "mute"}) {
            bench.routes.on(operation, (exchange, callback) -> {
                headers = Map.copyOf(exchange.getMessage().getHeaders());
                exchange.getMessage().setBody(FakeSessions.status(ALICE, 1, StatusType.READY));
                callback.done(false);
            });
        }
        return bench;
    }

    private static GrpcBench.Call status(GrpcBench bench, String... metadata) {
        return () -> bench.sip(metadata).sipGetSipStatus(Empty.getDefaultInstance());
    }

    @Test
    void credentialsAreThoseOfHttp() throws Exception {
        try (GrpcBench bench = bench(true)) {
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN).go();
            status(bench, "authorization", GrpcBench.basic("voice", GrpcBench.TOKEN)).go();
            assertThat(GrpcBench.reason(GrpcBench.failure(status(bench)))).isEqualTo("CREDENTIALS_MISSING");
            for (String wrong : new String[] {"Bearer wrong", GrpcBench.basic("voice", "wrong"), GrpcBench.basic("nobody", GrpcBench.TOKEN),
                    "Digest x", ""}) {
                StatusRuntimeException refused = GrpcBench.failure(status(bench, "authorization", wrong));
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(GrpcBench.reason(refused)).isEqualTo("CREDENTIALS_WRONG");
            }
        }
    }

    @Test
    void whereNoneAreNeededWrongOnesAreWrongAllTheSame() throws Exception {
        try (GrpcBench bench = bench(false)) {
            status(bench).go();
            assertThat(headers).isEqualTo(Map.of(VoiceConstants.SESSION_OWNER, "voice"));
            assertThat(GrpcBench.code(status(bench, "authorization", "Bearer wrong"))).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(GrpcBench.code(status(bench, "authorization", "Bearer " + GrpcBench.TOKEN, "authorization", "Bearer x")))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void whoGuessesIsSlowedAndWhoKnowsIsNot() throws Exception {
        try (GrpcBench bench = bench(true)) {
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN).go();
            StatusRuntimeException refused = null;
            for (int i = 0; i < 40 && (refused == null || refused.getStatus().getCode() == Status.Code.UNAUTHENTICATED); i++) {
                refused = GrpcBench.failure(status(bench, "authorization", "Bearer guess" + i));
            }
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(GrpcBench.reason(refused)).isEqualTo("TOO_MANY_FAILURES");
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN).go();
        }
    }

    @Test
    void eachPermissionOpensItsMethods() throws Exception {
        try (GrpcBench bench = bench(true)) {
            String get = "Bearer " + bench.account("reader", "default", "voice.sessions.get");
            String call = "Bearer " + bench.account("caller", "default", "voice.sessions.call");
            String update = "Bearer " + bench.account("keeper", "default", "voice.sessions.update");
            String other = "Bearer " + bench.account("elsewhere", "other", "*");
            GrpcBench.Call[] reader = {status(bench, "authorization", get)};
            reader[0].go();
            assertThat(headers).containsEntry(VoiceConstants.SESSION_OWNER, "reader");
            for (String lacking : new String[] {call, update, other}) {
                StatusRuntimeException refused = GrpcBench.failure(status(bench, "authorization", lacking));
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
                assertThat(refused.getStatus().getDescription()).contains("voice.sessions.get");
            }
            SipEndCallRequest hangup = SipEndCallRequest.getDefaultInstance();
            bench.sip("authorization", call).sipEndCall(hangup);
            assertThat(GrpcBench.code(() -> bench.sip("authorization", get).sipEndCall(hangup))).isEqualTo(Status.Code.PERMISSION_DENIED);
            SipRegisterAccountRequest account = SipRegisterAccountRequest.newBuilder().setAccountName(ALICE).build();
            bench.sip("authorization", update).sipRegisterAccount(account);
            assertThat(GrpcBench.code(() -> bench.sip("authorization", call).sipRegisterAccount(account))).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void whoMayAllActsAsTheOwnerAndOthersAsThemselves() throws Exception {
        try (GrpcBench bench = bench(true)) {
            bench.sessions.owners.put(ALICE, "keeper");
            bench.sessions.owners.put("desk@example.com", "");
            String keeper = "Bearer " + bench.account("keeper", "*", "voice.sessions.get", "voice.sessions.update");
            String stranger = "Bearer " + bench.account("stranger", "*", "voice.sessions.get");
            status(bench, "authorization", keeper, "x-voice-account", ALICE).go();
            assertThat(headers).containsEntry(VoiceConstants.SESSION_OWNER, "keeper").containsEntry(VoiceConstants.SESSION_ACCOUNT, ALICE);
            status(bench, "authorization", stranger, "x-voice-account", ALICE).go();
            assertThat(headers).as("voice:session finds nothing then").containsEntry(VoiceConstants.SESSION_OWNER, "stranger");
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN, "x-voice-account", ALICE).go();
            assertThat(headers).containsEntry(VoiceConstants.SESSION_OWNER, "keeper");
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN, "x-voice-account", "desk@example.com").go();
            assertThat(headers).as("the operator's").doesNotContainKey(VoiceConstants.SESSION_OWNER);
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN, "x-voice-account", "new@example.com").go();
            assertThat(headers).containsEntry(VoiceConstants.SESSION_OWNER, "voice");
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            bench.statuses("authorization", stranger).followStatuses(FollowStatusesRequest.newBuilder().setAccount(ALICE).build(), into(heard));
            assertThat(((StatusRuntimeException) heard.poll(10, TimeUnit.SECONDS)).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    private static <T> StreamObserver<T> into(BlockingQueue<Object> heard) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                heard.add(value);
            }

            @Override
            public void onError(Throwable failure) {
                heard.add(failure);
            }

            @Override
            public void onCompleted() {
                heard.add("completed");
            }
        };
    }

    private static Object list(GrpcBench bench, String... metadata) throws InterruptedException {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        StreamObserver<ServerReflectionRequest> ask = GrpcBench.with(ServerReflectionGrpc.newStub(bench.channel), metadata)
                .serverReflectionInfo(into(heard));
        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
        Object first = heard.poll(10, TimeUnit.SECONDS);
        ask.onCompleted();
        return first;
    }

    @Test
    void reflectionIsForThoseWithAnAccountAndHealthForAll() throws Exception {
        try (GrpcBench bench = bench(true)) {
            assertThat(((StatusRuntimeException) list(bench)).getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(((ServerReflectionResponse) list(bench, "authorization", "Bearer " + GrpcBench.TOKEN)).getListServicesResponse()
                    .getServiceList())
                    .extracting(each -> each.getName()).containsExactlyInAnyOrder("ondewo.sip.Sip", "camelvoice.session.v1.SessionStatuses",
                            "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(bench.channel);
            for (String service : new String[] {"", "ondewo.sip.Sip", "camelvoice.session.v1.SessionStatuses"}) {
                assertThat(health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus()).isEqualTo(ServingStatus.SERVING);
            }
            assertThat(GrpcBench.code(() -> health.check(HealthCheckRequest.newBuilder().setService("x").build()))).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(GrpcBench.code(() -> health.watch(HealthCheckRequest.getDefaultInstance()).next())).isEqualTo(Status.Code.UNAUTHENTICATED);
            bench.ready.set(false);
            await().atMost(10, TimeUnit.SECONDS).until(() -> health.check(HealthCheckRequest.getDefaultInstance())
                    .getStatus() == ServingStatus.NOT_SERVING);
            bench.ready.set(true);
            await().atMost(10, TimeUnit.SECONDS).until(() -> health.check(HealthCheckRequest.getDefaultInstance())
                    .getStatus() == ServingStatus.SERVING);
            bench.front.drain();
            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            status(bench, "authorization", "Bearer " + GrpcBench.TOKEN).go();
        }
    }

    private SSLContextParameters tls(TestPki pki) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setType("PKCS12");
        store.setResource("file:" + pki.identity("gateway", "DNS:localhost").store());
        store.setPassword("changeit");
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword("changeit");
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        return parameters;
    }

    @Test
    void tlsIsThatOfTheParametersAndPlainTextGetsNothing() throws Exception {
        TestPki pki = TestPki.create(Files.createDirectories(folder.resolve("pki")));
        try (GrpcBench bench = new GrpcBench(folder, true, 4 * GrpcBench.MESSAGE, 100, false, tls(pki))) {
            bench.routes.on("status", (exchange, callback) -> {
                exchange.getMessage().setBody(FakeSessions.status(ALICE, 1, StatusType.READY));
                callback.done(false);
            });
            ManagedChannel safe = NettyChannelBuilder.forAddress("localhost", bench.front.port())
                    .sslContext(GrpcSslContexts.forClient().trustManager(pki.authority().toFile()).build()).build();
            SipGrpc.SipBlockingStub stub = GrpcBench.with(SipGrpc.newBlockingStub(safe).withDeadlineAfter(20, TimeUnit.SECONDS), "authorization",
                    "Bearer " + GrpcBench.TOKEN);
            assertThat(stub.sipGetSipStatus(Empty.getDefaultInstance()).getAccountName()).isEqualTo(ALICE);
            safe.shutdownNow();
            assertThat(GrpcBench.code(status(bench, "authorization", "Bearer " + GrpcBench.TOKEN))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aFollowerWhoseAccountIsTakenAwayIsSentAway() throws Exception {
        try (GrpcBench bench = bench(true)) {
            String keeper = "Bearer " + bench.account("keeper", "default", "voice.sessions.get");
            bench.sessions.owners.put(ALICE, "keeper");
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            bench.statuses("authorization", keeper).followStatuses(FollowStatusesRequest.newBuilder().setAccount(ALICE).build(), into(heard));
            await().until(() -> bench.front.followers() == 1 && bench.sessions.followers.size() == 1);
            bench.sessions.tell(FakeSessions.status(ALICE, 1, StatusType.READY));
            assertThat(((FollowedStatus) heard.poll(10, TimeUnit.SECONDS)).getSequence()).isEqualTo(1);
            bench.account("another", "default", "voice.sessions.get");
            new AccountCommand(folder, System.out, EngineClock.SYSTEM)
                    .run(List.of("remove", "keeper"));
            bench.accounts.refresh();
            Object last = heard.poll(10, TimeUnit.SECONDS);
            assertThat(((StatusRuntimeException) last).getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(bench.front.followers()).isZero();
            assertThat(bench.sessions.followers).isEmpty();
        }
    }
}
