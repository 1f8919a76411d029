package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.document.ApplicationException;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.subscription.SubscriptionException;
import java.util.concurrent.CompletionException;

/** From the call room's values and exceptions to those that routes tell apart. */
final class Failures {

    private Failures() {
    }

    /** What a stage of the call room failed of. */
    static Throwable callRoomCause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static Throwable translate(Throwable failure) {
        Throwable cause = callRoomCause(failure);
        if (cause instanceof DocumentException wrong) {
            return new VoiceDocumentException(null, wrong);
        }
        if (cause instanceof ApplicationException wrong) {
            return new VoiceDocumentException(null, new DocumentException(ProblemCode.HTTP_RETRIEVAL_ERROR, Place.DOCUMENT, wrong.getMessage()));
        }
        if (cause instanceof SubscriptionException expected) {
            return of(expected);
        }
        if (cause instanceof SessionException expected) {
            return of(expected);
        }
        return cause instanceof CallException expected ? of(expected) : cause;
    }

    private static VoiceException of(SubscriptionException failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case BAD_REQUEST -> new VoiceRequestException(null, message, failure);
            case NOT_FOUND -> new VoiceSubscriptionNotFoundException(message, failure);
            case TOO_MANY -> new VoiceOverloadedException(null, message, failure);
            case UNAVAILABLE -> new VoiceUnavailableException(null, message, failure);
        };
    }

    private static VoiceException of(SessionException failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case NOT_FOUND -> new VoiceSessionNotFoundException(message, failure);
            case FAILED_PRECONDITION -> new VoiceCallStateException(null, message, failure);
            case INVALID_ARGUMENT -> new VoiceRequestException(null, message, failure);
            case RESOURCE_EXHAUSTED -> new VoiceOverloadedException(null, message, failure);
            case PERMISSION_DENIED -> new VoiceForbiddenException(null, message, failure);
            case UNAVAILABLE -> new VoiceUnavailableException(null, message, failure);
            case ABORTED -> new VoiceCallEndedException(null, message, failure);
        };
    }

    static VoiceException of(CallException failure) {
        String callId = failure.callId();
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case NO_SUCH_CALL -> new VoiceCallNotFoundException(callId, message, failure);
            case WRONG_STATE -> new VoiceCallStateException(callId, message, failure);
            case REFUSED -> new VoiceRefusedException(callId, message, failure);
            case MEDIA -> new VoiceMediaException(callId, message, failure);
            case BAD_REQUEST -> new VoiceRequestException(callId, message, failure);
            case UNAVAILABLE -> new VoiceUnavailableException(callId, message, failure);
            case NOT_REGISTERED -> new VoiceNotRegisteredException(callId, message, failure);
            case FORBIDDEN -> new VoiceForbiddenException(callId, message, failure);
            case OVERLOADED -> new VoiceOverloadedException(callId, message, failure);
        };
    }
}
