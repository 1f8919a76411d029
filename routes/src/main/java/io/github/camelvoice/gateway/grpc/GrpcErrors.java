package io.github.camelvoice.gateway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.voice.VoiceCallEndedException;
import io.github.camelvoice.voice.VoiceCallNotFoundException;
import io.github.camelvoice.voice.VoiceCallStateException;
import io.github.camelvoice.voice.VoiceException;
import io.github.camelvoice.voice.VoiceForbiddenException;
import io.github.camelvoice.voice.VoiceMediaException;
import io.github.camelvoice.voice.VoiceOverloadedException;
import io.github.camelvoice.voice.VoiceRequestException;
import io.github.camelvoice.voice.VoiceSessionNotFoundException;
import io.github.camelvoice.voice.VoiceUnavailableException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as gRPC has them: a code, a sentence, and details of google.rpc that programs can branch on. */
final class GrpcErrors {

    /** Of every {@link ErrorInfo}. */
    static final String DOMAIN = "camel-voice";
    private static final Logger LOG = LoggerFactory.getLogger(GrpcErrors.class);
    private static final int MOST = 300;
    /** What sessions call the fields of the proto file; their sentences begin with it. */
    private static final Map<String, String> FIELDS = Map.of("account", "account_name", "password", "password", "authUsername", "auth_username",
            "outboundProxy", "outbound_proxy", "autoAnswerInterval", "auto_answer_interval", "callee", "callee_id", "target", "transfer_id", "headers", "headers",
            "files", "wav_files");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z]+)(?:: | )(.*)", Pattern.DOTALL);

    private GrpcErrors() {
    }

    static StatusRuntimeException of(Status.Code code, String reason, String message) {
        return build(code, message, info(reason));
    }

    /** INVALID_ARGUMENT. @param field as the proto file names it, or a key of the metadata */
    static StatusRuntimeException badField(String field, String problem) {
        BadRequest request = BadRequest.newBuilder().addFieldViolations(BadRequest.FieldViolation.newBuilder().setField(field)
                .setDescription(clean(problem)))
                .build();
        return build(Status.Code.INVALID_ARGUMENT, field + " " + problem, info("BAD_FIELD"), Any.pack(request));
    }

    /** RESOURCE_EXHAUSTED. @param seconds after which it makes sense to try again */
    static StatusRuntimeException later(String reason, String message, int seconds) {
        RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(seconds)).build();
        return build(Status.Code.RESOURCE_EXHAUSTED, message, info(reason), Any.pack(retry));
    }

    /**
     * What the caller is told; of unexpected failures, which are logged, only that there was one.
     *
     * @param method that was called, for the log
     * @param field  that the method is mostly about: what is wrong with a request and names no field, is put down to it
     */
    static StatusRuntimeException translate(Throwable failure, String method, String field) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StatusRuntimeException known) {
            return known;
        }
        if (cause instanceof RejectedExecutionException) {
            return of(Status.Code.UNAVAILABLE, "NOT_RUNNING", "the gateway is stopping");
        }
        Status.Code code = code(cause);
        if (code == Status.Code.INTERNAL) {
            LOG.warn("{} failed", method, cause);
            return of(code, "INTERNAL", "internal error");
        }
        String message = message(cause);
        return code == Status.Code.INVALID_ARGUMENT ? badArgument(message, field) : of(code, reason(cause, code), message);
    }

    private static StatusRuntimeException badArgument(String message, String field) {
        Matcher sentence = NAMED.matcher(message);
        String named = sentence.matches() ? FIELDS.get(sentence.group(1)) : null;
        if (named == null) {
            return badField(field, "cannot be used: " + message);
        }
        boolean clause = message.charAt(sentence.end(1)) == ':';
        return badField(named, (clause ? "cannot be used: " : "") + sentence.group(2));
    }

    private static Status.Code code(Throwable failure) {
        SessionException known = session(failure);
        if (known != null) {
            return Status.Code.valueOf(known.kind().name());
        } else if (failure instanceof VoiceCallNotFoundException || failure instanceof VoiceSessionNotFoundException) {
            return Status.Code.NOT_FOUND;
        } else if (failure instanceof VoiceCallEndedException) {
            return Status.Code.ABORTED;
        } else if (failure instanceof VoiceCallStateException) {
            return Status.Code.FAILED_PRECONDITION;
        } else if (failure instanceof VoiceRequestException || failure instanceof VoiceMediaException) {
            return Status.Code.INVALID_ARGUMENT;
        } else if (failure instanceof VoiceOverloadedException) {
            return Status.Code.RESOURCE_EXHAUSTED;
        } else if (failure instanceof VoiceForbiddenException) {
            return Status.Code.PERMISSION_DENIED;
        }
        return failure instanceof VoiceUnavailableException ? Status.Code.UNAVAILABLE : Status.Code.INTERNAL;
    }

    private static SessionException session(Throwable failure) {
        if (failure instanceof SessionException known) {
            return known;
        }
        return failure.getCause() instanceof SessionException known ? known : null;
    }

    private static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof VoiceException voice && voice.getCallId() != null ? message.replace("[" + voice.getCallId() + "] ", "") : message;
    }

    private static String reason(Throwable failure, Status.Code code) {
        return session(failure) != null || !(failure instanceof VoiceException) ? code.name()
                : failure.getClass().getSimpleName().replaceAll("^Voice|Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT);
    }

    private static Any info(String reason) {
        return Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build());
    }

    private static StatusRuntimeException build(Status.Code code, String message, Any... details) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(clean(message));
        for (Any detail : details) {
            status.addDetails(detail);
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** What a caller sent may be part of it. */
    private static String clean(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MOST ? clean.substring(0, MOST) + "..." : clean;
    }
}
