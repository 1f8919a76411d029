package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.document.source.Findings;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The attributes of one element, each asked for by its name; {@link #end} tells of those that nobody asked for. For one thread. */
final class Attributes {

    private final String verb;
    private final Tag tag;
    private final URI base;
    private final Findings findings;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /** @param base of relative URLs, null where there is none */
    Attributes(Element element, URI base, Findings findings) {
        this.tag = element.tag;
        this.verb = tag.name;
        this.base = base;
        this.findings = findings;
        element.attributes.forEach((name, value) -> values.put(name.getPrefix().isEmpty() ? name.getLocalPart()
                : name.getPrefix() + ":" + name.getLocalPart(), value));
    }

    boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    Place placeOf(String name) {
        return tag.place(name);
    }

    /** @return {@code otherwise} where it is absent or wrong */
    <T> T read(String name, T otherwise, Function<String, T> reader) {
        known.add(name);
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            wrong(name, wrong.getMessage());
            return otherwise;
        }
    }

    void wrong(String name, String words) {
        findings.add(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, tag.place(name), name + " of " + verb + " " + words);
    }

    void warn(String name, String words) {
        findings.warn(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, tag.place(name), name + " of " + verb + " " + words);
    }

    /** As it stands; empty is like absent. */
    String text(String name) {
        String text = read(name, null, value -> value);
        return text == null || text.isEmpty() ? null : text;
    }

    boolean flag(String name, boolean otherwise) {
        return read(name, otherwise, Texts::flag);
    }

    int whole(String name, int otherwise, int min, int max) {
        return read(name, otherwise, text -> Texts.whole(text, min, max));
    }

    /** A number that is brought into its range, with a warning. */
    int clamped(String name, int otherwise, int min, int max) {
        int value = read(name, otherwise, text -> Texts.whole(text, 0, Integer.MAX_VALUE));
        int within = Math.max(min, Math.min(max, value));
        if (within != value) {
            warn(name, "must be " + min + " to " + max + " and was taken as " + within + ": " + value);
        }
        return within;
    }

    /** GET or POST; POST by default. */
    String method(String name) {
        return read(name, "POST", text -> Texts.method(text, "GET", "POST"));
    }

    /**
     * A URL with its method. An empty one is the document's own.
     *
     * @param own whether an absent one is the document's own as well, where it has one
     * @return null where there is none, or where it is wrong
     */
    Action action(String name, String methodName, boolean own) {
        String method = method(methodName);
        String url = has(name) ? read(name, null, text -> Texts.url(base, text)) : own && base != null ? base.toString() : null;
        if (!own && has(methodName) && !has(name)) {
            warn(methodName, "means nothing without " + name);
        }
        return url == null ? null : new Action(url, method);
    }

    /** Told of what is asked for elsewhere and is not to be had here: a warning, for the document can do without. */
    void ignored(String why, String... names) {
        for (String name : names) {
            if (has(name)) {
                findings.warn(ProblemCode.METHOD_PARAMETER_UNDEFINED, tag.place(name), name + " of " + verb + " is not supported: " + why);
            }
        }
    }

    /** Warns of attributes that nobody asked for. */
    void end() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                findings.warn(ProblemCode.METHOD_PARAMETER_UNDEFINED, tag.place(name), verb + " has no attribute " + Findings.shown(name)
                        + hint(name));
            }
        }
    }

    private String hint(String name) {
        return known.stream().filter(each -> each.equalsIgnoreCase(name)).findFirst().map(each -> "; is it " + each + "?").orElse("");
    }

    /** For people. */
    static String label(Action action) {
        return Urls.label(URI.create(action.url()));
    }
}
