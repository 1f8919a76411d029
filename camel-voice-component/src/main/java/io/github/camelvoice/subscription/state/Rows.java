package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlException;
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
 * table then; those that the last document named, and some before it, are remembered for documents that go on naming them.
 *
 * @param rows    alive, in the order of their appearance
 * @param ended   over and told
 * @param changed what differs from before; what is missing in a full document is in it as ended
 */
record Rows<T>(List<T> rows, List<T> ended, List<T> changed) {

    /** More are refused: somebody who goes on inventing ids. */
    static final int MOST = 5_000;
    private static final int REMEMBERED = 16;

    /** What is to be known of the things. @param same whether they say the same, times apart @param asEnded what is told of one that is missing */
    record Kind<T>(Function<T, String> id, Predicate<T> over, BiPredicate<T, T> same, UnaryOperator<T> asEnded) {
    }

    static <T> Rows<T> merge(Kind<T> kind, List<T> before, List<T> endedBefore, List<T> said, boolean full) throws XmlException {
        Map<String, T> known = byId(kind, before);
        Map<String, T> endedThen = byId(kind, endedBefore);
        Map<String, T> endedNow = new LinkedHashMap<>();
        Map<String, T> rows = full ? new LinkedHashMap<>() : byId(kind, before);
        Map<String, T> changed = new LinkedHashMap<>();
        Map<String, T> all = byId(kind, said);
        for (T each : all.values()) {
            String id = kind.id().apply(each);
            boolean over = kind.over().test(each);
            T was = known.containsKey(id) || !over ? known.get(id) : endedThen.get(id);
            if (was == null || !kind.same().test(was, each)) {
                changed.put(id, each);
            }
            endedThen.remove(id);
            if (over) {
                rows.remove(id);
                endedNow.put(id, each);
            } else {
                rows.put(id, each);
            }
        }
        if (full) {
            known.keySet().removeAll(all.keySet());
            known.forEach((id, gone) -> {
                changed.put(id, kind.asEnded().apply(gone));
                endedThen.put(id, kind.asEnded().apply(gone));
            });
        }
        if (rows.size() > MOST) {
            throw new XmlException("more than " + MOST + " at one time", "", 0, 0);
        }
        List<T> ended = new ArrayList<>(endedThen.values());
        ended.subList(0, Math.max(0, ended.size() - REMEMBERED)).clear();
        ended.addAll(endedNow.values());
        return new Rows<>(List.copyOf(rows.values()), List.copyOf(ended), List.copyOf(changed.values()));
    }

    private static <T> Map<String, T> byId(Kind<T> kind, List<T> things) {
        Map<String, T> map = new LinkedHashMap<>();
        things.forEach(each -> map.put(kind.id().apply(each), each));
        return map;
    }
}
