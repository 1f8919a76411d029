package io.github.camelvoice.subscription.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A table of things with ids, which full documents fill anew and partial ones change. Things that are over are told once and are no part of the
 * table then; the last ones are remembered, for documents that go on saying it.
 *
 * @param rows    alive, in the order of their appearance
 * @param ended   those last ended, at most {@value #REMEMBERED}
 * @param changed what differs from before; what is missing in a full document is in it as ended
 */
record Rows<T>(List<T> rows, List<T> ended, List<T> changed) {

    static final int REMEMBERED = 16;

    /** What is to be known of the things. @param same whether they say the same, times apart @param asEnded what is told of one that is missing */
    record Kind<T>(Function<T, String> id, Predicate<T> over, BiPredicate<T, T> same, UnaryOperator<T> asEnded) {
    }

    static <T> Rows<T> merge(Kind<T> kind, List<T> before, List<T> endedBefore, List<T> said, boolean full) {
        Map<String, T> known = byId(kind, before);
        Map<String, T> ended = byId(kind, endedBefore);
        Map<String, T> rows = full ? new LinkedHashMap<>() : byId(kind, before);
        Map<String, T> changed = new LinkedHashMap<>();
        Map<String, T> all = byId(kind, said);
        for (T each : all.values()) {
            String id = kind.id().apply(each);
            boolean over = kind.over().test(each);
            T was = known.containsKey(id) || !over ? known.get(id) : ended.get(id);
            if (was == null || !kind.same().test(was, each)) {
                changed.put(id, each);
            }
            ended.remove(id);
            if (over) {
                rows.remove(id);
                ended.put(id, each);
            } else {
                rows.put(id, each);
            }
        }
        if (full) {
            known.keySet().removeAll(all.keySet());
            known.forEach((id, gone) -> {
                changed.put(id, kind.asEnded().apply(gone));
                ended.put(id, kind.asEnded().apply(gone));
            });
        }
        List<T> last = new ArrayList<>(ended.values());
        return new Rows<>(List.copyOf(rows.values()), List.copyOf(last.subList(Math.max(0, last.size() - REMEMBERED), last.size())),
                List.copyOf(changed.values()));
    }

    private static <T> Map<String, T> byId(Kind<T> kind, List<T> things) {
        Map<String, T> map = new LinkedHashMap<>();
        things.forEach(each -> map.put(kind.id().apply(each), each));
        return map;
    }
}
