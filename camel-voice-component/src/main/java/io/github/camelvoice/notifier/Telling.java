package io.github.camelvoice.notifier;

import java.util.List;

/** What one subscription is told next. {@link #open} and {@link #size} on any thread, the rest on the mailbox of its watcher. */
final class Telling {

    private final WatcherServices services;
    private final ServedPackage served;
    private final List<String> accept;
    private volatile List<Watched> resources = List.of();
    private volatile String listUri;

    Telling(WatcherServices services, ServedPackage served, List<String> accept) {
        this.services = services;
        this.served = served;
        this.accept = accept;
    }

    void open(List<Watched> all, String list) {
        resources = List.copyOf(all);
        listUri = list;
        all.stream().filter(each -> each.refusal() == null).forEach(services.board()::watch);
    }

    void close() {
        resources.forEach(services.board()::forget);
    }

    int size() {
        return resources.size();
    }

    boolean isList() {
        return listUri != null;
    }

    /** The next body says everything, whatever was told before. */
    void everything() {
    }

    /** Whether something waits that the last body did not say. */
    boolean hasMore() {
        return served.reports() && resources.stream().anyMatch(Watched::isDirty);
    }

    /** The next body, of the state as it is now; null where there is nothing to say. */
    Body next() {
        Watched only = resources.get(0);
        only.takeDirty();
        return of(only);
    }

    private Body of(Watched watched) {
        if (served.reports()) {
            return watched.takeReport();
        }
        return services.composer().state(served, watched.key(), watched.uri(), accept, watched.nextVersion());
    }
}
