package io.github.camelvoice.call.guard;

import java.util.ArrayList;
import java.util.List;

/** Destinations that may be called: no entry of the one list, and some entry of the other. Immutable. */
public final class CallRules {

    /** Everything may be called. */
    public static final CallRules ALL = new CallRules("*", "none");

    private final List<CallPattern> allow;
    private final List<CallPattern> deny;

    /**
     * @param allow patterns, separated by commas; {@code none} allows nothing
     * @param deny  patterns, separated by commas; {@code none} or nothing denies nothing
     * @throws IllegalArgumentException naming the entry that cannot be used
     */
    public CallRules(String allow, String deny) {
        this.allow = read(allow);
        this.deny = read(deny);
    }

    private static List<CallPattern> read(String text) {
        List<CallPattern> patterns = new ArrayList<>();
        if (text != null && !text.isBlank() && !text.strip().equals("none")) {
            for (String entry : text.split(",", -1)) {
                patterns.add(CallPattern.of(entry.strip()));
            }
        }
        return List.copyOf(patterns);
    }

    /** Why there may be no call, for the log; null if there may. */
    String objection(Destination destination) {
        for (CallPattern pattern : deny) {
            if (pattern.denies(destination)) {
                return "denied by " + pattern;
            }
        }
        for (CallPattern pattern : allow) {
            if (pattern.allows(destination)) {
                return null;
            }
        }
        return "allowed by nothing";
    }
}
