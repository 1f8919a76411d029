package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.notifier.NotifierFigures;
import io.github.camelvoice.notifier.Publication;
import io.github.camelvoice.notifier.PublicationHandler;
import io.github.camelvoice.notifier.WatcherDecision;
import io.github.camelvoice.notifier.WatcherHandler;
import io.github.camelvoice.notifier.WatcherInfo;
import io.github.camelvoice.notifier.WatcherRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A notifier without a network: what was published, and what was decided, is here. */
final class FakeNotifier implements Notifier {

    final List<String> published = new CopyOnWriteArrayList<>();
    final List<String> decided = new CopyOnWriteArrayList<>();
    final List<WatcherInfo> watchers = new CopyOnWriteArrayList<>();
    volatile IllegalArgumentException wrong;
    private final List<WatcherHandler> handlers = new CopyOnWriteArrayList<>();
    private final List<PublicationHandler> followers = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> publish(String event, String resource, String contentType, byte[] body, int expires) {
        if (wrong != null) {
            return CompletableFuture.failedFuture(wrong);
        }
        published.add(event + " " + resource + " " + contentType + " " + (body == null ? null : new String(body, StandardCharsets.UTF_8)) + " " + expires);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void list(String resource, List<String> members) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public Registration onWatcher(WatcherHandler handler) {
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    @Override
    public boolean decide(String watcherId, WatcherDecision decision) {
        decided.add("again " + text(watcherId, decision));
        return watchers.stream().anyMatch(watcher -> watcher.id().equals(watcherId));
    }

    private static String text(String watcherId, WatcherDecision decision) {
        return watcherId + " " + decision.kind() + " " + decision.code() + (decision.phrase() == null ? "" : " " + decision.phrase());
    }

    /** @return whether somebody wants to decide */
    boolean asks(WatcherRequest request) {
        return handlers.stream().filter(handler -> handler.wants(request)).findFirst().map(handler -> {
            handler.asked(request, decision -> decided.add(text(request.id(), decision)));
            return true;
        }).orElse(false);
    }

    @Override
    public Registration onPublication(PublicationHandler handler) {
        followers.add(handler);
        return () -> followers.remove(handler);
    }

    void publishes(Publication publication) {
        followers.forEach(follower -> follower.published(publication));
    }

    @Override
    public List<WatcherInfo> watchers() {
        return watchers;
    }

    @Override
    public NotifierFigures figures() {
        return null;
    }
}
