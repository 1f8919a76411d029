package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.List;
import java.util.Map;

/**
 * Registrations of an address of record (RFC 3680).
 *
 * @param version 0 to 4294967295, or -1
 * @param partial whether only what changed is in it
 */
public record RegInfo(long version, boolean partial, List<Registration> registrations) implements EventState {

    public static final String TYPE = "application/reginfo+xml";

    public RegInfo {
        registrations = List.copyOf(registrations);
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public String document() {
        return XmlWriter.document(RegDocument.write(this));
    }

    @Override
    public Map<String, Object> values() {
        return RegDocument.values(this);
    }

    @Override
    public RegInfo unversioned() {
        return new RegInfo(-1, partial, registrations);
    }

    /** State of a registration. */
    public enum State { INIT, ACTIVE, TERMINATED }

    /** What happened last to a contact (RFC 3680, section 4.7). */
    public enum Event { REGISTERED, CREATED, REFRESHED, SHORTENED, EXPIRED, DEACTIVATED, PROBATION, UNREGISTERED, REJECTED }

    /**
     * An address of record and its contacts.
     *
     * @param contacts   in full state only active ones
     * @param extensions elements of other namespaces
     * @param ended      contacts that ended lately and were told; no part of the document
     */
    public record Registration(String aor, String id, State state, List<Contact> contacts, List<XmlNode> extensions, List<Contact> ended) {

        public Registration {
            contacts = List.copyOf(contacts);
            extensions = List.copyOf(extensions);
            ended = List.copyOf(ended);
        }

        public Registration(String aor, String id, State state, List<Contact> contacts) {
            this(aor, id, state, contacts, List.of(), List.of());
        }
    }

    /**
     * A contact. Numbers and texts are null where nothing was said.
     *
     * @param active           or terminated
     * @param expires          seconds left when it was said
     * @param retryAfter       seconds, of one on probation
     * @param durationRegistered seconds
     * @param q                0 to 1, as text
     * @param parameters       header parameters of the Contact that the document has as unknown-param; a value may be empty
     * @param extensions       elements of other namespaces: GRUUs (RFC 5628)
     */
    public record Contact(String id, boolean active, Event event, String uri, String displayName, Long expires, Long retryAfter,
                          Long durationRegistered, String callId, Long cseq, String q, Map<String, String> parameters, List<XmlNode> extensions) {

        /** Namespace of RFC 5628. */
        public static final String GRUU = "urn:ietf:params:xml:ns:gruuinfo";

        public Contact {
            parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
            extensions = List.copyOf(extensions);
        }

        /** One of which no more is known. */
        public static Contact of(String id, boolean active, Event event, String uri) {
            return new Contact(id, active, event, uri, null, null, null, null, null, null, null, Map.of(), List.of());
        }

        public Contact withTimes(Long expiresIn, Long registeredFor) {
            return new Contact(id, active, event, uri, displayName, expiresIn, retryAfter, registeredFor, callId, cseq, q, parameters, extensions);
        }

        /** @param newQ 0 to 1 as text, or null @param more header parameters */
        public Contact withRegister(String newCallId, Long newCseq, String newQ, String newDisplayName, Map<String, String> more) {
            return new Contact(id, active, event, uri, newDisplayName, expires, retryAfter, durationRegistered, newCallId, newCseq, newQ, more,
                    extensions);
        }

        /** It is over, for this reason. */
        public Contact terminated(Event why) {
            return new Contact(id, false, why, uri, displayName, null, null, durationRegistered, callId, cseq, q, parameters, extensions);
        }

        /** Its public GRUU, or null. */
        public String publicGruu() {
            return extensions.stream().filter(each -> each.is(GRUU, "pub-gruu")).map(each -> each.attribute("uri")).findFirst().orElse(null);
        }
    }
}
