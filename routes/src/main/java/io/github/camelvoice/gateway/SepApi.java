package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.sep.SepDocument;
import io.github.camelvoice.subscription.sep.SepException;
import io.github.camelvoice.subscription.sep.SepJson;
import io.github.camelvoice.subscription.sep.SepReader;
import io.github.camelvoice.subscription.sep.SepRequest;
import io.github.camelvoice.subscription.sep.SepViews;
import io.github.camelvoice.subscription.sep.SepWriter;
import io.github.camelvoice.webhook.SubscriptionCallbacks;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The SIP Event Package API: a document comes, a subscription is made, and seen under the place that it was given, as XML or JSON. What is asked
 * of the engine is waited for: on threads that are there for it. Thread-safe.
 */
public final class SepApi {

    /** Of the path; the first is the one of the namespace. */
    static final List<String> VERSIONS = List.of("2009-06", "2009-01");
    private static final String MEDIA = "voiceSepMedia";
    private static final String ORIGIN = "http-";
    private static final int MOST_LISTED = 1_000;
    private static final long PATIENCE_SECONDS = 10;

    private final Supplier<VoiceEngine> engine;
    private final SubscribeSettings settings;
    private final SepReceivers receivers;
    private final EngineClock clock;

    /** @param receivers says where callbacks may go */
    SepApi(Supplier<VoiceEngine> engine, SubscribeSettings settings, SepReceivers receivers, EngineClock clock) {
        this.engine = engine;
        this.settings = settings;
        this.receivers = receivers;
        this.clock = clock;
    }

    /** {@code GET}, {@code HEAD} and {@code POST} of all subscriptions. */
    public void collection(Exchange exchange) throws Exception {
        SepMedia media = begin(exchange);
        if (method(exchange).equals("POST")) {
            create(exchange, media);
        } else {
            list(exchange, media);
        }
    }

    /** {@code GET}, {@code HEAD}, {@code PUT} and {@code DELETE} of one. */
    public void one(Exchange exchange) throws Exception {
        SepMedia media = begin(exchange);
        SubscriptionInfo info = found(exchange);
        switch (method(exchange)) {
            case "PUT" -> change(exchange, media, info);
            case "DELETE" -> {
                mustMatch(exchange, info);
                await(subscriptions().end(info.id()));
                exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
                exchange.getMessage().setBody(null);
            }
            default -> show(exchange, media, info);
        }
    }

    /** What the client takes; kept for errors, since headers are overwritten. */
    private static SepMedia begin(Exchange exchange) {
        Message message = exchange.getMessage();
        String accept = message.getHeader("Accept", String.class);
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        boolean reads = method(exchange).equals("GET") || method(exchange).equals("HEAD");
        exchange.setProperty(MEDIA, SepMedia.ofErrors(accept, reads ? null : type));
        SepMedia media = SepMedia.of(accept, reads ? SepMedia.XML : SepMedia.ofBody(type));
        if (media == null) {
            throw new SepError(406, "not-acceptable", null, "there are text/xml, application/xml and application/json");
        }
        return media;
    }

