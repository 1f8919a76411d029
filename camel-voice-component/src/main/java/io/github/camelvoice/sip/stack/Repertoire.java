package io.github.camelvoice.sip.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the engine takes: methods, and the option tags that may be required (RFC 3261, sections 8.2.1 and 8.2.2.3). Calls always;
 * of what else there is, what somebody has said that he serves. Immutable.
 */
public final class Repertoire {

    private static final Set<String> KNOWN = Set.of("REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE");
    private static final Set<String> FOR_ALL = new LinkedHashSet<>(List.of("100rel", "timer", "replaces", "norefersub"));

    /** All that calls need. */
    public static final Repertoire CALLS = calls();

    /** Method to the option tags that it takes beside those for all. */
    private final Map<String, Set<String>> methods;
    private final String allow;
    private final String supported;

    private Repertoire(Map<String, Set<String>> methods) {
        this.methods = methods;
        this.allow = String.join(", ", methods.keySet());
        Set<String> tags = new LinkedHashSet<>(FOR_ALL);
        methods.values().forEach(tags::addAll);
        this.supported = String.join(", ", tags);
    }

    private static Repertoire calls() {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (String method : List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "PRACK", "UPDATE", "INFO", "REFER", "NOTIFY")) {
            methods.put(method, Set.of());
        }
        return new Repertoire(methods);
    }

    /** This and one method more, or more option tags ({@code lower case}) of a method that is taken already. */
    public Repertoire with(String method, Set<String> optionTags) {
        Map<String, Set<String>> more = new LinkedHashMap<>(methods);
        Set<String> tags = new LinkedHashSet<>(methods.getOrDefault(method, Set.of()));
        tags.addAll(optionTags);
        more.put(method, tags);
        return new Repertoire(more);
    }

    /** Whether requests of this method are taken by anybody. */
    public boolean takes(String method) {
        return methods.containsKey(method);
    }

    /** Whether we know the method, taken or not. */
    boolean knows(String method) {
        return takes(method) || KNOWN.contains(method);
    }

    /** The tags among these that a request of this method may not require. */
    List<String> unknown(String method, List<String> required) {
        List<String> unknown = new ArrayList<>();
        for (String tag : required) {
            String name = tag.toLowerCase(Locale.ROOT);
            if (!FOR_ALL.contains(name) && !methods.getOrDefault(method, Set.of()).contains(name)) {
                unknown.add(tag);
            }
        }
        return unknown;
    }

    /** Value of Allow. */
    public String allow() {
        return allow;
    }

    /** Value of Supported. */
    public String supported() {
        return supported;
    }
}
