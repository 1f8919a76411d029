package io.github.camelvoice.engine;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.dial.Ringback;
import io.github.camelvoice.media.dsp.RingTones;
import io.github.camelvoice.media.dsp.ToneGenerator;
import io.github.camelvoice.media.wav.WavStream;

/** Ringing tones made here: they last until they are stopped. */
final class CountryTones implements Ringback {

    private static final int RATE = 8_000;

    @Override
    public PlaySource of(String country) {
        RingTones.RingTone tone = RingTones.of(country);
        if (tone == null) {
            return null;
        }
        return new PlaySource("ring:" + country, () -> {
            ToneGenerator generator = tone.generator(RATE);
            return new WavStream(RATE, (into, off, len) -> {
                generator.fill(into, off, len);
                return len;
            });
        }, 1);
    }
}
