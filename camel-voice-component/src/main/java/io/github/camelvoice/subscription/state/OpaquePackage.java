package io.github.camelvoice.subscription.state;

import java.util.List;

/** A package that we know by name only. */
record OpaquePackage(String name) implements EventPackage {

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
        return Bodies.isEmpty(contentType, body) ? Bodies.nothing(before) : Bodies.opaque(before, contentType, body);
    }
}
