package io.github.camelvoice.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.media.wav.WavReader;
import io.github.camelvoice.runtime.ScheduledTimers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EspeakNgTest {

    private static final EspeakNg.Limits SHORT = new EspeakNg.Limits(1, 1, Duration.ofMillis(400));

    @TempDir
    Path folder;
    private final ScheduledTimers timers = new ScheduledTimers();
    private final List<EspeakNg> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(EspeakNg::close);
        timers.close();
    }

    private EspeakNg engine(String program, EspeakNg.Limits limits) {
        EspeakNg engine = new EspeakNg(program, limits, timers);
        open.add(engine);
        return engine;
    }

    /** A program that knows one voice, and says whatever the script does. */
    private EspeakNg script(String body, EspeakNg.Limits limits) throws IOException {
        Path file = folder.resolve("engine");
        Files.writeString(file, "#!/bin/sh\nif [ \"$1\" = --voices ]; then echo 'Pty Language'; "
                + "echo ' 5  en-us  --/M English gmw/en'; exit 0; fi\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return engine(file.toString(), limits);
    }

    private static byte[] said(Speech engine, String text, String language, String voice) throws SpeechException {
        return engine.speak(Utterance.of(text, language, voice)).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static String failure(CompletableFuture<byte[]> future) {
        try {
            future.orTimeout(30, TimeUnit.SECONDS).join();
            return "spoken";
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOf(SpeechException.class);
            return failed.getCause().getMessage();
        }
    }

    private static String failure(Speech engine, String text) throws SpeechException {
        return failure(engine.speak(Utterance.of(text, null, null)).toCompletableFuture());
    }

    private static double seconds(byte[] wav) throws IOException {
        try (WavReader reader = new WavReader(new ByteArrayInputStream(wav))) {
            short[] pcm = new short[4096];
            long all = 0;
            long loud = 0;
            int count;
            while ((count = reader.read(pcm, 0, pcm.length)) > 0) {
                all += count;
                for (int i = 0; i < count; i++) {
                    loud += Math.abs(pcm[i]) > 1_000 ? 1 : 0;
                }
            }
            assertThat(loud).isGreaterThan(all / 10);
            return (double) all / reader.sampleRate();
        }
    }

    @Test
    @Tag("peer")
    void textIsSpokenAsLongAsItTakes() throws Exception {
        EspeakNg engine = engine("espeak-ng", EspeakNg.Limits.DEFAULT);
        double brief = seconds(said(engine, "Hello.", "en-US", null));
        double more = seconds(said(engine, "Hello, and welcome to the house of the seven gables. Press one to go on.", "en-GB", "woman"));
        assertThat(brief).isBetween(0.3, 1.5);
        assertThat(more).isBetween(3.0, 8.0);
        assertThat(said(engine, "Guten Tag", "de-AT", "Polly.Hans")).isNotEqualTo(said(engine, "Guten Tag", "de-AT", "Polly.Vicki"));
        assertThat(seconds(said(engine, "4096 characters of words. ".repeat(157).substring(0, 4_080), null, null))).isBetween(150.0, 500.0);
    }

    @Test
    @Tag("peer")
    void whatLooksLikeAnOptionIsText() throws Exception {
        EspeakNg engine = engine("espeak-ng", EspeakNg.Limits.DEFAULT);
        Path file = folder.resolve("evil.wav");
        assertThat(seconds(said(engine, "-w " + file + " --path=/etc; $(touch " + file + ")", null, null))).isGreaterThan(1);
        assertThat(file).doesNotExist();
        assertThat(failure(engine.speak(Utterance.of("hi", "tlz", null)).toCompletableFuture())).contains("no voice for the language tlz");
    }

    @Test
    void textIsNoArgumentAndTheEnvironmentIsEmpty() throws Exception {
        Path seen = folder.resolve("seen");
        EspeakNg engine = script("{ echo \"$@\"; cat; echo; env; } > " + seen + "; echo RIFF", EspeakNg.Limits.DEFAULT);
        assertThat(new String(said(engine, "secret words", null, "man"))).isEqualTo("RIFF\n");
        List<String> lines = Files.readAllLines(seen);
        assertThat(lines.get(0)).isEqualTo("--stdin --stdout -b 1 -v en-us+m3");
        assertThat(lines.get(1)).isEqualTo("secret words");
        assertThat(lines.subList(2, lines.size())).allMatch(each -> each.matches("(PATH|PWD|LC_ALL|_|SHLVL|OLDPWD|ESPEAK_DATA_PATH)=.*"));
    }

    @Test
    void aProgramThatIsNotThereIsTold() throws Exception {
        assertThat(failure(engine(folder.resolve("none").toString(), SHORT), "hello"))
                .isEqualTo("espeak-ng cannot be started: it is not installed here");
    }

    @Test
    void aProgramThatStallsIsEnded() throws Exception {
        assertThat(failure(script("exec sleep 60", SHORT), "hello")).contains("espeak-ng took longer");
    }

    @Test
    void aProgramThatFailsOrNeverEndsItsOutputIsTold() throws Exception {
        assertThat(failure(script("echo RIFF; exit 3", SHORT), "hello")).isEqualTo("espeak-ng failed (exit 3)");
        assertThat(failure(script("exit 0", SHORT), "hello")).isEqualTo("espeak-ng failed (exit 0)");
        assertThat(failure(script("exec cat /dev/zero", EspeakNg.Limits.DEFAULT), "hello")).isEqualTo("the text takes too long to say");
    }

    @Test
    void onlySoManyWait() throws Exception {
        EspeakNg engine = script("exec sleep 60", SHORT);
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(engine.speak(Utterance.of("hello " + i, null, null)).toCompletableFuture());
        }
        assertThat(failure(all.get(2))).isEqualTo("too many texts wait to be spoken");
        assertThat(failure(all.get(1))).contains("took longer");
    }
}
