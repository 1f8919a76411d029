package io.github.camelvoice.voice;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.util.Locale;
import java.util.Map;

/** What the options of a consumer of {@code voice:tap} say about its audio. */
final class TapForms {

    /** How two tracks come to the route; the names are those of the option {@code layout}. */
    enum Layout {
        MIXED, STEREO, TRACKS
    }

    static final int FRAME_MILLIS = 20;
    private static final long DEFAULT_BUFFER = 10_000;
    private static final long LONGEST_BATCH = 60_000;

    private final TapDirection direction;
    private final String codec;
    private final int rate;
    private final Layout layout;
    private final int batchMillis;
    private final long bufferMillis;

    /** @throws IllegalArgumentException naming the option that is wrong */
    TapForms(VoiceConfiguration options) {
        direction = TapSpecs.direction(options.getDirection());
        codec = TapSpecs.codec(TapProtocol.ROUTE, options.getCodec());
        rate = options.getRate();
        try {
            layout = Arguments.choice("layout", options.getLayout(), Layout.class);
        } catch (VoiceRequestException unknown) {
            throw new IllegalArgumentException(unknown.getMessage(), unknown);
        }
        if (options.getBatch() < FRAME_MILLIS || options.getBatch() > LONGEST_BATCH || options.getBatch() % FRAME_MILLIS != 0) {
            throw new IllegalArgumentException("batch must be 20 ms to 60 s in steps of 20 ms: " + options.getBatch() + " ms");
        }
        batchMillis = (int) options.getBatch();
        long buffer = options.getBuffer();
        if (buffer != 0 && buffer < batchMillis) {
            throw new IllegalArgumentException("buffer must not be less than batch: " + buffer + " ms, " + batchMillis + " ms");
        }
        bufferMillis = buffer != 0 ? buffer : Math.max(DEFAULT_BUFFER, 2 * batchMillis);
        spec("check", "check", direction).build();
    }

    /** A tap of every call that matches. */
    TapSpec.Builder spec(String name, String controlId) {
        return spec(name, controlId, direction);
    }

    /** A tap that somebody else asked for: what it hears is his, in what form it comes is ours. */
    TapSpec.Builder spec(String controlId, TapSpec asked) {
        return spec(asked.uri().substring(TapSpecs.ROUTE.length()), controlId, asked.direction()).statusUrl(asked.statusUrl())
                .onSinkLoss(asked.onSinkLoss()).tag(asked.tag());
    }

    private TapSpec.Builder spec(String name, String controlId, TapDirection whose) {
        return TapSpec.to(TapSpecs.ROUTE + name).protocol(TapProtocol.ROUTE).controlId(controlId).direction(whose).codec(codec).rate(rate)
                .ptimeMillis(FRAME_MILLIS).channels(layout == Layout.STEREO && whose == TapDirection.BOTH ? 2 : 1)
                .tracks(layout == Layout.TRACKS);
    }

    TapFeed.Form form(TapDirection whose) {
        return new TapFeed.Form(FRAME_MILLIS, batchMillis, bufferMillis, names(whose));
    }

    private Map<Track, String> names(TapDirection whose) {
        if (layout == Layout.TRACKS) {
            return Map.of(Track.INBOUND, word(Track.INBOUND), Track.OUTBOUND, word(Track.OUTBOUND));
        }
        return Map.of(Track.INBOUND, switch (whose) {
            case SPEAK -> word(Track.INBOUND);
            case LISTEN -> word(Track.OUTBOUND);
            case BOTH -> layout == Layout.STEREO ? "stereo" : "mix";
        });
    }

    private static String word(Track track) {
        return track.name().toLowerCase(Locale.ROOT);
    }
}