    private static String method(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class);
    }

    private Subscriptions subscriptions() {
        return engine.get().subscriptions();
    }

    private static String account(Exchange exchange) {
        return exchange.getMessage().getHeader(LamlApi.ACCOUNT, String.class);
    }

    /** Others' subscriptions are not there for this account. */
    private SubscriptionInfo found(Exchange exchange) throws IOException {
        String id = exchange.getMessage().getHeader("id", String.class);
        if (id == null || !id.matches("[A-Za-z0-9-]{1,128}")) {
            throw SepError.noSubscription();
        }
        return subscriptions().find(id).filter(info -> info.account().equals(account(exchange))
                && info.state() != SubscriptionInfo.State.ENDED).orElseThrow(SepError::noSubscription);
    }

    private static String version(Exchange exchange) {
        String path = String.valueOf(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        return VERSIONS.stream().filter(each -> path.startsWith("/v/" + each + "/")).findFirst().orElse(VERSIONS.get(0));
    }

    private SepRequest read(Exchange exchange) throws SepException {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        SepRequest request = SepMedia.ofBody(type) == SepMedia.JSON ? SepJson.read(body == null ? new byte[0] : body, settings.resources())
                : SepReader.xml(body == null ? new byte[0] : body, charset(type), settings.resources());
        if (request.expires() != null && !request.expires().isAfter(clock.now())) {
            throw new SepError(400, "past-expires", "expires", "expires is over already; it is " + SepWriter.time(clock.now()) + " now");
        }
        if (request.receiver() != null) {
            receivers.check(request.receiver(), message.getHeader("Host", String.class));
        }
        return request;
    }

    private static String charset(String type) {
        for (String part : type == null ? new String[0] : type.split(";")) {
            String plain = part.strip().toLowerCase(Locale.ROOT);
            if (plain.startsWith("charset=")) {
                return plain.substring("charset=".length()).replace("\"", "").strip();
            }
        }
        return null;
    }

    /** As it was asked for, up to the longest time that there is. */
    private Instant until(SepRequest request) {
        Instant latest = clock.now().plus(settings.expires());
        return request.expires() == null || request.expires().isAfter(latest) ? latest : request.expires();
    }

    private static List<SubscriptionRequest.Resource> resources(SepRequest request) {
        return request.resources().stream().map(each -> new SubscriptionRequest.Resource(each.uri(), each.displayName())).toList();
    }

    private void create(Exchange exchange, SepMedia media) throws Exception {
        SepRequest request = read(exchange);
        boolean json = SepMedia.ofBody(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class)) == SepMedia.JSON;
        SubscriptionInfo info = await(subscriptions().create(new SubscriptionRequest(null, account(exchange), request.event(), resources(request),
                request.accept(), 0, until(request), request.receiver(), ORIGIN + version(exchange) + (json ? SubscriptionCallbacks.JSON : ""),
                SubscriptionRequest.Lists.AUTO, null, null, null)));
        Message message = exchange.getMessage();
        String location = place(exchange, version(exchange)) + "/" + info.id();
        answer(exchange, media, 201, media == SepMedia.XML ? SepWriter.xml(document(info, false)) : SepWriter.json(document(info, false)));
        message.setHeader("Location", location);
        message.setHeader("ETag", tag(info, media, false));
    }

    private String place(Exchange exchange, String version) {
        return receivers.base(exchange.getMessage().getHeader("Host", String.class)) + "/v/" + version + "/sep";
    }

    private SepDocument document(SubscriptionInfo info, boolean merged) {
        return SepViews.whole(info, engine.get().bindings().advertised(), merged);
    }

    private void show(Exchange exchange, SepMedia media, SubscriptionInfo info) {
        Message message = exchange.getMessage();
        String state = message.getHeader("state", String.class);
        if (state != null && !state.equals("full")) {
            throw new SepError(400, "bad-parameter", null, "state must be full, or left out");
        }
        boolean merged = state != null;
        String tag = tag(info, media, merged);
        if (SepTags.matches(message.getHeader("If-None-Match", String.class), tag)) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            message.removeHeader(Exchange.CONTENT_TYPE);
            message.setBody(null);
        } else {
            SepDocument document = document(info, merged);
            answer(exchange, media, 200, media == SepMedia.XML ? SepWriter.xml(document) : SepWriter.json(document));
        }
        message.setHeader("ETag", tag);
        message.setHeader("Vary", "Accept");
    }

    /** Each form of a document has its own. */
    private static String tag(SubscriptionInfo info, SepMedia media, boolean merged) {
        return SepTags.of(info.version(), media.name().toLowerCase(Locale.ROOT) + (merged ? "-full" : ""));
    }

    private static void mustMatch(Exchange exchange, SubscriptionInfo info) {
        String wanted = exchange.getMessage().getHeader("If-Match", String.class);
        if (wanted != null && !SepTags.isVersion(wanted, info.version())) {
            throw new SepError(412, "precondition-failed", null, "the subscription has changed: it has another ETag now");
        }
    }

    private void change(Exchange exchange, SepMedia media, SubscriptionInfo info) throws Exception {
        mustMatch(exchange, info);
        SepRequest request = read(exchange);
        if (!request.event().equals(info.event())) {
            throw new SepError(409, "fixed", "event", "the event of a subscription stays: " + info.event());
        }
        if (!request.accept().isEmpty() && !new HashSet<>(request.accept()).equals(new HashSet<>(info.accept()))) {
            throw new SepError(409, "fixed", "accept", "what a subscription accepts stays");
        }
        if (request.receiver() == null && info.receiver() != null) {
            throw new SepError(409, "fixed", "notify", "who is told may be somebody else, but not nobody");
        }
        SubscriptionInfo now = await(subscriptions().change(info.id(), new SubscriptionEdit(resources(request), until(request), request.receiver())));
        answer(exchange, media, 200, media == SepMedia.XML ? SepWriter.xml(document(now, false)) : SepWriter.json(document(now, false)));
        exchange.getMessage().setHeader("ETag", tag(now, media, false));
    }

    private void list(Exchange exchange, SepMedia media) throws IOException {
        String place = place(exchange, version(exchange));
        List<SepWriter.Summary> all = subscriptions().findAll(account(exchange), MOST_LISTED).stream()
                .filter(info -> info.state() != SubscriptionInfo.State.ENDED).map(info -> new SepWriter.Summary(place + "/" + info.id(), info.event(),
                        info.state().name().toLowerCase(Locale.ROOT), info.version(), info.size(), info.receiver(), info.until())).toList();
        answer(exchange, media, 200, media == SepMedia.XML ? SepWriter.xml(all) : SepWriter.json(all));
        exchange.getMessage().setHeader("Vary", "Accept");
    }

    private static void answer(Exchange exchange, SepMedia media, int status, byte[] body) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, media.type());
        message.setBody(body);
    }

    private static <T> T await(CompletionStage<T> stage) throws SubscriptionException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException wrapped) {
            if (wrapped.getCause() instanceof SubscriptionException refused) {
                throw refused;
            }
            throw new IllegalStateException(wrapped.getCause());
        } catch (TimeoutException late) {
            throw new SepError(503, "unavailable", null, "it could not be written down in time");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new SepError(503, "unavailable", null, null);
        }
    }

    /** Any failure. */
    public void problem(Exchange exchange) {
        SepError error = SepError.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        SepMedia media = exchange.getProperty(MEDIA, SepMedia.XML, SepMedia.class);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, error.status());
        message.setHeader(Exchange.CONTENT_TYPE, media.problems());
        if (error.retryAfter() > 0) {
            message.setHeader("Retry-After", error.retryAfter());
        }
        message.setBody(error.text(media).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
