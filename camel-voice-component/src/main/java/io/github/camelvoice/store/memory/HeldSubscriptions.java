package io.github.camelvoice.store.memory;

import io.github.camelvoice.store.SubscriptionEntry;
import io.github.camelvoice.store.SubscriptionRows.Row;
import io.github.camelvoice.store.SubscriptionRows.StateRow;
import io.github.camelvoice.subscription.Ownership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subscriptions on the heap, until they end. Guarded by its owner. */
final class HeldSubscriptions {

    private record Place(String resource, String instance) {
    }

    private static final class Held {
        private final String source;
        private SubscriptionEntry.Put put;
        private long version;
        private long told;
        private final Map<Place, StateRow> states = new LinkedHashMap<>();

        private Held(String source) {
            this.source = source;
        }

        private Row row(boolean whole) {
            return new Row(source, version, told, put.details(), whole ? List.copyOf(states.values()) : List.of());
        }
    }

    private final Map<String, Held> byId = new LinkedHashMap<>();

    void apply(String source, SubscriptionEntry entry) {
        if (entry instanceof SubscriptionEntry.Put put) {
            Held held = byId.computeIfAbsent(put.id(), id -> new Held(source));
            held.put = put;
            held.version = Math.max(held.version, put.version());
        } else if (entry instanceof SubscriptionEntry.State state) {
            Held held = byId.get(state.id());
            if (held != null) {
                held.version = Math.max(held.version, state.version());
                keep(held, state);
            }
        } else if (entry instanceof SubscriptionEntry.Told told) {
            Held held = byId.get(told.id());
            if (held != null) {
                held.told = Math.max(held.told, told.version());
            }
        } else if (entry instanceof SubscriptionEntry.Removed removed) {
            byId.remove(removed.id());
        }
    }

    private static void keep(Held held, SubscriptionEntry.State state) {
        Place place = new Place(state.resource(), state.instance());
        StateRow before = held.states.get(place);
        if (before != null && before.version() > state.version()) {
            return;
        }
        if (state.details() == null) {
            held.states.remove(place);
        } else {
            held.states.put(place, new StateRow(state.version(), state.details()));
        }
    }

    List<Row> ofPartition(int partition) {
        List<Row> found = new ArrayList<>();
        byId.forEach((id, held) -> {
            if (Ownership.partition(id) == partition) {
                found.add(held.row(true));
            }
        });
        return found;
    }

    Optional<Row> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(held -> held.row(true));
    }

    List<Row> list(String account, int most) {
        return byId.values().stream().filter(held -> account == null || account.equals(held.put.account())).limit(most)
                .map(held -> held.row(false)).toList();
    }
}
