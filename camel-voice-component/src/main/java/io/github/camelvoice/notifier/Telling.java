package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.mime.Multipart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one subscription is told next. {@link #open} and {@link #size} on any thread, the rest on the mailbox of its watcher. */
final class Telling {

    /** Right side of our content ids. */
    private static final String HOST = "voice";
    /** What a message has beside the documents of a list, for each of them. */
    private static final int PER_PART = 350;

    private final WatcherServices services;
    private final ServedPackage served;
    private final List<String> accept;
    private final Map<String, String> parameters;
    private final int room;
    private volatile List<Watched> resources = List.of();
    private volatile String listUri;
    private boolean full = true;
    private long version;

    /** @param room bytes that the documents of one list may take: what does not fit comes with the next NOTIFY */
    Telling(WatcherServices services, ServedPackage served, EventTerms terms, int room) {
        this.services = services;
        this.served = served;
        this.accept = terms.accept();
        this.parameters = terms.parameters();
        this.room = room;
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
        full = true;
        resources.forEach(Watched::markDirty);
    }

    /** Whether there is something that the last body did not say. */
    boolean hasNews() {
        return resources.stream().anyMatch(each -> each.refusal() == null && each.isDirty());
    }

    /** The next body, of the state as it is now; null where there is nothing to say. */
    Body next() {
        return isList() ? list() : of(resources.get(0));
    }

    private Body of(Watched watched) {
        watched.takeDirty();
        if (served.reports()) {
            return watched.takeReport();
        }
        return services.composer().state(served, watched.key(), watched.uri(), parameters, accept, watched.nextVersion());
    }

    private Body list() {
        List<ListNotification.Resource> told = new ArrayList<>();
        Map<String, ListNotification.Part> parts = new LinkedHashMap<>();
        int used = 0;
        for (int i = 0; i < resources.size(); i++) {
            Watched each = resources.get(i);
            if (each.refusal() != null) {
                if (full) {
                    told.add(resource(each, ListNotification.State.TERMINATED, each.refusal(), null));
                }
                continue;
            }
            boolean fits = used < room;
            if (!each.isDirty() || !fits) {
                if (full) {
                    told.add(new ListNotification.Resource(each.uri(), List.of(), List.of()));
                }
                continue;
            }
            Body body = of(each);
            String cid = body == null ? null : "r" + i + "-" + version + "@" + HOST;
            if (body != null) {
                parts.put(cid, new ListNotification.Part(body.contentType(), body.bytes(), null));
                used += body.bytes().length + PER_PART;
            }
            told.add(resource(each, ListNotification.State.ACTIVE, null, cid));
        }
        Multipart.Written written = new ListNotification(listUri, version++, full, List.of(), told, parts).write(HOST);
        full = false;
        return new Body(written.contentType(), written.body());
    }

    /** A resource has one instance: it is us who watch it. */
    private static ListNotification.Resource resource(Watched watched, ListNotification.State state, String reason, String cid) {
        return new ListNotification.Resource(watched.uri(), List.of(), List.of(new ListNotification.Instance("1", state, reason, cid)));
    }
}
