package io.github.camelvoice.subscription.state;

import java.util.List;

/** A state of each package, for tests of other rooms. */
public final class Samples {

    private Samples() {
    }

    public static List<EventState> all() {
        return List.of(Documents.reg(), Documents.dialog(), Documents.presence(), Documents.conference(), MessageSummary.voice("sip:a@b?x=<&>", 1, 2),
                new OpaqueState("text/plain", "<not> & xml"));
    }
}
