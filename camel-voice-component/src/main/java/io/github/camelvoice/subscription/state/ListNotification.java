package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.mime.Multipart;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a NOTIFY for a list (RFC 4662): which resources it has, and the states that came with it. Immutable.
 *
 * @param uri       of the list
 * @param version   0 to 4294967295, scoped to the subscription
 * @param fullState whether all resources are there, or only those that changed
 * @param parts     by content id
 */
public record ListNotification(String uri, long version, boolean fullState, List<Name> names, List<Resource> resources, Map<String, Part> parts) {

    public static final String TYPE = "application/rlmi+xml";
    /** How many lists may be in lists. */
    public static final int MAX_DEPTH = 4;

    public ListNotification {
        names = List.copyOf(names);
        resources = List.copyOf(resources);
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** State of a virtual subscription. */
    public enum State { ACTIVE, PENDING, TERMINATED }

    /** @param language null without */
    public record Name(String text, String language) {
    }

    /** A resource of the list. Without instances nothing is known of it yet, or nothing can be. */
    public record Resource(String uri, List<Name> names, List<Instance> instances) {

        public Resource {
            names = List.copyOf(names);
            instances = List.copyOf(instances);
        }

        /** Its first name, or null. */
        public String displayName() {
            return names.isEmpty() ? null : names.get(0).text();
        }
    }

    /**
     * A virtual subscription (RFC 4662, section 5.5).
     *
     * @param reason null where nothing was said
     * @param cid    content id of the part with its state, null without
     */
    public record Instance(String id, State state, String reason, String cid) {
    }

    /**
     * What a content id leads to: a document, or a list again.
     *
     * @param body   not to be changed
     * @param nested null unless the part is a list again
     */
    public record Part(String contentType, byte[] body, ListNotification nested) {
    }

    /** What a version says of a notification: it comes next, something before it is lost, or it is old. */
    public enum Order { NEXT, GAP, STALE }

    /** @param known version of the last one of this subscription, -1 for none */
    public Order order(long known) {
        return Order.valueOf(Versions.order(known, version, fullState).name());
    }

    /** Whether a body is one of these. @param contentType null for none */
    public static boolean isOne(String contentType) {
        MediaType type = MediaType.of(contentType);
        if (type == null) {
            return false;
        }
        MediaType root = MediaType.of(type.parameter("type"));
        return type.name().equals(TYPE) || type.name().equals("multipart/related") && (root == null || root.name().equals(TYPE));
    }

    /**
     * Reads {@code multipart/related} with a root of {@value #TYPE}, or such a document alone.
     *
     * @throws MimeException for what is malformed, nested too deep or too large
     */
    public static ListNotification read(String contentType, byte[] body) throws MimeException {
        return RlmiDocument.read(contentType, body, 1);
    }

    /** The part that an instance points to; null where it has none or its part did not come, which is no error: its state is as it was. */
    public Part part(Instance instance) {
        return instance.cid() == null ? null : parts.get(instance.cid());
    }

    /** The list alone, as {@value #TYPE}. */
    public XmlNode root() {
        return RlmiDocument.write(this);
    }

    /** {@link #root} as text. */
    public String document() {
        return XmlWriter.document(root());
    }

    /** As a body. @param host right side of content ids that we make */
    public Multipart.Written write(String host) {
        return RlmiDocument.body(this, host);
    }
}
