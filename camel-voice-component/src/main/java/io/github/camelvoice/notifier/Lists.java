package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.Admission.Refused;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Lists of resources: ours by name (RFC 4662), and those that come with a SUBSCRIBE (RFC 5367). Thread-safe. */
final class Lists {

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
        throw new Refused(420, null, java.util.Map.of("Unsupported", "recipient-list-subscribe"));
    }
}
