package io.github.camelvoice.engine;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.document.MediaSources;
import io.github.camelvoice.document.Sound;
import io.github.camelvoice.media.dsp.Mix;
import io.github.camelvoice.media.dsp.RingTones;
import io.github.camelvoice.media.dsp.ToneGenerator;
import io.github.camelvoice.media.wav.WavReader;
import io.github.camelvoice.media.wav.WavStream;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.speech.Speech;
import io.github.camelvoice.speech.SpeechException;
import io.github.camelvoice.speech.Utterance;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What documents play: speech, WAV files of the web, sounds of the operator by name, silence and ringing tones, louder or softer. */
final class DocumentMedia implements MediaSources {

    /** What of a file of the web is held in memory while it plays: four minutes of linear audio at 8 kHz, eight of G.711. */
    static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int RATE = 8_000;
    private static final HttpCall.Times TIMES = new HttpCall.Times(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final double BEEP_LEVEL = -12;
    private static final int BEEP_HZ = 1_000;
    private static final int BEEP_MILLIS = 300;

    private final Outbound outbound;
    private final NamedSounds named;
    private final Speech speech;

    DocumentMedia(Outbound outbound, NamedSounds named, Speech speech) {
        this.outbound = outbound;
        this.named = named;
        this.speech = speech;
    }

    @Override
    public CompletionStage<PlaySource> find(Sound sound, double gain) {
        if (sound instanceof Sound.Web web) {
            return fetch(web, gain);
        }
        if (sound instanceof Sound.Speech text) {
            return speak(text, gain);
        }
        try {
            return CompletableFuture.completedFuture(source(sound.label(), opener(sound), gain));
        } catch (IOException missing) {
            return CompletableFuture.failedFuture(missing);
        }
    }

    private CompletionStage<PlaySource> fetch(Sound.Web web, double gain) {
        HttpCall call = HttpCall.get(web.url().toString()).withCredentials(true).withBodyLimit(MOST_BYTES).withTimes(TIMES)
                .withHeader("Accept", "audio/wav, audio/x-wav, */*;q=0.1");
        return outbound.http().call(call).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw new CompletionException(new IOException(web.label() + " answered " + answer.status()));
            }
            return source(web.label(), opener(answer.body()), gain);
        });
    }

    private CompletionStage<PlaySource> speak(Sound.Speech text, double gain) {
        try {
            return speech.speak(Utterance.of(text.text(), text.language(), text.voice())).thenApply(wav -> source(text.label(), opener(wav), gain));
        } catch (SpeechException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }

    private static PlaySource.Opener opener(byte[] wav) {
        return () -> new ByteArrayInputStream(wav);
    }

    private PlaySource.Opener opener(Sound sound) throws IOException {
        if (sound instanceof Sound.Silence silence) {
            return () -> new WavStream(RATE, first(samples(silence.millis()), (pcm, off, len) -> Arrays.fill(pcm, off, off + len, (short) 0)));
        }
        if (sound instanceof Sound.Beep) {
            return () -> new WavStream(RATE, first(samples(BEEP_MILLIS), new ToneGenerator(RATE, BEEP_LEVEL, BEEP_HZ)::fill));
        }
        if (sound instanceof Sound.Ring ring) {
            RingTones.RingTone tone = RingTones.of(ring.country());
            if (tone == null) {
                throw new FileNotFoundException("there is no ringing tone of " + ring.country());
            }
            long samples = samples(ring.millis() == 0 ? tone.cycle() : ring.millis());
            return () -> {
                ToneGenerator generator = tone.generator(RATE);
                return new WavStream(RATE, first(samples, generator::fill));
            };
        }
        return named.find(((Sound.Named) sound).name());
    }

    private static long samples(int millis) {
        return (long) millis * RATE / 1000;
    }

    /** Fills samples. */
    @FunctionalInterface
    private interface Filler {
        void fill(short[] pcm, int off, int len);
    }

    private static WavStream.Samples first(long count, Filler filler) {
        return new WavStream.Samples() {
            private long left = count;

            @Override
            public int read(short[] into, int off, int len) {
                int now = (int) Math.min(len, left);
                if (now == 0) {
                    return -1;
                }
                filler.fill(into, off, now);
                left -= now;
                return now;
            }
        };
    }

    private static PlaySource source(String label, PlaySource.Opener opener, double gain) {
        return new PlaySource(label, gain == 0 ? opener : () -> amplified(new WavReader(opener.open()), Math.pow(10, gain / 20)), 1);
    }

    private static WavStream amplified(WavReader reader, double factor) {
        return new WavStream(reader.sampleRate(), new WavStream.Samples() {
            @Override
            public int read(short[] into, int off, int len) throws IOException {
                int count = reader.read(into, off, len);
                for (int i = off; i < off + count; i++) {
                    into[i] = Mix.saturate((int) Math.round(into[i] * factor));
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        });
    }
}
