package io.github.camelvoice.notifier;

import java.util.List;

/**
 * An event package as we serve it.
 *
 * @param types     media types of its bodies, the first one is sent where a watcher says nothing; empty: whatever is published
 * @param expires   seconds of a subscription that asks for nothing
 * @param own       whether a user may watch its own resource only
 * @param versioned whether the root element of its documents counts them
 * @param reports   whether its bodies are reports of which each one counts, and no state
 */
record ServedPackage(String name, List<String> types, int expires, boolean own, boolean versioned, boolean reports) {

    /** What is there without anybody publishing. */
    static final List<ServedPackage> STANDARD = List.of(
            new ServedPackage("dialog", List.of("application/dialog-info+xml"), 3600, false, true, false),
            new ServedPackage("message-summary", List.of("application/simple-message-summary"), 3600, true, false, false),
            new ServedPackage("presence", List.of("application/pidf+xml"), 3600, false, false, false),
            new ServedPackage("reg", List.of("application/reginfo+xml"), 3761, true, true, false),
            new ServedPackage("vq-rtcpxr", List.of("application/vq-rtcpxr"), 3600, true, false, true));

    private static final ServedPackage CONFERENCE =
            new ServedPackage("conference", List.of("application/conference-info+xml"), 3600, false, true, false);

    /** One that is there because somebody published in it. */
    static ServedPackage published(String name) {
        return name.equals("conference") ? CONFERENCE : new ServedPackage(name, List.of(), 3600, false, false, false);
    }

    /** Whether somebody who takes these types can be told anything. @param accept null: what the package has */
    boolean suits(List<String> accept) {
        return accept == null || accept.stream().anyMatch(range -> range.equals("*/*") || types.isEmpty() || types.stream().anyMatch(type -> matches(range, type)));
    }

    /** Whether a body may go to somebody who takes these types. */
    static boolean takes(List<String> accept, String type) {
        return accept == null || accept.stream().anyMatch(range -> matches(range, type));
    }

    private static boolean matches(String range, String type) {
        return range.equals("*/*") || range.equals(type) || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
    }
}
