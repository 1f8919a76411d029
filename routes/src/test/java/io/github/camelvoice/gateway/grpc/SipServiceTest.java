package io.github.camelvoice.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.github.camelvoice.gateway.grpc.ondewo.SipEndCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.ondewo.SipPlayWavFilesRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipRegisterAccountRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartSessionRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus.StatusType;
import io.github.camelvoice.gateway.grpc.ondewo.SipTransferCallRequest;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.voice.VoiceCallEndedException;
import io.github.camelvoice.voice.VoiceCallStateException;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceForbiddenException;
import io.github.camelvoice.voice.VoiceOverloadedException;
import io.github.camelvoice.voice.VoiceRequestException;
import io.github.camelvoice.voice.VoiceSessionNotFoundException;
import io.github.camelvoice.voice.VoiceUnavailableException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the methods make of requests, exchanges and failures. */
class SipServiceTest {

    private static final String ALICE = "alice@example.com";

    @TempDir
    Path folder;
    private GrpcBench bench;
    private volatile Map<String, Object> headers;
    private volatile Object body;

    @BeforeEach
    void start() throws Exception {
        bench = new GrpcBench(folder, false);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void answer(String operation, io.github.camelvoice.session.StatusType type) {
        bench.routes.on(operation, (exchange, callback) -> {
            headers = Map.copyOf(exchange.getMessage().getHeaders());
            body = exchange.getMessage().getBody();
            exchange.getMessage().setBody(FakeSessions.status(ALICE, 7, type));
            callback.done(false);
        });
    }

    private void fail(Exception failure) {
        bench.routes.on("call", (Exchange exchange, AsyncCallback callback) -> {
            throw failure;
        });
    }

    private static SipStartCallRequest to(String callee) {
        return SipStartCallRequest.newBuilder().setCalleeId(callee).build();
    }

    @Test
    void everyFieldOfARequestAndOfAStatusGetsThrough() {
        answer("register", io.github.camelvoice.session.StatusType.REGISTERED);
        SipStatus status = bench.sip().sipRegisterAccount(SipRegisterAccountRequest.newBuilder().setAccountName(ALICE).setPassword("secret")
                .setAuthUsername("a1").setOutboundProxy("proxy.example.com:5070").build());
        assertThat(headers).isEqualTo(Map.of(VoiceConstants.SESSION_ACCOUNT, ALICE, VoiceConstants.SESSION_OWNER, "voice",
                VoiceConstants.SESSION_PASSWORD,
                "secret", VoiceConstants.SESSION_AUTH_USERNAME, "a1", VoiceConstants.OUTBOUND_PROXY, "proxy.example.com:5070"));
        assertThat(status.getAccountName()).isEqualTo(ALICE);
        assertThat(status.getTimestamp().getSeconds()).isEqualTo(1_700_000_007L);
        assertThat(status.getTimestamp().getNanos()).isEqualTo(5);
        assertThat(status.getStatusType()).isEqualTo(StatusType.REGISTERED);
        assertThat(status.getCalleeId()).isEqualTo("bob@example.com");
        assertThat(status.getHeadersMap()).isEqualTo(Map.of("X-Topic", "sales"));
        assertThat(status.getDescription()).isEqualTo("words");
        assertThat(status.getExceptionTraceback()).as("off by default").isEmpty();
    }

    @Test
    void everyMethodHasItsRoute() {
        answer("start", io.github.camelvoice.session.StatusType.SESSION_STARTED);
        bench.sip().sipStartSession(SipStartSessionRequest.newBuilder().setAccountName(ALICE).setAutoAnswerInterval(-3).build());
        assertThat(headers).containsEntry(VoiceConstants.SESSION_AUTO_ANSWER_INTERVAL, -3).containsEntry(VoiceConstants.SESSION_ACCOUNT, ALICE);
        answer("call", io.github.camelvoice.session.StatusType.OUTGOING_CALL_INITIATED);
        bench.sip().sipStartCall(to("bob").toBuilder().putHeaders("X-A", "1").putHeaders("Subject", "two words").build());
        assertThat(headers).isEqualTo(Map.of(VoiceConstants.SESSION_OWNER, "voice", VoiceConstants.TARGET, "bob", "CamelVoiceSetSipHeader.X-A", "1",
                "CamelVoiceSetSipHeader.Subject", "two words"));
        answer("transfer", io.github.camelvoice.session.StatusType.TRANSFER_CALL_INITIATED);
        bench.sip("x-voice-account", ALICE).sipTransferCall(SipTransferCallRequest.newBuilder().setTransferId("carol").putHeaders("X-B", "2")
                .build());
        assertThat(headers).isEqualTo(Map.of(VoiceConstants.SESSION_OWNER, "voice", VoiceConstants.SESSION_ACCOUNT, ALICE, VoiceConstants.TARGET,
                "carol",
                "CamelVoiceSetSipHeader.X-B", "2"));
        answer("hangup", io.github.camelvoice.session.StatusType.HARD_HANGUP_INITIATED);
        bench.sip().sipEndCall(SipEndCallRequest.newBuilder().setHardHangup(true).build());
        assertThat(headers).containsEntry(VoiceConstants.SESSION_HARD, true);
        answer("play", io.github.camelvoice.session.StatusType.MICROPHONE_WAV_FILES_PLAYED);
        bench.sip().sipPlayWavFiles(SipPlayWavFilesRequest.newBuilder().addWavFiles(ByteString.copyFromUtf8("one"))
                .addWavFiles(ByteString.EMPTY).build());
        assertThat(((List<?>) body).stream().map(each -> new String((byte[]) each)).toList()).containsExactly("one", "");
        answer("mute", io.github.camelvoice.session.StatusType.MICROPHONE_MUTED);
        answer("unmute", io.github.camelvoice.session.StatusType.MICROPHONE_UNMUTED);
        answer("status", io.github.camelvoice.session.StatusType.READY);
        answer("end", io.github.camelvoice.session.StatusType.SESSION_ENDED);
        assertThat(bench.sip().sipMute(Empty.getDefaultInstance()).getStatusType()).isEqualTo(StatusType.MICROPHONE_MUTED);
        assertThat(bench.sip().sipUnMute(Empty.getDefaultInstance()).getStatusType()).isEqualTo(StatusType.MICROPHONE_UNMUTED);
        assertThat(bench.sip().sipGetSipStatus(Empty.getDefaultInstance()).getStatusType()).isEqualTo(StatusType.READY);
        assertThat(bench.sip().sipEndSession(Empty.getDefaultInstance()).getStatusType()).isEqualTo(StatusType.SESSION_ENDED);
    }

    @Test
    void theHistoryIsOldestFirstAndFitsIntoAMessage() {
        List<SessionStatus> many = IntStream.rangeClosed(1, 60_000).mapToObj(i -> FakeSessions.status(ALICE, i,
                io.github.camelvoice.session.StatusType.READY)).toList();
        bench.routes.on("history", (exchange, callback) -> {
            exchange.getMessage().setBody(many);
            callback.done(false);
        });
        List<SipStatus> history = bench.sip().sipGetSipStatusHistory(Empty.getDefaultInstance()).getStatusHistoryList();
        assertThat(history).hasSizeBetween(10_000, 59_999);
        assertThat(history.get(history.size() - 1).getTimestamp().getSeconds()).isEqualTo(1_700_060_000L);
        assertThat(history.get(0).getTimestamp().getSeconds()).isEqualTo(1_700_060_001L - history.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "alice", "@example.com", "alice@", "alice@exa mple", "a b@c", "alice@example.com\r\nVia: x", "a\0@b",
            "<sip:a@b>"})
    void namesThatAreNoneAreRefusedByField(String name) throws Exception {
        StatusRuntimeException refused = GrpcBench.failure(() -> bench.sip().sipStartSession(SipStartSessionRequest.newBuilder()
                .setAccountName(name).build()));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(GrpcBench.field(refused)).isEqualTo("account_name");
        assertThat(GrpcBench.reason(refused)).isEqualTo("BAD_FIELD");
        assertThat(refused.getStatus().getDescription()).doesNotContain("\r").doesNotContain("\n");
        refused = GrpcBench.failure(() -> bench.sip().sipRegisterAccount(SipRegisterAccountRequest.newBuilder().setAccountName(name).build()));
        assertThat(GrpcBench.field(refused)).isEqualTo("account_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A\r\nVia", "X A", "", "X:A", "Ä"})
    void headersThatAreNoneAreRefused(String name) throws Exception {
        StatusRuntimeException refused = GrpcBench.failure(() -> bench.sip().sipStartCall(to("bob").toBuilder().putHeaders(name, "x").build()));
        assertThat(GrpcBench.field(refused)).isEqualTo("headers");
        refused = GrpcBench.failure(() -> bench.sip().sipTransferCall(SipTransferCallRequest.newBuilder().setTransferId("c").putHeaders("X-A",
                "a\r\nVia: SIP/2.0/UDP evil").build()));
        assertThat(GrpcBench.field(refused)).isEqualTo("headers[X-A]");
    }

    @Test
    void otherFieldsAreLookedAtToo() throws Exception {
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipStartCall(to(""))))).isEqualTo("callee_id");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipStartCall(to("bob\r\nX: y"))))).isEqualTo("callee_id");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipTransferCall(SipTransferCallRequest.getDefaultInstance()))))
                .isEqualTo("transfer_id");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipPlayWavFiles(SipPlayWavFilesRequest.getDefaultInstance()))))
                .isEqualTo("wav_files");
        SipRegisterAccountRequest account = SipRegisterAccountRequest.newBuilder().setAccountName(ALICE).build();
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipRegisterAccount(account.toBuilder().setPassword("a\nb").build()))))
                .isEqualTo("password");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip().sipRegisterAccount(account.toBuilder().setOutboundProxy("a\0b").build()))))
                .isEqualTo("outbound_proxy");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip("x-voice-account", "bob@example.com").sipRegisterAccount(account))))
                .isEqualTo("account_name");
        assertThat(GrpcBench.field(GrpcBench.failure(() -> bench.sip("x-voice-account", "nobody").sipMute(Empty.getDefaultInstance()))))
                .isEqualTo("x-voice-account");
        assertThat(GrpcBench.code(() -> bench.sip("x-voice-account", ALICE, "x-voice-account", "bob@x").sipMute(Empty.getDefaultInstance())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "callee is not a SIP URI that can be called: x|callee_id|callee_id is not a SIP URI that can be called: x",
        "headers: Via is ours to set|headers|headers cannot be used: Via is ours to set",
        "outboundProxy: no such transport|outbound_proxy|outbound_proxy cannot be used: no such transport",
        "autoAnswerInterval must be 170 seconds or less: 171|auto_answer_interval|auto_answer_interval must be 170 seconds or less: 171",
        "something else|callee_id|callee_id cannot be used: something else"})
    void whatTheSessionRefusesIsPutDownToItsField(String words, String field, String said) throws Exception {
        StatusRuntimeException refused = calling(new SessionException(SessionException.Kind.INVALID_ARGUMENT, words));
        assertThat(GrpcBench.field(refused)).isEqualTo(field);
        assertThat(refused.getStatus().getDescription()).isEqualTo(said);
    }

    private StatusRuntimeException calling(Exception failure) throws Exception {
        fail(failure);
        return GrpcBench.failure(() -> bench.sip().sipStartCall(to("bob")));
    }

    @Test
    void failuresBecomeCodes() throws Exception {
        for (SessionException.Kind kind : SessionException.Kind.values()) {
            StatusRuntimeException failure = calling(new VoiceUnavailableException(null, "so it is", new SessionException(kind, "so it is")));
            assertThat(failure.getStatus().getCode().name()).isEqualTo(kind.name());
            assertThat(failure.getStatus().getDescription()).contains("so it is");
        }
        assertThat(calling(new VoiceSessionNotFoundException("no", null)).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(calling(new VoiceCallStateException(null, "no", null)).getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(calling(new VoiceCallEndedException(null, "no", null)).getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        StatusRuntimeException bad = calling(new VoiceRequestException("not\r\nso"));
        assertThat(GrpcBench.field(bad)).isEqualTo("callee_id");
        assertThat(calling(new VoiceOverloadedException(null, "no", null)).getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(calling(new VoiceForbiddenException(null, "no", null)).getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        StatusRuntimeException broken = calling(new IllegalStateException("the secret of it"));
        assertThat(broken.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(broken.getStatus().getDescription()).isEqualTo("internal error");
        fail(null);
        assertThat(GrpcBench.code(() -> bench.sip().sipStartCall(to("bob")))).as("a mistake of ours").isEqualTo(Status.Code.INTERNAL);
    }

    /** A thousand calls are under way, and no thread waits for them. */
    @Test
    void aThousandCallsWaitWithoutThreads() throws Exception {
        List<AsyncCallback> open = new CopyOnWriteArrayList<>();
        bench.routes.on("register", (exchange, callback) -> {
            exchange.getMessage().setBody(FakeSessions.status(ALICE, 1, io.github.camelvoice.session.StatusType.REGISTERED));
            open.add(callback);
        });
        AtomicInteger answered = new AtomicInteger();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        List<ManagedChannel> channels = IntStream.range(0, 10).mapToObj(i -> bench.plain()).toList();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<SipStatus> call = new CompletableFuture<>();
            calls.add(call);
            var future = SipGrpc.newFutureStub(channels.get(i % 10)).sipRegisterAccount(
                    SipRegisterAccountRequest.newBuilder().setAccountName("user" + i + "@example.com").build());
            future.addListener(() -> {
                answered.incrementAndGet();
                call.complete(null);
            }, Runnable::run);
        }
        await().atMost(20, TimeUnit.SECONDS).until(() -> open.size() == 1_000);
        assertThat(answered).hasValue(0);
        assertThat(bench.front.calls()).isEqualTo(1_000);
        assertThat(Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("voice-grpc")).count()).isLessThan(30);
        answer("status", io.github.camelvoice.session.StatusType.READY);
        bench.sip().sipGetSipStatus(Empty.getDefaultInstance());
        open.forEach(each -> each.done(false));
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        await().until(() -> bench.front.calls() == 0);
        channels.forEach(ManagedChannel::shutdownNow);
    }

    @Test
    void aCallerThatLeavesOrRunsOutOfTimeBreaksNothing() throws Exception {
        List<AsyncCallback> open = new CopyOnWriteArrayList<>();
        bench.routes.on("register", (exchange, callback) -> {
            exchange.getMessage().setBody(FakeSessions.status(ALICE, 1, io.github.camelvoice.session.StatusType.REGISTERED));
            open.add(callback);
        });
        SipRegisterAccountRequest request = SipRegisterAccountRequest.newBuilder().setAccountName(ALICE).build();
        assertThat(GrpcBench.code(() -> SipGrpc.newBlockingStub(bench.channel)
                .withDeadlineAfter(300, TimeUnit.MILLISECONDS).sipRegisterAccount(request))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().until(() -> bench.front.calls() == 0);
        open.forEach(each -> each.done(false));
        answer("status", io.github.camelvoice.session.StatusType.READY);
        assertThat(bench.sip().sipGetSipStatus(Empty.getDefaultInstance()).getStatusType()).isEqualTo(StatusType.READY);
    }
}
