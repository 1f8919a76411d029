package io.github.camelvoice.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaEvent.Outcome;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.wav.WavReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    @TempDir
    Path folder;

    private final Deque<Runnable> disk = new ArrayDeque<>();
    private final List<MediaEvent> events = new ArrayList<>();
    private final short[] loud = new short[160];
    private final short[] quiet = new short[160];

    private Recorder recorder(Path file) {
        Arrays.fill(loud, (short) 20000);
        return new Recorder("r", new RecordTarget(file, RecordTarget.Layout.MIXED, null), 8000, disk::add, events::add);
    }

    private void write() {
        while (!disk.isEmpty()) {
            disk.poll().run();
        }
    }

    private static short[] read(Path file) throws IOException {
        try (WavReader reader = new WavReader(Files.newInputStream(file))) {
            short[] all = new short[(int) reader.announcedSamples()];
            int at = 0;
            int count;
            while (at < all.length && (count = reader.read(all, at, all.length - at)) > 0) {
                at += count;
            }
            return Arrays.copyOf(all, at);
        }
    }

    private Recorder recorder(RecordTarget target) {
        Arrays.fill(loud, (short) 20000);
        return new Recorder("r", target, 8000, disk::add, events::add);
    }

    private MediaEvent.RecordingEnded ended() {
        return (MediaEvent.RecordingEnded) events.get(0);
    }

    private static void turns(Recorder recorder, int count, short[] heard, short[] sent) {
        for (int i = 0; i < count; i++) {
            recorder.turn(heard, sent);
        }
    }

    @Test
    void silenceBeforeAndAfterIsTrimmedAndThatWithinStays() throws Exception {
        Path file = folder.resolve("trim.wav");
        Recorder recorder = recorder(new RecordTarget(file, RecordTarget.Layout.STEREO, null).withTrim(true));
        turns(recorder, 50, quiet, quiet);
        turns(recorder, 10, loud, quiet);
        turns(recorder, 20, quiet, quiet);
        turns(recorder, 10, quiet, loud);
        turns(recorder, 50, quiet, quiet);
        recorder.end(Outcome.STOPPED);
        write();
        // 100 ms before and after what sounds
        assertThat(ended().length()).isEqualTo(Duration.ofMillis(800 + 200));
        short[] pcm = read(file);
        assertThat(pcm).hasSize(8000);
        assertThat(pcm[799]).isZero();
        assertThat(pcm[800]).isEqualTo((short) 10000);
        assertThat(pcm[8000 - 801]).isEqualTo((short) 10000);
        assertThat(pcm[8000 - 800]).isZero();
        assertThat(folder.toFile().list()).containsExactly("trim.wav");
    }

    @Test
    void whatIsSilentOrTooShortIsAbsentAndLeavesNoFile() {
        RecordTarget target = new RecordTarget(folder.resolve("absent.wav"), RecordTarget.Layout.MIXED, null).withLeast(Duration.ofSeconds(1));
        Recorder recorder = recorder(target);
        turns(recorder, 100, quiet, quiet);
        recorder.end(Outcome.STOPPED);
        write();
        assertThat(ended().outcome()).isEqualTo(Outcome.ABSENT);
        assertThat(ended().detail()).isEqualTo("nothing but silence");
        events.clear();
        Recorder brief = recorder(target);
        turns(brief, 40, loud, quiet);
        brief.end(Outcome.COMPLETED);
        write();
        assertThat(ended().outcome()).isEqualTo(Outcome.ABSENT);
        assertThat(ended().detail()).isEqualTo("too short");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aPauseIsSilenceWhereThatIsWanted() throws Exception {
        Path file = folder.resolve("paused.wav");
        Recorder recorder = recorder(new RecordTarget(file, RecordTarget.Layout.MIXED, null).withPauses(RecordTarget.Pauses.SILENT));
        turns(recorder, 10, loud, quiet);
        recorder.pause(true);
        turns(recorder, 10, loud, quiet);
        recorder.missed(5);
        recorder.pause(false);
        turns(recorder, 10, loud, quiet);
        recorder.end(Outcome.STOPPED);
        write();
        short[] pcm = read(file);
        assertThat(pcm).hasSize(35 * 160);
        assertThat(pcm[10 * 160 - 1]).isEqualTo((short) 20000);
        for (int i = 10 * 160; i < 25 * 160; i++) {
            assertThat(pcm[i]).isZero();
        }
        assertThat(pcm[25 * 160]).isEqualTo((short) 20000);
    }

    @Test
    void silenceOfTheFarEndEndsItWhateverWeSay() throws Exception {
        RecordTarget target = new RecordTarget(folder.resolve("quiet.wav"), RecordTarget.Layout.MIXED, null)
                .withTracks(RecordTarget.Tracks.HEARD).withSilence(Duration.ofSeconds(1));
        Recorder recorder = recorder(target);
        turns(recorder, 30, quiet, loud);
        turns(recorder, 10, loud, loud);
        turns(recorder, 49, quiet, loud);
        assertThat(recorder.over()).isFalse();
        turns(recorder, 1, quiet, loud);
        assertThat(recorder.over()).isTrue();
        write();
        assertThat(ended().outcome()).isEqualTo(Outcome.COMPLETED);
        short[] pcm = read(folder.resolve("quiet.wav"));
        assertThat(pcm).hasSize(90 * 160);
        assertThat(pcm[0]).isZero();
        assertThat(pcm[30 * 160]).isEqualTo((short) 20000);
    }

    @Test
    void oneTrackLeavesTheOtherChannelSilent() throws Exception {
        Path file = folder.resolve("one.wav");
        Recorder recorder = recorder(new RecordTarget(file, RecordTarget.Layout.STEREO, null).withTracks(RecordTarget.Tracks.SENT));
        turns(recorder, 10, loud, quiet);
        turns(recorder, 10, quiet, loud);
        recorder.end(Outcome.STOPPED);
        write();
        short[] pcm = read(file);
        assertThat(pcm[0]).isZero();
        assertThat(pcm[10 * 160]).isEqualTo((short) 10000);
    }

    @Test
    void aDiskThatIsTooSlowCostsAudioButNotTime() throws Exception {
        Path file = folder.resolve("slow.wav");
        Recorder recorder = recorder(file);
        for (int i = 0; i < 200; i++) {
            recorder.turn(loud, quiet);
        }
        write();
        for (int i = 0; i < 10; i++) {
            recorder.turn(loud, quiet);
        }
        write();
        recorder.turn(loud, quiet);
        for (int i = 0; i < 109; i++) {
            recorder.turn(loud, quiet);
        }
        recorder.end(Outcome.STOPPED);
        write();
        MediaEvent.RecordingEnded ended = (MediaEvent.RecordingEnded) events.get(0);
        assertThat(ended.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(ended.length()).isEqualTo(Duration.ofMillis(6400));
        short[] pcm = read(file);
        assertThat(pcm).hasSize(51200);
        assertThat(pcm[0]).isEqualTo((short) 20000);
        assertThat(pcm[150 * 160]).isZero();
        assertThat(pcm[250 * 160]).isEqualTo((short) 20000);
        assertThat(pcm[319 * 160]).isZero();
        assertThat(events).hasSize(1);
    }

    @Test
    void lostTurnsOfTheClockAreSilence() throws Exception {
        Path file = folder.resolve("stall.wav");
        Recorder recorder = recorder(file);
        RecordTap tap = new RecordTap(recorder);
        tap.turn(7);
        tap.turn(8);
        tap.turn(58);
        tap.anotherClock();
        tap.turn(1000);
        tap.end(Outcome.COMPLETED);
        write();
        assertThat(read(file)).hasSize(53 * 160);
    }

    @Test
    void beforeItsEndTheFileIsValidUnderAnotherName() throws Exception {
        Path file = folder.resolve("crash.wav");
        Recorder recorder = recorder(file);
        for (int i = 0; i < 110; i++) {
            recorder.turn(loud, loud);
            write();
        }
        assertThat(file).doesNotExist();
        short[] pcm = read(folder.resolve("crash.wav.part"));
        assertThat(pcm.length).isBetween(8000, 110 * 160);
        assertThat(pcm[0]).isEqualTo(Short.MAX_VALUE);
    }

    @Test
    void aFullDiskFailsAndSaysSo() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
        Path file = folder.resolve("full.wav");
        Files.createSymbolicLink(folder.resolve("full.wav.part"), Path.of("/dev/full"));
        Recorder recorder = recorder(file);
        for (int i = 0; i < 20; i++) {
            recorder.turn(loud, quiet);
            write();
        }
        assertThat(recorder.over()).isTrue();
        assertThat(recorder.told()).isTrue();
        recorder.end(Outcome.STOPPED);
        write();
        assertThat(events).hasSize(1);
        MediaEvent.RecordingEnded ended = (MediaEvent.RecordingEnded) events.get(0);
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.detail()).startsWith(file.toString()).containsIgnoringCase("space");
    }

    @Test
    void aCodecThatChangesIsBroughtToTheRateOfTheFile() throws Exception {
        Path file = folder.resolve("change.wav");
        Recorder recorder = recorder(file);
        RecordTap tap = new RecordTap(recorder);
        byte[] payload = new byte[160];
        for (int i = 0; i < 30; i++) {
            tap.heard(i < 10 ? Codecs.PCMU : Codecs.get("G722"), payload, 160, 160L * i, i == 0);
            tap.sent(i < 20 ? Codecs.PCMA : Codecs.get("G722"), payload, 160, 160L * i);
            tap.turn(i);
        }
        tap.end(Outcome.COMPLETED);
        write();
        assertThat(read(file)).hasSize(30 * 160);
    }
}
