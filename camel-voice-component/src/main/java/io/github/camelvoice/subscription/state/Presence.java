package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.List;
import java.util.Map;

/**
 * Presence of somebody (RFC 3856, RFC 3863). Every document is the whole of it.
 *
 * @param entity     whose
 * @param extensions elements of other namespaces: persons and devices (RFC 4479) with what RFC 4480 says of them
 */
public record Presence(String entity, List<Tuple> tuples, List<Note> notes, List<XmlNode> extensions) implements EventState {

    public static final String TYPE = "application/pidf+xml";

    public Presence {
        tuples = List.copyOf(tuples);
        notes = List.copyOf(notes);
        extensions = List.copyOf(extensions);
    }

    /** Whether somebody can be reached. */
    public enum Basic { OPEN, CLOSED }

    /** @param language null without */
    public record Note(String text, String language) {
    }

    /**
     * A way to reach somebody.
     *
     * @param basic            null where nothing was said
     * @param statusExtensions elements of other namespaces in the status
     * @param contact          URI, or null
     * @param priority         of the contact, 0 to 1 as text, or null
     * @param extensions       elements of other namespaces in the tuple
     * @param timestamp        as it was said (RFC 3339), or null
     */
    public record Tuple(String id, Basic basic, List<XmlNode> statusExtensions, String contact, String priority, List<XmlNode> extensions,
                        List<Note> notes, String timestamp) {

        public Tuple {
            statusExtensions = List.copyOf(statusExtensions);
            extensions = List.copyOf(extensions);
            notes = List.copyOf(notes);
        }

        public static Tuple of(String id, Basic basic, String contact) {
            return new Tuple(id, basic, List.of(), contact, null, List.of(), List.of(), null);
        }
    }

    /** Whether any tuple is open; null where none says. */
    public Basic basic() {
        if (tuples.stream().anyMatch(each -> each.basic() == Basic.OPEN)) {
            return Basic.OPEN;
        }
        return tuples.stream().anyMatch(each -> each.basic() == Basic.CLOSED) ? Basic.CLOSED : null;
    }

    /** What the person does (RFC 4480, section 3.2): {@code on-the-phone}. */
    public List<String> activities() {
        return PresenceDocument.activities(this);
    }

    @Override
    public long version() {
        return -1;
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public String document() {
        return XmlWriter.document(PresenceDocument.write(this));
    }

    @Override
    public Map<String, Object> values() {
        return PresenceDocument.values(this);
    }
}
