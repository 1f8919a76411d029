package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaEvent.Outcome;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.call.spi.RecordTarget.Layout;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayAndRecordTest {

    @TempDir
    Path folder;

    private MediaEvent.RecordingEnded recorded(MediaRig.Leg leg) {
        await().until(() -> !leg.told(MediaEvent.RecordingEnded.class).isEmpty());
        return leg.told(MediaEvent.RecordingEnded.class).get(0);
    }

    private MediaEvent.PlayEnded played(MediaRig.Leg leg) {
        await().until(() -> !leg.told(MediaEvent.PlayEnded.class).isEmpty());
        return leg.told(MediaEvent.PlayEnded.class).get(0);
    }

    @ParameterizedTest
    @CsvSource({"PCMU,8000,44100", "PCMA,8000,8000", "G722,16000,48000"})
    void aTonePlayedIsTheToneHeardOnTheLeftAndSentOnTheRight(String codec, int rate, int fileRate) throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg a = rig.open(codec);
            MediaRig.Leg b = rig.open(codec);
            MediaRig.connect(a, b);
            Path file = folder.resolve("new/b.wav");
            b.media().record("r", new RecordTarget(file, Layout.STEREO, null));
            a.media().play("p1", Tones.tone(folder, 440, 400, fileRate, 1));
            b.media().play("p2", Tones.tone(folder, 1000, 300, fileRate, 2));
            MediaEvent.PlayEnded one = played(a);
            MediaEvent.PlayEnded two = played(b);
            assertThat(one.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(one.played()).isEqualTo(Duration.ofMillis(400));
            assertThat(two.played()).isBetween(Duration.ofMillis(600), Duration.ofMillis(601));
            assertThat(a.media().figures().sent().packets()).isGreaterThanOrEqualTo(20);
            await().until(() -> b.media().figures().received().packets() == a.media().figures().sent().packets());
            // the jitter buffer holds the last packets back a little
            long rounds = Files.size(folder.resolve("new/b.wav.part"));
            await().until(() -> Files.size(folder.resolve("new/b.wav.part")) > rounds + 4 * rate / 2);
            b.media().stopRecording();
            MediaEvent.RecordingEnded ended = recorded(b);
            assertThat(ended.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(ended.file()).isEqualTo(file);
            assertThat(folder.resolve("new/b.wav.part")).doesNotExist();
            assertThat(Tones.rate(file)).isEqualTo(rate);
            short[] left = Tones.channel(file, 0);
            short[] right = Tones.channel(file, 1);
            assertThat(ended.length().toMillis()).isEqualTo(left.length * 1000L / rate);
            assertThat(Tones.framesOf(left, rate, 440)).isBetween(18, 22);
            assertThat(Tones.framesOf(left, rate, 1000)).isZero();
            assertThat(Tones.framesOf(right, rate, 1000)).isBetween(28, 32);
            assertThat(Tones.framesOf(right, rate, 440)).isZero();
        }
    }

    @Test
    void mixedHasBothInOneChannelAndTheLimitEndsIt() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            MediaRig.connect(a, b);
            Path file = folder.resolve("mixed.wav");
            a.media().play("p1", Tones.tone(folder, 440, 100, 8000, 0));
            b.media().record("r", new RecordTarget(file, Layout.MIXED, Duration.ofMillis(500)));
            MediaEvent.RecordingEnded ended = recorded(b);
            assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(ended.length()).isEqualTo(Duration.ofMillis(500));
            assertThat(Tones.framesOf(Tones.channel(file, 0), 8000, 440)).isGreaterThan(15);
            b.media().record("r2", new RecordTarget(folder.resolve("second.wav"), Layout.MIXED, null));
            a.media().close();
            b.media().close();
            await().until(() -> b.told(MediaEvent.RecordingEnded.class).size() == 2);
            assertThat(b.told(MediaEvent.RecordingEnded.class).get(1).outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(played(a).outcome()).isEqualTo(Outcome.STOPPED);
        }
    }

    @Test
    void aPauseIsLeftOutOfTheFile() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(peer.sdp("0"));
            Path file = folder.resolve("paused.wav");
            leg.media().record("r", new RecordTarget(file, Layout.MIXED, Duration.ofMillis(200)));
            leg.media().pauseRecording(true);
            leg.media().play("p", Tones.tone(folder, 440, 300, 8000, 1));
            played(leg);
            assertThat(leg.told(MediaEvent.RecordingEnded.class)).isEmpty();
            leg.media().pauseRecording(false);
            assertThat(recorded(leg).length()).isEqualTo(Duration.ofMillis(200));
            assertThat(Tones.framesOf(Tones.channel(file, 0), 8000, 440)).isLessThan(5);
        }
    }

    @Test
    void playingIsStoppedAndReplaced() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(peer.sdp("0"));
            leg.media().play("first", Tones.tone(folder, 440, 1000, 8000, 0));
            await().until(() -> peer.packets.size() > 5);
            leg.media().play("second", Tones.tone(folder, 1000, 1000, 8000, 0));
            await().until(() -> leg.told(MediaEvent.PlayEnded.class).size() == 1);
            int before = peer.packets.size();
            await().until(() -> peer.packets.size() > before + 5);
            leg.media().stopPlay();
            await().until(() -> leg.told(MediaEvent.PlayEnded.class).size() == 2);
            assertThat(leg.told(MediaEvent.PlayEnded.class)).extracting(MediaEvent.PlayEnded::playId).containsExactly("first", "second");
            assertThat(leg.told(MediaEvent.PlayEnded.class)).extracting(MediaEvent.PlayEnded::outcome).containsOnly(Outcome.STOPPED);
            for (int i = 1; i < peer.packets.size(); i++) {
                assertThat(peer.packets.get(i).sequence()).isEqualTo((peer.packets.get(i - 1).sequence() + 1) & 0xFFFF);
                assertThat(peer.packets.get(i).timestamp()).isEqualTo((peer.packets.get(i - 1).timestamp() + 160) & 0xFFFFFFFFL);
                assertThat(peer.packets.get(i).marker()).isFalse();
            }
        }
    }

    @Test
    void aBrokenSourceFailsAndSaysWhat() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(peer.sdp("0"));
            leg.media().play("a", new PlaySource("noise.bin", () -> new ByteArrayInputStream(new byte[100]), 1));
            await().until(() -> leg.told(MediaEvent.PlayEnded.class).size() == 1);
            leg.media().play("b", new PlaySource("gone.wav", () -> Files.newInputStream(folder.resolve("gone.wav")), 1));
            await().until(() -> leg.told(MediaEvent.PlayEnded.class).size() == 2);
            assertThat(leg.told(MediaEvent.PlayEnded.class)).extracting(MediaEvent.PlayEnded::outcome).containsOnly(Outcome.FAILED);
            assertThat(leg.told(MediaEvent.PlayEnded.class).get(0).detail()).startsWith("noise.bin: ");
            assertThat(leg.told(MediaEvent.PlayEnded.class).get(1).detail()).isEqualTo("gone.wav: there is no such file");
        }
    }

    @Test
    void aRecordingThatCannotBeWrittenFailsAndSaysSo() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            assertThatThrownBy(() -> leg.media().record("r", new RecordTarget(folder.resolve("x.wav"), Layout.MIXED, null)))
                    .isInstanceOf(MediaException.class);
            leg.media().answer(peer.sdp("0"));
            Path blocked = Files.writeString(folder.resolve("file"), "not a folder").resolve("x.wav");
            leg.media().record("r", new RecordTarget(blocked, Layout.MIXED, null));
            MediaEvent.RecordingEnded ended = recorded(leg);
            assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ended.detail()).startsWith(blocked.toString());
        }
    }
}
