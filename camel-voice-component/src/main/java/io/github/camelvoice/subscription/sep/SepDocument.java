package io.github.camelvoice.subscription.sep;

import java.time.Instant;
import java.util.List;

/**
 * A subscription and what it knows: the document {@code subscription}.
 *
 * @param event     the event package with its parameters
 * @param listUri   of the list (RFC 4662, section 5.2)
 * @param version   of the list, from 1
 * @param fullState whether all resources are there, or only those that changed
 * @param receiver  who is told of changes, null for nobody
 * @param expires   when the subscription ends, null for never
 */
public record SepDocument(String event, String listUri, long version, boolean fullState, List<Resource> resources, String receiver,
                          Instant expires) {

    public SepDocument {
        resources = List.copyOf(resources);
    }

    /** @param displayName null without. @param instances empty before anything was told */
    public record Resource(String uri, String displayName, List<Instance> instances) {

        public Resource {
            instances = List.copyOf(instances);
        }
    }

    /**
     * A virtual subscription (RFC 4662, section 5.5).
     *
     * @param state       {@code active}, {@code pending} or {@code terminated}
     * @param reason      why it is terminated, null where nothing was said
     * @param contentType of the state, null where there is none
     * @param body        the state: XML goes into the document as XML, all else as text in an element {@code body}; null where there is none
     */
    public record Instance(String id, String state, String reason, String contentType, String body) {
    }
}
