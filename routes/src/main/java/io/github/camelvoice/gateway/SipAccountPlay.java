package io.github.camelvoice.gateway;

import io.github.camelvoice.session.SessionStatus;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * {@code POST …/session/call/play}: finds the files, gives them to the route that plays them, and answers when they were played or the time to wait is
 * over: 202 then, and the status tells of the end. Blocks no thread.
 */
public final class SipAccountPlay extends AsyncProcessorSupport {

    private static final String PLAY = "voice:session?operation=play";
    private static final int WAIT = 1;
    private static final int LONGEST = 60;

    private final SipAccountApi accounts;
    private final CallApi calls;
    private final SessionFiles files;
    private final Vertx vertx;
    private ProducerTemplate template;

    SipAccountPlay(SipAccountApi accounts, CallApi calls, SessionFiles files, Vertx vertx) {
        this.accounts = accounts;
        this.calls = calls;
        this.files = files;
        this.vertx = vertx;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            accounts.named(exchange);
            int wait = seconds(exchange.getMessage().getHeader("wait", String.class));
            files.find(wanted(exchange.getMessage())).thenCompose(found -> play(exchange, found, wait)).whenComplete((status, failure) -> {
                if (failure != null) {
                    exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
                } else if (status == null) {
                    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
                    exchange.getMessage().setBody(accounts.mustSee(SipAccountApi.Caller.of(exchange), exchange.getMessage().getHeader("name", String.class))
                            .status());
                } else {
                    exchange.getMessage().setBody(status);
                }
                callback.done(false);
            });
            return false;
        } catch (RuntimeException wrong) {
            exchange.setException(wrong);
            callback.done(true);
            return true;
        }
    }

    private static int seconds(String text) {
        if (text == null) {
            return WAIT;
        }
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LONGEST) {
            return Integer.parseInt(text);
        }
        throw new ApiException(400, "bad-parameter", "wait must be 1 to " + LONGEST + ", in seconds");
    }

    @SuppressWarnings("unchecked")
    private List<SessionFiles.Wanted> wanted(Message message) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        byte[] body = type.startsWith("audio/") ? message.getBody(byte[].class) : null;
        if (body != null && body.length > 0) {
            return List.of(new SessionFiles.Wanted(body, null, null));
        }
        calls.apply(ApiFields.PLAY_FILES, message);
        List<SessionFiles.Wanted> wanted = (List<SessionFiles.Wanted>) message.removeHeader(SessionFiles.HEADER);
        if (wanted == null) {
            throw ApiException.badField("files", "is missing");
        }
        return wanted;
    }

    /** @return null where it takes longer */
    private CompletionStage<SessionStatus> play(Exchange exchange, List<Object> found, int wait) {
        Exchange copy = exchange.copy();
        copy.getMessage().setBody(found);
        CompletableFuture<SessionStatus> result = new CompletableFuture<>();
        long timer = vertx.setTimer(wait * 1000L, late -> result.complete(null));
        template(exchange.getContext()).asyncSend(PLAY, copy).whenComplete((played, failure) -> {
            vertx.cancelTimer(timer);
            Throwable wrong = failure != null ? failure : played.getException();
            if (wrong != null) {
                result.completeExceptionally(wrong);
            } else {
                result.complete(played.getMessage().getBody(SessionStatus.class));
            }
        });
        return result;
    }

    private synchronized ProducerTemplate template(CamelContext context) {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        return template;
    }
}
