package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.Admission.Refused;
import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Lists of resources: ours by name (RFC 4662), and those that come with a SUBSCRIBE (RFC 5367). Thread-safe. */
final class Lists {

    /** Bounds the work that a list can make before it is refused for its size. */
    private static final int MOST_READ = 10_000;

    private final int most;
    private final ConcurrentMap<String, List<String>> byUser = new ConcurrentHashMap<>();

    Lists(int most) {
        this.most = most;
    }

    boolean has(String user) {
        return byUser.containsKey(user);
    }

    List<String> members(String user) {
        return byUser.getOrDefault(user, List.of());
    }

    /** @throws IllegalArgumentException if there are too many */
    void set(String user, List<String> members) {
        if (members.size() > most) {
            throw new IllegalArgumentException("a list has " + most + " members at most, this one has " + members.size());
        }
        if (members.isEmpty()) {
            byUser.remove(user);
        } else {
            byUser.put(user, members.stream().distinct().toList());
        }
    }

    /** The resources of a recipient list. */
    List<String> read(String contentType, byte[] body) throws Refused {
        if (contentType == null || !Body.type(contentType).equals(ResourceLists.TYPE)) {
            throw new Refused(415, null, Map.of("Accept", ResourceLists.TYPE));
        }
        List<String> resources;
        try {
            resources = ResourceLists.read(contentType, body, MOST_READ).entries().stream().map(ResourceLists.Entry::uri).toList();
        } catch (XmlException malformed) {
            throw new Refused(400, "The List Cannot Be Read", Map.of());
        }
        if (resources.isEmpty()) {
            throw new Refused(400, "The List Is Empty", Map.of());
        }
        if (resources.size() > most) {
            throw new Refused(413, "More Than " + most + " Resources", Map.of());
        }
        return resources;
    }
}
