package io.github.camelvoice.voice;

import org.apache.camel.spi.Metadata;

/** Headers of voice:subscribe. */
public abstract class VoiceSubscribeConstants {

    // What is watched, and what of it changed.

    @Metadata(description = "Id of a subscription: set by operation=create and on exchanges of the consumer; read by the operations on one.",
            javaType = "String")
    public static final String SUBSCRIPTION_ID = "CamelVoiceSubscriptionId";
    @Metadata(description = "Event package with its parameters, such as dialog: set on exchanges of the consumers; read where the "
            + "option event is absent.", javaType = "String")
    public static final String EVENT_PACKAGE = "CamelVoiceEventPackage";
    @Metadata(description = "URI of the resource that an exchange of a consumer is about: a key for a broker. Read by operation=publish where the path "
            + "names nobody.", javaType = "String")
    public static final String RESOURCE = "CamelVoiceResource";
    @Metadata(label = "producer", description = "Overrides the option resources: a list of URIs, URIs separated by commas, or the text of a resource-lists "
            + "document; file: and classpath: are not read from a header.", javaType = "Object")
    public static final String RESOURCES = "CamelVoiceResources";
    @Metadata(label = "producer", description = "Media types of state that are taken, in place of the option accept.", javaType = "String")
    public static final String ACCEPT_TYPES = "CamelVoiceAcceptTypes";
    @Metadata(label = "producer", description = "Overrides the option expires: milliseconds, or text such as 1h.", javaType = "java.time.Duration")
    public static final String EXPIRES = "CamelVoiceExpires";
    @Metadata(label = "producer", description = "operation=create: when the subscription ends by itself: an Instant, or ISO 8601 text.", javaType = "java.time.Instant")
    public static final String SUBSCRIPTION_UNTIL = "CamelVoiceSubscriptionUntil";
    @Metadata(label = "consumer", description = "Number of the change within its subscription: it grows, and a resource has its changes in that order.",
            javaType = "Long")
    public static final String STATE_CHANGE = "CamelVoiceStateChange";
    @Metadata(label = "consumer", description = "How many changes of this resource before this one the route was too slow for; what they said is part of the "
            + "full state. Absent without any.", javaType = "Long")
    public static final String STATE_SKIPPED = "CamelVoiceStateSkipped";
    @Metadata(label = "consumer", description = "Whether the route has this because it was away when it happened, as the newest state of the resource; absent "
            + "otherwise.", javaType = "Boolean")
    public static final String STATE_CAUGHT_UP = "CamelVoiceStateCaughtUp";
    @Metadata(description = "State of the subscription to the resource: active, pending or terminated; of operation=get, pending, active, failed or ended.",
            javaType = "String")
    public static final String SUBSCRIPTION_STATE = "CamelVoiceSubscriptionState";
    @Metadata(label = "consumer", description = "Why it is terminated, as the other side says (noresource, rejected, giveup …); absent without a reason.",
            javaType = "String")
    public static final String SUBSCRIPTION_REASON = "CamelVoiceSubscriptionReason";
    @Metadata(label = "consumer", description = "Which of several subscriptions to the same resource: after a fork there is more than one.",
            javaType = "String")
    public static final String INSTANCE_ID = "CamelVoiceInstanceId";
    @Metadata(label = "consumer", description = "What is new, as an EventState of the package; absent where only the state of the subscription is.",
            javaType = "io.github.camelvoice.subscription.state.EventState")
    public static final String CHANGED_STATE = "CamelVoiceChangedState";
    @Metadata(label = "consumer", description = "The last document as it came, as text; absent before there is one.", javaType = "String")
    public static final String RAW_DOCUMENT = "CamelVoiceRawDocument";

    // Those who watch us, and what they publish.

    @Metadata(description = "Id of a watcher: on exchanges of a consumer with incoming=watchers; read by operation=accept, pend and refuse.", javaType = "String")
    public static final String WATCHER_ID = "CamelVoiceWatcherId";
    @Metadata(label = "consumer", description = "URI of who wants to watch, or publishes, as the From says.", javaType = "String")
    public static final String WATCHER = "CamelVoiceWatcher";
    @Metadata(label = "consumer", description = "Seconds that a publication holds; 0: it was removed.", javaType = "Integer")
    public static final String PUBLICATION_EXPIRES = "CamelVoicePublicationExpires";
    @Metadata(label = "consumer", description = "Set by the route of incoming=watchers, in place of a producer: accept, pend or refuse (CamelVoiceCode, "
            + "CamelVoicePhrase).", javaType = "String")
    public static final String WATCHER_DECISION = "CamelVoiceWatcherDecision";
}
