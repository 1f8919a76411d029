package io.github.camelvoice.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.github.camelvoice.gateway.grpc.ondewo.SipEndCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.ondewo.SipPlayWavFilesRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipRegisterAccountRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartCallRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStartSessionRequest;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatusHistoryResponse;
import io.github.camelvoice.gateway.grpc.ondewo.SipTransferCallRequest;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.voice.VoiceConstants;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code ondewo.sip.Sip}: each method checks its request, sends an exchange to its route, and answers with the status that comes back. Nothing waits.
 */
final class SipService extends SipGrpc.SipImplBase {

    /** Files of one request. */
    static final int MOST_FILES = 100;
    /** All that a history holds. */
    private static final int HISTORY = 10_000;

    private final SessionRoutes routes;
    private final Owners owners;
    private final Statuses statuses;

    SipService(SessionRoutes routes, Owners owners, Statuses statuses) {
        this.routes = routes;
        this.owners = owners;
        this.statuses = statuses;
    }

    @Override
    public void sipRegisterAccount(SipRegisterAccountRequest request, StreamObserver<SipStatus> caller) {
        Fields.account("account_name", request.getAccountName());
        Fields.optional("password", request.getPassword());
        Fields.optional("auth_username", request.getAuthUsername());
        Fields.optional("outbound_proxy", request.getOutboundProxy());
        Map<String, Object> headers = owners.named(request.getAccountName());
        headers.put(VoiceConstants.SESSION_PASSWORD, request.getPassword());
        put(headers, VoiceConstants.SESSION_AUTH_USERNAME, request.getAuthUsername());
        put(headers, VoiceConstants.OUTBOUND_PROXY, request.getOutboundProxy());
        tell("register", "account_name", headers, null, caller);
    }

    @Override
    public void sipStartSession(SipStartSessionRequest request, StreamObserver<SipStatus> caller) {
        Fields.account("account_name", request.getAccountName());
        Map<String, Object> headers = owners.named(request.getAccountName());
        headers.put(VoiceConstants.SESSION_AUTO_ANSWER_INTERVAL, request.getAutoAnswerInterval());
        tell("start", "account_name", headers, null, caller);
    }

    @Override
    public void sipEndSession(Empty request, StreamObserver<SipStatus> caller) {
        tell("end", "request", owners.meant(), null, caller);
    }

    @Override
    public void sipStartCall(SipStartCallRequest request, StreamObserver<SipStatus> caller) {
        Fields.text("callee_id", request.getCalleeId());
        Map<String, Object> headers = owners.meant();
        headers.put(VoiceConstants.TARGET, request.getCalleeId());
        sip(headers, request.getHeadersMap());
        tell("call", "callee_id", headers, null, caller);
    }

    @Override
    public void sipEndCall(SipEndCallRequest request, StreamObserver<SipStatus> caller) {
        Map<String, Object> headers = owners.meant();
        headers.put(VoiceConstants.SESSION_HARD, request.getHardHangup());
        tell("hangup", "hard_hangup", headers, null, caller);
    }

    @Override
    public void sipTransferCall(SipTransferCallRequest request, StreamObserver<SipStatus> caller) {
        Fields.text("transfer_id", request.getTransferId());
        Map<String, Object> headers = owners.meant();
        headers.put(VoiceConstants.TARGET, request.getTransferId());
        sip(headers, request.getHeadersMap());
        tell("transfer", "transfer_id", headers, null, caller);
    }

    @Override
    public void sipGetSipStatus(Empty request, StreamObserver<SipStatus> caller) {
        tell("status", "request", owners.meant(), null, caller);
    }

    @Override
    public void sipGetSipStatusHistory(Empty request, StreamObserver<SipStatusHistoryResponse> caller) {
        Map<String, Object> headers = owners.meant();
        headers.put(VoiceConstants.SESSION_LIMIT, HISTORY);
        send("history", "request", headers, null, caller, body -> statuses.history(body instanceof List<?> all ? all : List.of()));
    }

    @Override
    public void sipPlayWavFiles(SipPlayWavFilesRequest request, StreamObserver<SipStatus> caller) {
        if (request.getWavFilesCount() == 0 || request.getWavFilesCount() > MOST_FILES) {
            throw GrpcErrors.badField("wav_files", "must be 1 to " + MOST_FILES + " files");
        }
        List<byte[]> files = new ArrayList<>(request.getWavFilesCount());
        for (ByteString file : request.getWavFilesList()) {
            files.add(file.toByteArray());
        }
        tell("play", "wav_files", owners.meant(), files, caller);
    }

    @Override
    public void sipMute(Empty request, StreamObserver<SipStatus> caller) {
        tell("mute", "request", owners.meant(), null, caller);
    }

    @Override
    public void sipUnMute(Empty request, StreamObserver<SipStatus> caller) {
        tell("unmute", "request", owners.meant(), null, caller);
    }

    private static void put(Map<String, Object> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static void sip(Map<String, Object> headers, Map<String, String> added) {
        Fields.headers("headers", added);
        added.forEach((name, value) -> headers.put(VoiceConstants.SET_SIP_HEADER + name, value));
    }

    private void tell(String operation, String field, Map<String, Object> headers, Object body, StreamObserver<SipStatus> caller) {
        send(operation, field, headers, body, caller, status -> statuses.message((SessionStatus) status));
    }

    private <T> void send(String operation, String field, Map<String, Object> headers, Object body, StreamObserver<T> caller,
            Function<Object, T> answer) {
        // Without a handler the observer would throw at whoever completes the exchange after the caller has gone.
        ((ServerCallStreamObserver<T>) caller).setOnCancelHandler(() -> { });
        routes.send(operation, headers, body).whenComplete((result, failure) -> {
            try {
                if (failure != null) {
                    throw failure;
                }
                caller.onNext(answer.apply(result));
                caller.onCompleted();
            } catch (Throwable wrong) {
                caller.onError(GrpcErrors.translate(wrong, operation, field));
            }
        });
    }

    /** Whose accounts a caller may use. */
    static final class Owners {

        private final Function<String, Optional<String>> ownerOf;

        /** @param ownerOf the API account of a SIP account; empty text for the operator, nothing where there is no such account */
        Owners(Function<String, Optional<String>> ownerOf) {
            this.ownerOf = ownerOf;
        }

        /** Headers of a request about the account of the metadata, or else the one that its caller used last. */
        Map<String, Object> meant() {
            return headers(Caller.CURRENT.get(), Caller.CURRENT.get().named());
        }

        /** Headers of a request that names an account itself. */
        Map<String, Object> named(String account) {
            Caller caller = Caller.CURRENT.get();
            if (!caller.named().isEmpty() && !plain(caller.named()).equals(plain(account))) {
                throw GrpcErrors.badField("account_name", "is another account than x-voice-account says");
            }
            return headers(caller, account);
        }

        private static String plain(String account) {
            return account.replaceAll("(?i)^sips?:", "");
        }

        private Map<String, Object> headers(Caller caller, String account) {
            Map<String, Object> headers = new HashMap<>();
            String owner = account.isEmpty() || !caller.mayAll() ? caller.account().sid() : ownerOf.apply(account).orElse(caller.account().sid());
            if (!owner.isEmpty()) {
                headers.put(VoiceConstants.SESSION_OWNER, owner);
            }
            if (!account.isEmpty()) {
                headers.put(VoiceConstants.SESSION_ACCOUNT, account);
            }
            return headers;
        }
    }
}
