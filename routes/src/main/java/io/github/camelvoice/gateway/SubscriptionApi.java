package io.github.camelvoice.gateway;

import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.Subscriptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What the routes of {@code /api/v1/subscriptions} cannot say in YAML: the subscriptions of all accounts, for those who look after the gateway.
 * Waits for the database, and for an end to be written down. Thread-safe.
 */
public final class SubscriptionApi {

    private static final long PATIENCE_SECONDS = 10;
    private static final int RESOURCES = 200;

    private final Supplier<Subscriptions> subscriptions;
    private final Supplier<Notifier> notifier;

    SubscriptionApi(Supplier<Subscriptions> subscriptions, Supplier<Notifier> notifier) {
        this.subscriptions = subscriptions;
        this.notifier = notifier;
    }

    /** {@code GET /subscriptions}. */
    public void list(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int limit = CallApi.limit(message.getHeader("limit", String.class));
        List<SubscriptionInfo> found = subscriptions.get().findAll(message.getHeader("account", String.class), limit + 1);
        message.setBody(SubscriptionJson.page(found.subList(0, Math.min(limit, found.size())), found.size() > limit));
    }

    /** {@code GET /subscriptions/{id}}: with the resources that have the text of {@code resource} in their URI, as many as {@code limit} says. */
    public void show(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String limit = message.getHeader("limit", String.class);
        String part = message.getHeader("resource", String.class);
        message.setBody(SubscriptionJson.whole(found(exchange), part == null ? "" : part.toLowerCase(Locale.ROOT),
                limit == null ? RESOURCES : CallApi.limit(limit)));
    }

    private SubscriptionInfo found(Exchange exchange) throws IOException {
        return subscriptions.get().find(exchange.getMessage().getHeader("id", String.class)).orElseThrow(SubscriptionApi::nothing);
    }

    private static ApiException nothing() {
        return new ApiException(404, "no-such-subscription", "there is no such subscription");
    }

    /** {@code GET /subscriptions/{id}/document}: the last document of a resource, as it came. */
    public void document(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String resource = message.getHeader("resource", String.class);
        String instance = message.getHeader("instance", String.class);
        if (resource == null) {
            throw new ApiException(400, "bad-parameter", "resource is needed: its URI");
        }
        InstanceInfo.RawDocument last = found(exchange).resources().stream().filter(each -> each.uri().equals(resource))
                .flatMap(each -> each.instances().stream()).filter(each -> instance == null || instance.equals(each.id())).map(InstanceInfo::last)
                .filter(document -> document != null).findFirst()
                .orElseThrow(() -> new ApiException(404, "no-such-document", "this resource has told nothing yet"));
        // Whatever others say, no browser is to take it for a page.
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setBody(last.text());
    }

    /** {@code DELETE /subscriptions/{id}}. */
    public void end(Exchange exchange) {
        try {
            subscriptions.get().end(exchange.getMessage().getHeader("id", String.class)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof SubscriptionException refused && refused.kind() == SubscriptionException.Kind.NOT_FOUND) {
                throw nothing();
            }
            throw new ApiException(503, "unavailable", failure.getCause() instanceof SubscriptionException ? failure.getCause().getMessage() : null);
        } catch (TimeoutException late) {
            throw new ApiException(503, "unavailable", "it could not be written down in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "unavailable", null);
        }
        exchange.getMessage().setBody(null);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
    }

    /** {@code GET /watchers}: who watches us. */
    public void watchers(Exchange exchange) {
        exchange.getMessage().setBody(SubscriptionJson.watchers(notifier.get().watchers()));
    }
}
