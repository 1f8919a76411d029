package io.github.camelvoice.store.memory;

import io.github.camelvoice.store.SessionEntry;
import io.github.camelvoice.store.SessionRows.AccountRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Accounts and their statuses on the heap. Guarded by its owner. */
final class HeldSessions {

    private static final class Held {
        private byte[] details;
        private long sequence;
        private final TreeMap<Long, SessionEntry.Status> statuses = new TreeMap<>();
    }

    private final Map<String, Held> byName = new TreeMap<>();

    void apply(SessionEntry entry) {
        Held held = byName.computeIfAbsent(entry.account(), name -> new Held());
        if (entry instanceof SessionEntry.Put put) {
            held.details = put.details();
        } else if (entry instanceof SessionEntry.Removed) {
            held.details = null;
            forgetIfUnused(entry.account(), held);
        } else if (entry instanceof SessionEntry.Status status) {
            held.sequence = Math.max(held.sequence, status.sequence());
            held.statuses.put(status.sequence(), status);
            held.statuses.headMap(held.sequence - status.most(), true).clear();
        }
    }

    private void forgetIfUnused(String name, Held held) {
        if (held.details == null && held.statuses.isEmpty()) {
            byName.remove(name);
        }
    }

    List<AccountRow> accounts() {
        return byName.values().stream().filter(held -> held.details != null).map(held -> new AccountRow(held.sequence, held.details)).toList();
    }

    List<byte[]> statuses(String account, long after, int most) {
        Held held = byName.get(account);
        if (held == null) {
            return List.of();
        }
        List<byte[]> found = held.statuses.tailMap(after, false).values().stream().map(SessionEntry.Status::details).toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }

    /** @return how many statuses were older */
    int purge(Instant before, int most) {
        int count = 0;
        for (Map.Entry<String, Held> each : new ArrayList<>(byName.entrySet())) {
            Iterator<SessionEntry.Status> statuses = each.getValue().statuses.values().iterator();
            while (statuses.hasNext() && count < most) {
                if (statuses.next().at().isBefore(before)) {
                    statuses.remove();
                    count++;
                }
            }
            forgetIfUnused(each.getKey(), each.getValue());
        }
        return count;
    }
}
