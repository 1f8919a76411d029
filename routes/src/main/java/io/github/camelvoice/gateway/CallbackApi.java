package io.github.camelvoice.gateway;

import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.StoreException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the routes of {@code /api/v1/callbacks} cannot say in YAML. Waits for the database, and for a change to be written down. Thread-safe. */
public final class CallbackApi {

    private static final long PATIENCE_SECONDS = 10;

    private final Supplier<CallArchive> archive;
    private final Supplier<Dispatcher> dispatcher;

    /** @param archive gives null where nothing is kept */
    CallbackApi(Supplier<CallArchive> archive, Supplier<Dispatcher> dispatcher) {
        this.archive = archive;
        this.dispatcher = dispatcher;
    }

    /** {@code GET /callbacks}. */
    public void list(Exchange exchange) throws StoreException {
        Message message = exchange.getMessage();
        CallbackQuery query = new CallbackQuery(state(message.getHeader("state", String.class)), message.getHeader("call", String.class),
                message.getHeader("pageToken", String.class), CallApi.limit(message.getHeader("limit", String.class)));
        try {
            message.setBody(CallbackJson.page(kept().callbacks(query)));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "bad-parameter", "pageToken is none of this list");
        }
    }

    private static CallbackState state(String label) {
        try {
            return label == null ? null : CallbackState.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "bad-parameter", "state must be waiting, delivered or given-up");
        }
    }

    /** {@code GET /callbacks/{id}}. */
    public void show(Exchange exchange) throws StoreException {
        exchange.getMessage().setBody(CallbackJson.whole(found(exchange), HistoryApi.isRaw(exchange)));
    }

    /** {@code POST /callbacks/{id}/replay}: one that was given up is tried again. */
    public void replay(Exchange exchange) throws StoreException {
        StoredCallback callback = ours(exchange, CallbackState.GIVEN_UP, "only a callback that was given up can be replayed");
        done(exchange, dispatcher.get().replay(callback), "the callback waits already");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    }

    /** {@code DELETE /callbacks/{id}}: one that waits is given up. */
    public void drop(Exchange exchange) throws StoreException {
        StoredCallback callback = ours(exchange, CallbackState.WAITING, "only a callback that waits can be given up");
        done(exchange, dispatcher.get().drop(callback.number()), "the callback does not wait any more");
    }

    private CallArchive kept() {
        CallArchive calls = archive.get();
        if (calls == null) {
            throw new ApiException(503, "not-kept", "callbacks are not kept");
        }
        return calls;
    }

    private StoredCallback found(Exchange exchange) throws StoreException {
        return kept().callback(exchange.getMessage().getHeader("id", String.class))
                .orElseThrow(() -> new ApiException(404, "no-such-callback", "there is no such callback"));
    }

    private StoredCallback ours(Exchange exchange, CallbackState state, String otherwise) throws StoreException {
        StoredCallback callback = found(exchange);
        if (!kept().isOurs(callback.id())) {
            throw new ApiException(409, "elsewhere", "another gateway with the same database delivers this callback: ask that one");
        }
        if (callback.state() != state) {
            throw new ApiException(409, "callback-state", otherwise);
        }
        return callback;
    }

    private void done(Exchange exchange, CompletionStage<Boolean> change, String otherwise) throws StoreException {
        try {
            if (!change.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ApiException(409, "callback-state", otherwise);
            }
        } catch (ExecutionException e) {
            throw new ApiException(503, "unavailable", e.getCause() instanceof IllegalStateException ? e.getCause().getMessage() : null);
        } catch (TimeoutException e) {
            throw new ApiException(503, "unavailable", "it could not be written down in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "unavailable", null);
        }
        show(exchange);
    }
}
