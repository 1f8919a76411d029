package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.Admission.Refused;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.PublishRequest;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.StateMerge;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Soft state that others publish (RFC 3903), and that of the engine itself. Thread-safe. */
final class Publications {

    /** The engine's own publication of a resource has no tag. */
    private static final String OURS = "";
    private static final int LARGEST = 256 * 1024;
    /** Of one resource in one package: a person has not more devices, and all are composed into one document. */
    private static final int MOST_OF_ONE = 32;

    private final NotifierOptions options;
    private final Packages packages;
    private final Admission admission;
    private final Board board;
    private final Timers timers;
    private final Executor pool;
    private final Ids ids;
    private final ConcurrentMap<String, Held> byTag = new ConcurrentHashMap<>();
    private final ConcurrentMap<ResourceKey, Timers.Timer> ours = new ConcurrentHashMap<>();

    /** A publication of somebody. */
    private record Held(ResourceKey key, Body body, Timers.Timer expiry) {
    }

    Publications(NotifierOptions options, Packages packages, Admission admission, Board board, Timers timers, Executor pool, Ids ids) {
        this.options = options;
        this.packages = packages;
        this.admission = admission;
        this.board = board;
        this.timers = timers;
        this.pool = pool;
        this.ids = ids;
    }

    // ---- of the engine

    /** @throws IllegalArgumentException naming what is wrong */
    void publish(String event, String resource, String contentType, byte[] body, int expires) {
        ServedPackage served = packages.serve(event);
        String user = resource == null ? null : admission.realm().user(resource);
        if (user == null) {
            throw new IllegalArgumentException("not a resource of ours: " + String.valueOf(resource).replaceAll("\\p{Cntrl}", "?"));
        }
        if (expires < 0) {
            throw new IllegalArgumentException("a publication cannot expire after " + expires + " seconds");
        }
        ResourceKey key = new ResourceKey(served.name(), user);
        stop(ours.remove(key));
        if (body == null) {
            board.remove(key, OURS);
            return;
        }
        String wrong = contentType == null ? "a body without a content type" : wrongWith(served, new Body(contentType, body));
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        if (served.reports()) {
            board.report(key, new Body(contentType, body.clone()));
            return;
        }
        if (board.published() >= options.maxPublished() && board.entries(key).isEmpty()) {
            throw new IllegalArgumentException("there are " + options.maxPublished() + " publications already");
        }
        board.put(key, new Board.Entry(OURS, new Body(contentType, body.clone())));
        if (expires > 0) {
            ours.put(key, timers.schedule(expires, TimeUnit.SECONDS, pool, () -> {
                ours.remove(key);
                board.remove(key, OURS);
            }));
        }
    }

    /** @return null if nothing is */
    private static String wrongWith(ServedPackage served, Body body) {
        if (body.bytes().length > LARGEST) {
            return "a body of more than " + LARGEST + " bytes";
        }
        if (body.contentType().chars().anyMatch(c -> c < ' ' || c > '~') || !body.type().matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")) {
            return "not a content type";
        }
        if (!served.types().isEmpty() && !served.types().contains(body.type())) {
            return served.name() + " has bodies of type " + String.join(", ", served.types()) + ", not " + body.type();
        }
        StateMerge read = EventPackages.of(served.name()).merge(null, body.contentType(), body.bytes());
        return read instanceof StateMerge.Broken broken ? "the body of " + served.name() + " cannot be read: " + broken.why() : null;
    }

    // ---- of others

    /** Takes a PUBLISH, and tells the followers of it. */
    void published(PublishRequest request, Consumer<Publication> followers) throws Refused {
        EventTerms terms = request.terms();
        ServedPackage served = admission.served(terms);
        if (!admission.realm().isOurs(terms.host()) || terms.user().isEmpty()) {
            throw new Refused(404);
        }
        boolean known = !terms.authenticated().isEmpty();
        if (!terms.trusted() && !(known && (served.reports() || Realm.isOwn(terms.authenticated(), terms.user())))) {
            throw new Refused(403);
        }
        int granted = admission.granted(terms.expires(), served.expires());
        ResourceKey key = new ResourceKey(served.name(), terms.user());
        String tag = ids.token();
        boolean empty = terms.bodyLength() == 0;
        if (request.ifMatch() == null && empty) {
            throw new Refused(400, "A First Publication Has A Body", Map.of());
        }
        Body body = empty ? null : new Body(terms.contentType() == null ? "" : terms.contentType(), Admission.body(request));
        if (body != null) {
            check(served, body);
        }
        if (request.ifMatch() != null) {
            Held before = byTag.get(request.ifMatch());
            if (before == null || !before.key().equals(key) || !byTag.remove(request.ifMatch(), before)) {
                throw new Refused(412);
            }
            before.expiry().cancel();
            replace(key, request.ifMatch(), tag, body == null ? before.body() : body, granted, body != null);
        } else if (served.reports()) {
            board.report(key, body);
        } else if (granted > 0) {
            if (board.published() >= options.maxPublished() || board.entries(key).size() >= MOST_OF_ONE) {
                throw new Refused(503, null, Map.of("Retry-After", "60"));
            }
            board.put(key, new Board.Entry(tag, body));
            hold(key, tag, body, granted);
        }
        request.accept(tag, granted);
        followers.accept(new Publication(served.name(), terms.resource(), terms.from(), terms.authenticated(), terms.contentType(),
                body == null ? new byte[0] : body.bytes(), granted, terms.headers()));
    }

    private static void check(ServedPackage served, Body body) throws Refused {
        if (!served.types().isEmpty() && !served.types().contains(body.type())) {
            throw new Refused(415, null, Map.of("Accept", String.join(", ", served.types())));
        }
        if (wrongWith(served, body) != null) {
            throw new Refused(400, "The Body Cannot Be Read", Map.of());
        }
    }

    private void replace(ResourceKey key, String old, String tag, Body body, int granted, boolean modified) {
        if (granted == 0) {
            board.remove(key, old);
            return;
        }
        if (modified) {
            board.replace(key, old, new Board.Entry(tag, body));
        } else {
            board.rename(key, old, tag);
        }
        hold(key, tag, body, granted);
    }

    private void hold(ResourceKey key, String tag, Body body, int granted) {
        byTag.put(tag, new Held(key, body, timers.schedule(granted, TimeUnit.SECONDS, pool, () -> {
            if (byTag.remove(tag) != null) {
                board.remove(key, tag);
            }
        })));
    }

    private static void stop(Timers.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
