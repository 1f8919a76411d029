package io.github.camelvoice.subscription.sep;

import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.EventState;
import java.util.List;
import java.util.Locale;

/** From subscriptions to their documents. */
public final class SepViews {

    private SepViews() {
    }

    /**
     * The whole subscription.
     *
     * @param host   host and port of the list's URI
     * @param merged whether the states are the merged ones; else the documents are as they came
     */
    public static SepDocument whole(SubscriptionInfo info, String host, boolean merged) {
        List<SepDocument.Resource> resources = info.resources().stream().map(each -> resource(each, merged)).toList();
        return new SepDocument(info.event(), listUri(info.id(), host), info.version(), true, resources, info.receiver(), info.until());
    }

    /** Of the list that a subscription is. */
    public static String listUri(String subscriptionId, String host) {
        return "sip:" + subscriptionId + "@" + host;
    }

    private static SepDocument.Resource resource(ResourceInfo resource, boolean merged) {
        return new SepDocument.Resource(resource.uri(), resource.displayName(),
                resource.instances().stream().map(each -> instance(each, merged)).toList());
    }

    /** @param merged whether the state is the merged one, where there is one; else the document that came last */
    public static SepDocument.Instance instance(InstanceInfo instance, boolean merged) {
        EventState full = instance.full();
        InstanceInfo.RawDocument last = instance.last();
        if (full != null && (merged || last == null)) {
            return instance(instance, full.contentType(), full.document());
        }
        return instance(instance, last == null ? null : last.contentType(), last == null ? null : last.text());
    }

    /** With a document of its own, or with none. */
    public static SepDocument.Instance instance(InstanceInfo instance, String contentType, String body) {
        String reason = instance.reason() == null || instance.reason().isEmpty() ? null : instance.reason();
        return new SepDocument.Instance(instance.id(), instance.state().name().toLowerCase(Locale.ROOT), reason, contentType, body);
    }
}
