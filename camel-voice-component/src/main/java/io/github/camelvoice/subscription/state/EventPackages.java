package io.github.camelvoice.subscription.state;

import java.util.List;
import java.util.Locale;

/** The event packages that we know. */
public final class EventPackages {

    private EventPackages() {
    }

    /**
     * The package of an Event header, parameters and all; one that is not known has opaque states.
     *
     * @throws IllegalArgumentException if this is no name of an event package (RFC 6665, section 8.4: a token, dots included)
     */
    public static EventPackage of(String event) {
        int parameters = event.indexOf(';');
        String name = (parameters < 0 ? event : event.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9!%*_+`'~.-]{1,64}")) {
            throw new IllegalArgumentException("not the name of an event package: " + name);
        }
        return new OpaquePackage(name);
    }

    private record OpaquePackage(String name) implements EventPackage {

        @Override
        public List<String> accept() {
            return List.of("*/*");
        }

        @Override
        public int defaultExpires() {
            return 3600;
        }

        @Override
        public StateMerge merge(EventState before, String contentType, byte[] body) {
            OpaqueState state = new OpaqueState(contentType, new String(body, java.nio.charset.StandardCharsets.UTF_8));
            return new StateMerge.Applied(state, state, !state.equals(before));
        }
    }
}
