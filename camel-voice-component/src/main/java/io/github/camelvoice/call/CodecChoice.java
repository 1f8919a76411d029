package io.github.camelvoice.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which codecs the two legs of a bridge are to agree on, so that nothing is transcoded that need not be, and nothing agreed that cannot be
 * transcoded and would have to be. Encoding names, upper case.
 */
final class CodecChoice {

    private CodecChoice() {
    }

    /**
     * What to offer to a second call.
     *
     * @param agreed     what the first call speaks already, null before its answer
     * @param offered    what the far end of the first call offered, in its order; empty if unknown
     * @param wish       codecs in order of preference
     * @param transcodes codecs that can be turned into others
     */
    static List<String> toOffer(String agreed, List<String> offered, List<String> wish, Predicate<String> transcodes) {
        List<String> wanted = upper(wish);
        if (agreed == null && offered.isEmpty()) {
            return wanted;
        }
        List<String> known = agreed == null ? offered : List.of(agreed);
        Set<String> order = new LinkedHashSet<>(known);
        order.retainAll(new LinkedHashSet<>(wanted));
        if (known.stream().anyMatch(transcodes)) {
            wanted.stream().filter(transcodes).forEach(order::add);
        }
        return List.copyOf(order);
    }

    /**
     * What the first call is to be answered with, once the second took a codec: that one alone where the caller offered it, since an answer
     * takes the first of the offerer's that we list.
     *
     * @param offered as above; empty where we are to offer
     */
    static List<String> toAnswer(String taken, List<String> offered, List<String> wish, Predicate<String> transcodes) {
        List<String> wanted = upper(wish);
        if (taken == null) {
            return wanted;
        }
        if (offered.contains(taken)) {
            return List.of(taken);
        }
        List<String> rest = new ArrayList<>(wanted.stream().filter(transcodes).toList());
        if (offered.isEmpty()) {
            rest.remove(taken);
            rest.add(0, taken);
        }
        return rest;
    }

    private static List<String> upper(List<String> names) {
        return names.stream().map(name -> name.toUpperCase(Locale.ROOT)).distinct().toList();
    }
}
