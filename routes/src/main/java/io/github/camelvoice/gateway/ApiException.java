package io.github.camelvoice.gateway;

import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.voice.VoiceCallFailedException;
import io.github.camelvoice.voice.VoiceCallNotFoundException;
import io.github.camelvoice.voice.VoiceCallStateException;
import io.github.camelvoice.voice.VoiceDocumentException;
import io.github.camelvoice.voice.VoiceException;
import io.github.camelvoice.voice.VoiceForbiddenException;
import io.github.camelvoice.voice.VoiceMediaException;
import io.github.camelvoice.voice.VoiceOverloadedException;
import io.github.camelvoice.voice.VoiceNotRegisteredException;
import io.github.camelvoice.voice.VoiceRefusedException;
import io.github.camelvoice.voice.VoiceRequestException;
import io.github.camelvoice.voice.VoiceSessionNotFoundException;
import io.github.camelvoice.voice.VoiceTapFailedException;
import io.github.camelvoice.voice.VoiceTapNotFoundException;
import io.github.camelvoice.voice.VoiceUnavailableException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request to the HTTP API that cannot be carried out, with the problem that says why. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiException.class);
    private static final int QUOTED = 64;

    private final transient Problem problem;

    ApiException(int status, String code, String detail) {
        super(detail, null, false, false);
        this.problem = Problem.of(status, code, detail);
    }

    private ApiException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** The same of one of several. */
    ApiException at(String place) {
        return new ApiException(Problem.of(problem.status(), problem.code(), place + ": " + problem.detail()));
    }

    static ApiException badField(String field, String problem) {
        return new ApiException(400, "bad-field", field + " " + problem);
    }

    /** What a caller sent, made fit for a message. */
    static String quote(String text) {
        String clean = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > QUOTED ? clean.substring(0, QUOTED) + "..." : clean;
    }

    /** What the caller is told; of unexpected failures only that there was one. */
    static Problem problem(Throwable failure) {
        if (failure instanceof ApiException api) {
            return api.problem;
        }
        if (failure instanceof VoiceException voice) {
            int status = status(voice);
            String detail = voice.getMessage().replace("[" + voice.getCallId() + "] ", "");
            return new Problem(status, Problem.title(status), code(voice), detail, voice.getCallId(), places(voice));
        }
        LOG.warn("an API request failed", failure);
        return Problem.of(500, "internal", null);
    }

    /** Null where there is no document. */
    private static List<Problem.At> places(VoiceException failure) {
        return !(failure instanceof VoiceDocumentException wrong) ? null : wrong.getProblems().stream().map(each -> new Problem.At(each.code().label(),
                each.place().pointer(), each.place().line() == 0 ? null : each.place().line(),
                each.place().line() == 0 ? null : each.place().column(), each.message())).toList();
    }

    private static boolean isUnfetched(VoiceException failure) {
        return failure instanceof VoiceDocumentException wrong && wrong.getProblems().get(0).code() == ProblemCode.HTTP_RETRIEVAL_ERROR;
    }

    private static int status(VoiceException failure) {
        if (isUnfetched(failure)) {
            return 502;
        } else if (failure instanceof VoiceCallNotFoundException || failure instanceof VoiceTapNotFoundException
                || failure instanceof VoiceSessionNotFoundException) {
            return 404;
        } else if (failure instanceof VoiceForbiddenException) {
            return 403;
        } else if (failure instanceof VoiceCallStateException || failure instanceof VoiceRefusedException
                || failure instanceof VoiceNotRegisteredException) {
            return 409;
        } else if (failure instanceof VoiceRequestException) {
            return 400;
        } else if (failure instanceof VoiceUnavailableException) {
            return 503;
        } else if (failure instanceof VoiceOverloadedException) {
            return 429;
        } else if (failure instanceof VoiceMediaException) {
            return 422;
        }
        return failure instanceof VoiceCallFailedException || failure instanceof VoiceTapFailedException ? 502 : 500;
    }

    private static String code(VoiceException failure) {
        if (failure instanceof VoiceCallFailedException failed && failed.getEndCause() != null) {
            return failed.getEndCause().kind().tag().replace('_', '-');
        }
        if (failure instanceof VoiceDocumentException) {
            return isUnfetched(failure) ? "no-document" : "bad-document";
        }
        if (failure instanceof VoiceSessionNotFoundException) {
            return "no-such-account";
        }
        String name = failure.getClass().getSimpleName().replaceAll("^Voice|Exception$", "");
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }
}
