package io.github.camelvoice.subscription.sep;

import java.time.Instant;
import java.util.List;

/**
 * What somebody wants to watch: the document {@code subscribe}.
 *
 * @param event    an event package with its parameters
 * @param accept   media types in the order of the document, empty for those of the package
 * @param expires  when the subscription is to end, null where the document does not say
 * @param receiver URL or name of who is told of changes, null for nobody
 */
public record SepRequest(String event, List<Resource> resources, List<String> accept, Instant expires, String receiver) {

    public SepRequest {
        resources = List.copyOf(resources);
        accept = List.copyOf(accept);
    }

    /** @param displayName null without */
    public record Resource(String uri, String displayName) {
    }
}
