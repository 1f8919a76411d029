package io.github.camelvoice.subscription.state;

import java.util.Map;

/** State of one resource in one event package, or a part of it. Immutable. */
public sealed interface EventState permits RegInfo, DialogInfo, Presence, MessageSummary, ConferenceInfo, VoiceQuality, ReferProgress,
        OpaqueState {

    /** Version of the last document that is part of it; -1 where the package has none, and of {@link #unversioned}. */
    long version();

    /** Media type of {@link #document}, without parameters. */
    String contentType();

    /**
     * The state as a document that its package's RFC would have sent as full state; for one of {@link StateMerge.Applied#changed} as partial state.
     */
    String document();

    /** The same as plain values, fit for JSON: maps with keys as in docs/event-packages.md, lists, texts, numbers and booleans. */
    Map<String, Object> values();

    /** The same as what was known before a new subscription, whose documents begin with any version. */
    default EventState unversioned() {
        return this;
    }
}
