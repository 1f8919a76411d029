package io.github.camelvoice.voice;

import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaListener;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** The audio of a call without a packet: reads what it plays, and is done at once unless the test holds it. */
final class FakeAudio implements MediaLeg {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> codecs;
    volatile boolean slow;
    private final Executor mailbox;
    private final MediaListener listener;
    private String playing;
    private String recording;
    private Path file;
    private MediaInfo info;

    FakeAudio(List<String> codecs, Executor mailbox, MediaListener listener) {
        this.codecs = codecs;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    void says(MediaEvent event) {
        mailbox.execute(() -> listener.on(event));
    }

    @Override
    public String offer() {
        return "offer";
    }

    @Override
    public void accept(String answer) {
        agree();
    }

    @Override
    public String answer(String offer) {
        agree();
        return "answer";
    }

    private void agree() {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 4000);
        info = new MediaInfo(codecs.isEmpty() ? "PCMU" : codecs.get(0), 20, address, address, true, true, false, 101);
    }

    @Override
    public void rollback() {
        told.add("rollback");
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public void hold(boolean on) {
        told.add("hold " + on);
    }

    @Override
    public void play(String playId, PlaySource source) {
        playing = playId;
        try (InputStream wav = source.opener().open()) {
            told.add("play " + source.name() + " x" + source.repeat() + " " + wav.readAllBytes().length);
            if (!slow) {
                ended(MediaEvent.Outcome.COMPLETED, "");
            }
        } catch (IOException unreadable) {
            ended(MediaEvent.Outcome.FAILED, "cannot read " + source.name());
        }
    }

    private void ended(MediaEvent.Outcome outcome, String detail) {
        String id = playing;
        playing = null;
        says(new MediaEvent.PlayEnded(id, outcome, Duration.ofMillis(1500), detail));
    }

    @Override
    public void stopPlay() {
        if (playing != null) {
            ended(MediaEvent.Outcome.STOPPED, "");
        }
    }

    @Override
    public void record(String recordingId, RecordTarget target) {
        recording = recordingId;
        file = target.file();
        told.add("record " + target.layout() + " " + target.limit());
    }

    @Override
    public void pauseRecording(boolean paused) {
        told.add("pause " + paused);
    }

    @Override
    public void stopRecording() {
        if (recording != null) {
            String id = recording;
            recording = null;
            says(new MediaEvent.RecordingEnded(id, MediaEvent.Outcome.COMPLETED, file, Duration.ofSeconds(3), ""));
        }
    }

    @Override
    public void tap(MediaTap tap) {
        told.add("tap");
    }

    @Override
    public void untap(MediaTap tap) {
        told.add("untap");
    }

    @Override
    public void speak(LiveAudio audio) {
        told.add(audio == null ? "speak nothing" : "speak");
    }

    @Override
    public void mute(boolean on) {
        told.add("mute " + on);
    }

    @Override
    public void echo(boolean on) {
        told.add("echo " + on);
    }

    @Override
    public void sendDtmf(String id, String digits, int toneMillis, int gapMillis) {
        told.add("dtmf " + digits + " " + toneMillis + " " + gapMillis);
        says(new MediaEvent.DtmfSent(id));
    }

    @Override
    public void bridge(MediaLeg peer) {
        told.add("bridge");
    }

    @Override
    public void unbridge() {
        told.add("unbridge");
    }

    @Override
    public MediaFigures.Pair figures() {
        return MediaFigures.Pair.NONE;
    }

    @Override
    public void close() {
        stopPlay();
        stopRecording();
    }
}
