package io.github.camelvoice.webhook;

import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.document.Application;
import io.github.camelvoice.document.ApplicationException;
import io.github.camelvoice.document.Ask;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.outbound.HttpAnswer;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpFailure;
import io.github.camelvoice.outbound.Outbound;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks applications of the web for documents: a form by POST, or in the query of a GET, signed, through the one HTTP client. A URL is asked once,
 * unless its fragment says more; then the fallback is, with {@code ErrorCode} and {@code ErrorUrl}. Thread-safe; nothing here waits.
 */
public final class WebApplication implements Application {

    private static final Logger LOG = LoggerFactory.getLogger(WebApplication.class);
    private static final String ACCEPT = "application/xml, text/xml, */*;q=0.1";

    private final Outbound outbound;
    private final String key;
    private final Executor pool;

    /**
     * @param key  to sign with, null to leave requests unsigned
     * @param pool threads that read documents
     */
    public WebApplication(Outbound outbound, String key, Executor pool) {
        this.outbound = outbound;
        this.key = key;
        this.pool = pool;
    }

    @Override
    public <T> CompletionStage<T> ask(Ask ask, Reader<T> reader) {
        Form form = CallParameters.ofSip(ask.call()).and(ask.parameters());
        CompletableFuture<T> result = new CompletableFuture<>();
        one(ask.url(), ask.method(), form, reader).whenComplete((made, wrapped) -> {
            Throwable failure = bare(wrapped);
            if (failure == null) {
                result.complete(made);
                return;
            }
            log(ask, ask.url(), failure);
            if (ask.fallbackUrl() == null) {
                result.completeExceptionally(failure);
            } else {
                fallBack(ask, form, failure, reader, result);
            }
        });
        return result;
    }

    private <T> void fallBack(Ask ask, Form form, Throwable because, Reader<T> reader, CompletableFuture<T> result) {
        Form more = form.and(List.of(Map.entry("ErrorCode", Integer.toString(Trouble.codeOf(because))), Map.entry("ErrorUrl", bare(ask.url()))));
        one(ask.fallbackUrl(), ask.fallbackMethod(), more, reader).whenComplete((made, wrapped) -> {
            Throwable failure = bare(wrapped);
            if (failure == null) {
                result.complete(made);
            } else {
                log(ask, ask.fallbackUrl(), failure);
                result.completeExceptionally(failure);
            }
        });
    }

    private <T> CompletionStage<T> one(String url, String method, Form form, Reader<T> reader) {
        HttpCall call;
        try {
            call = call(url, "GET".equals(method), form);
        } catch (IllegalArgumentException wrong) {
            return CompletableFuture.failedFuture(Trouble.REFUSED.because(label(url) + ": " + wrong.getMessage()));
        }
        return outbound.http().call(call).handleAsync((answer, wrapped) -> {
            try {
                return read(url, answer, bare(wrapped), reader);
            } catch (ApplicationException | DocumentException wrong) {
                throw new CompletionException(wrong);
            }
        }, pool);
    }

    private static <T> T read(String url, HttpAnswer answer, Throwable failure, Reader<T> reader) throws ApplicationException, DocumentException {
        if (failure instanceof HttpFailure http) {
            throw Trouble.of(http).because(label(url) + ": " + http.getMessage());
        }
        if (failure != null) {
            throw Trouble.NOT_FETCHED.because(label(url) + ": " + failure.getMessage());
        }
        String text;
        try {
            text = Answers.text(answer);
        } catch (ApplicationException wrong) {
            throw new ApplicationException(wrong.code(), label(url) + ": " + wrong.getMessage());
        }
        return reader.read(answer.url(), answer.mediaType(), text);
    }

    private HttpCall call(String url, boolean get, Form form) {
        HttpCall call = (get ? HttpCall.get(url).withQuery(form.encoded()) : HttpCall.post(url, Form.MEDIA_TYPE, form.bytes()))
                .withCredentials(true).withHeader("Accept", ACCEPT);
        return key == null ? call : call.withSigner((method, where, body) -> Signature.formHeaders(key, where, body));
    }

    private static void log(Ask ask, String url, Throwable failure) {
        LOG.warn("[{}] {} {}: {}", ask.call().callId(), Trouble.codeOf(failure), failure instanceof DocumentException ? label(url) : "no document",
                failure.getMessage());
    }

    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Without fragment and credentials. */
    private static String bare(String url) {
        String sent = url.split("#", 2)[0];
        int from = sent.indexOf("://") + 3;
        int to = from;
        while (to < sent.length() && "/?".indexOf(sent.charAt(to)) < 0) {
            to++;
        }
        int user = sent.lastIndexOf('@', to - 1);
        return user < from ? sent : sent.substring(0, from) + sent.substring(user + 1);
    }

    private static String label(String url) {
        try {
            return Urls.label(URI.create(url));
        } catch (IllegalArgumentException malformed) {
            return "a malformed URL";
        }
    }
}
