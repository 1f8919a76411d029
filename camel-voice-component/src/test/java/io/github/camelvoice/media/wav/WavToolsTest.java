package io.github.camelvoice.media.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.testkit.PeerProcess;
import io.github.camelvoice.testkit.Tones;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other programs made, as a call of 8,000 and 16,000 Hz plays them. */
@Tag("peer")
class WavToolsTest {

    private static final double TONE = 440;
    private static final double PEAK = 16_384;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"unsigned,8,1,8000", "signed,16,1,16000", "signed,16,2,44100", "signed,24,1,48000", "signed,24,6,96000", "signed,32,8,192000",
        "floating-point,32,2,48000", "floating-point,64,1,44100", "mu-law,8,1,8000", "mu-law,8,2,16000", "a-law,8,1,11025", "signed,16,1,1500",
        "signed,24,2,384000", "signed,16,3,37800"})
    void soxWrites(String encoding, int bits, int channels, int rate) throws IOException {
        Path file = folder.resolve("tone.wav");
        PeerProcess.run(folder, "sox", "-D", "-n", "-r", "" + rate, "-c", "" + channels, "-b", "" + bits, "-e", encoding, file.toString(), "synth", "1",
                "sine", "" + TONE, "vol", "-6.0206dB");
        playsTheTone(file);
    }

    @ParameterizedTest
    @CsvSource({"pcm_u8,1,8000", "pcm_s16le,2,22050", "pcm_s24le,8,48000", "pcm_s32le,1,352800", "pcm_f32le,6,32000", "pcm_f64le,2,88200",
        "pcm_alaw,2,8000", "pcm_mulaw,1,24000"})
    void ffmpegWrites(String codec, int channels, int rate) throws IOException {
        Path file = folder.resolve("tone.wav");
        // all channels as loud: by itself it would put the one into the centre
        String same = IntStream.range(0, channels).mapToObj(channel -> "|c" + channel + "=c0").collect(Collectors.joining());
        ffmpeg(file, "-af", "pan=" + channels + "c" + same, "-ar", "" + rate, "-c:a", codec);
        playsTheTone(file);
    }

    @Test
    void lengthsThatAPipeCannotKnowAndLongForms() throws IOException {
        Path piped = folder.resolve("piped.wav");
        PeerProcess.run(folder, "bash", "-c", "ffmpeg -v error -f lavfi -i \"aevalsrc=0.5*sin(2*PI*" + TONE + "*t):d=1:s=48000\" -ac 1 -f wav - > piped.wav");
        playsTheTone(piped);
        Path soxed = folder.resolve("soxed.wav");
        PeerProcess.run(folder, "bash", "-c", "sox -D -n -r 16000 -c 1 -b 16 -t wav - synth 1 sine " + TONE + " vol 0.5 > soxed.wav");
        playsTheTone(soxed);
        Path longer = folder.resolve("long.wav");
        ffmpeg(longer, "-ac", "1", "-ar", "48000", "-c:a", "pcm_s24le", "-rf64", "always");
        assertThat(new String(Files.readAllBytes(longer), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
        playsTheTone(longer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adpcm_ima_wav", "adpcm_ms", "g726", "libmp3lame"})
    void whatIsCompressedIsNamed(String codec) throws IOException {
        Path file = folder.resolve("tone.wav");
        ffmpeg(file, "-ac", "1", "-ar", "8000", "-c:a", codec);
        assertThatThrownBy(() -> WavReader.check(Files.newInputStream(file))).isInstanceOf(WavException.class).hasMessageMatching(".*\\((ADPCM|G.726|MP3)\\).*");
    }

    @ParameterizedTest
    @CsvSource({"flac,FLAC", "ogg,Ogg", "aiff,AIFF", "mp3,MP3", "au,Sun"})
    void filesOfOtherKindsAreNamed(String ending, String name) {
        Path file = folder.resolve("tone." + ending);
        PeerProcess.run(folder, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=0.5", file.toString());
        assertThatThrownBy(() -> WavReader.check(Files.newInputStream(file))).isInstanceOf(WavException.class).hasMessageContaining(name);
    }

    /** A file cut off in the middle is told before it is played; played all the same, it sounds to its end. */
    @Test
    void aFileThatWasCutOff() throws IOException {
        Path file = folder.resolve("tone.wav");
        ffmpeg(file, "-ac", "2", "-ar", "44100", "-c:a", "pcm_s16le");
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length / 2));
        assertThatThrownBy(() -> WavReader.check(Files.newInputStream(file))).hasMessage("WAV ends after 0.5 s of 1.0 s");
        assertThat(play(file, 8000).seconds()).isBetween(0.49, 0.51);
    }

    private void ffmpeg(Path file, String... how) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "aevalsrc=0.5*sin(2*PI*" + TONE + "*t):d=1:s=384000"));
        command.addAll(List.of(how));
        command.add(file.toString());
        PeerProcess.run(folder, command.toArray(String[]::new));
    }

    private void playsTheTone(Path file) throws IOException {
        assertThat(WavReader.check(Files.newInputStream(file)).toMillis()).isBetween(995L, 1005L);
        for (int rate : new int[] {8000, 16_000}) {
            Tones.Audio heard = play(file, rate);
            assertThat(heard.seconds()).isBetween(0.99, 1.01);
            Tones.Audio middle = heard.part(0.25, 0.75);
            assertThat(middle.amplitude(TONE)).isBetween(PEAK * 0.97, PEAK * 1.03);
            double sum = 0;
            for (short sample : middle.samples()) {
                sum += (double) sample * sample;
            }
            double noise = sum / middle.samples().length - middle.amplitude(TONE) * middle.amplitude(TONE) / 2;
            // 8 bits, and those of G.711, make 35 dB or so
            assertThat(10 * Math.log10(PEAK * PEAK / 2 / Math.max(1, noise))).as("signal to all else, dB").isGreaterThan(32);
        }
    }

    private static Tones.Audio play(Path file, int rate) throws IOException {
        try (WavReader reader = new WavReader(Files.newInputStream(file))) {
            Resampler resampler = new Resampler(reader.sampleRate(), rate);
            short[] out = new short[3 * rate];
            short[] block = new short[960];
            int at = 0;
            for (int count = reader.read(block, 0, 960); count > 0; count = reader.read(block, 0, 960)) {
                at += resampler.process(block, 0, count, out, at);
            }
            at += resampler.flush(out, at);
            return new Tones.Audio(rate, 1, Arrays.copyOf(out, at));
        }
    }
}
