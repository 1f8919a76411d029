package io.github.camelvoice.media.play;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.media.wav.WavException;
import io.github.camelvoice.media.wav.WavReader;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A source read front to back, as often as it is to be played, without a gap, at the rate of the player. For one thread at a time. */
final class WavFeed implements Closeable {

    private static final int CHUNK = 960;
    /** More than a resampler ever gives beyond the ratio of the rates. */
    private static final int MARGIN = 64;

    private final PlaySource source;
    private final int rate;
    private final short[] raw = new short[CHUNK];
    private short[] converted = raw;
    private WavReader reader;
    private Resampler resampler;
    private int resamplerRate;
    private int passes;
    private boolean soundInPass;
    private boolean over;

    WavFeed(PlaySource source, int rate) {
        this.source = source;
        this.rate = rate;
    }

    /** The samples of the last {@link #next}. */
    short[] samples() {
        return converted;
    }

    /** Reads on. @return samples now in {@link #samples()}, possibly 0; -1 at the end of the last pass */
    int next() throws IOException {
        if (over) {
            return -1;
        }
        while (true) {
            if (reader == null) {
                open();
            }
            int count = reader.read(raw, 0, CHUNK);
            if (count >= 0) {
                soundInPass |= count > 0;
                return convert(count);
            }
            close();
            passes++;
            // an empty file played for ever would never end a turn
            if (passes == source.repeat() || !soundInPass) {
                over = true;
                return flush();
            }
        }
    }

    private void open() throws IOException {
        InputStream stream = source.opener().open();
        if (stream == null) {
            throw new FileNotFoundException("nothing to read");
        }
        try {
            reader = new WavReader(stream);
        } catch (IOException | RuntimeException failure) {
            stream.close();
            throw failure;
        }
        soundInPass = false;
        int from = reader.sampleRate();
        if (from == rate) {
            resampler = null;
            converted = raw;
        } else if (resampler == null || from != resamplerRate) {
            resampler = new Resampler(from, rate);
            resamplerRate = from;
            converted = new short[(int) ((long) CHUNK * rate / from) + MARGIN];
        }
    }

    private int convert(int count) {
        return resampler == null ? count : resampler.process(raw, 0, count, converted, 0);
    }

    private int flush() {
        if (resampler == null) {
            return -1;
        }
        converted = new short[resampler.outputForFlush()];
        return resampler.flush(converted, 0);
    }

    @Override
    public void close() {
        WavReader open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // all that was wanted of it is read
            }
        }
    }

    /** A sentence for those who named the source: what is wrong with it, nothing of our insides. */
    String describe(Exception failure) {
        String what;
        if (failure instanceof WavException) {
            what = failure.getMessage();
        } else if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            what = "there is no such file";
        } else if (failure instanceof AccessDeniedException) {
            what = "it may not be read";
        } else if (failure instanceof IOException) {
            what = "it cannot be read: " + failure.getMessage();
        } else {
            what = "it cannot be opened";
        }
        return source.name() + ": " + what;
    }
}
