package io.github.camelvoice.dial;

import io.github.camelvoice.call.spi.PlaySource;

/** Where ringing tones come from. */
@FunctionalInterface
public interface Ringback {

    /** The tone of a country, for ever; null if there is none of that name. */
    PlaySource of(String country);
}
