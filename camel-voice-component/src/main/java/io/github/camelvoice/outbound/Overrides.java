package io.github.camelvoice.outbound;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the fragment of a webhook URL asks for: {@code https://example.com/hook#rt=3000&rc=2}. The fragment is taken off before the URL is
 * used. Times are in milliseconds, -1 where the fragment has none.
 *
 * @param connect time to connect: {@code ot} or {@code ct}, 100 to 10000
 * @param read    time to wait for the answer, or for more of it: {@code rt}, 100 to 15000
 * @param total   time for all of it, redirects and attempts included: {@code tt}, 100 to 15000
 * @param retries attempts at once after a failed one: {@code rc}, 0 to 5; -1 for none said
 * @param when    what is tried again: {@code rp}, a list of {@code 4xx 5xx ct rt all}; empty for none said
 */
public record Overrides(int connect, int read, int total, int retries, Set<String> when) {

    public static final Overrides NONE = new Overrides(-1, -1, -1, -1, Set.of());
    private static final Set<String> CASES = Set.of("4xx", "5xx", "ct", "rt", "all");

    /** A URL without its fragment, and what the fragment said. */
    public record Split(String url, Overrides overrides) {
    }

    /** @throws TargetException naming the part of the fragment that is wrong */
    public static Split split(String url) throws TargetException {
        int hash = url == null ? -1 : url.indexOf('#');
        return hash < 0 ? new Split(url, NONE) : new Split(url.substring(0, hash), parse(url.substring(hash + 1)));
    }

    private static Overrides parse(String fragment) throws TargetException {
        Map<String, String> parts = new HashMap<>();
        for (String part : fragment.split("&", -1)) {
            int equal = part.indexOf('=');
            String name = equal < 0 ? part : part.substring(0, equal);
            name = name.equals("ct") ? "ot" : name;
            if (equal < 0 || !Set.of("ot", "rt", "tt", "rc", "rp").contains(name)) {
                throw TargetException.malformed("the fragment of the URL may have ot, ct, rt, tt, rc and rp, such as #ct=2000&rt=5000");
            }
            if (parts.put(name, part.substring(equal + 1)) != null) {
                throw TargetException.malformed("the fragment of the URL says " + name + " twice");
            }
        }
        return new Overrides(number(parts, "ot", 100, 10_000), number(parts, "rt", 100, 15_000), number(parts, "tt", 100, 15_000),
                number(parts, "rc", 0, 5), cases(parts.get("rp")));
    }

    private static int number(Map<String, String> parts, String name, int least, int most) throws TargetException {
        String text = parts.get(name);
        if (text == null) {
            return -1;
        }
        if (text.matches("[0-9]{1,6}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw TargetException.malformed("in the fragment of the URL, " + name + " must be a whole number from " + least + " to " + most);
    }

    private static Set<String> cases(String text) throws TargetException {
        if (text == null) {
            return Set.of();
        }
        Set<String> cases = new LinkedHashSet<>(java.util.Arrays.asList(text.split(",", -1)));
        if (!CASES.containsAll(cases)) {
            throw TargetException.malformed("in the fragment of the URL, rp must be a list of 4xx, 5xx, ct, rt and all");
        }
        return Set.copyOf(cases);
    }

    /** Whether an attempt that ended so is tried again at once; without {@code rp}, connecting is ({@code ct}). */
    boolean repeats(HttpAnswer answer, HttpFailure failure) {
        if (failure != null) {
            return switch (failure.kind()) {
                case CONNECT, TLS, UNRESOLVED -> said("ct");
                case READ_TIMEOUT, PROTOCOL -> said("rt");
                default -> false;
            };
        }
        return answer.status() >= 500 && said("5xx") || answer.status() / 100 == 4 && said("4xx");
    }

    private boolean said(String what) {
        return when.contains("all") || (when.isEmpty() ? what.equals("ct") : when.contains(what));
    }
}
