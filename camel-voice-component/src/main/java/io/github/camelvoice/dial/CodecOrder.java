package io.github.camelvoice.dial;

/** In which order a target is offered its codecs. */
public enum CodecOrder {
    /** Those that the caller speaks first, in the caller's order, so that nothing need be transcoded; then the rest. */
    CALLERS_FIRST,
    /** As the request lists them. */
    AS_GIVEN
}
