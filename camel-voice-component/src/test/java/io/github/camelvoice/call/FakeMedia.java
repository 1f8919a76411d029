package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaListener;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A media plane whose legs write down what they are told. SDP "bad" is not acceptable, "hold" holds. */
public final class FakeMedia implements MediaPlane {

    public final List<FakeMediaLeg> legs = new ArrayList<>();
    public int ports = 10;

    @Override
    public MediaLeg open(String callId, MediaTerms terms, Executor mailbox, MediaListener listener) throws MediaException {
        if (ports == 0) {
            throw new MediaException(MediaException.Kind.PORTS_EXHAUSTED, "no RTP port is free");
        }
        ports--;
        FakeMediaLeg leg = new FakeMediaLeg(mailbox, listener);
        legs.add(leg);
        return leg;
    }

    /** Of "offers PCMA G722": PCMA and G722. */
    @Override
    public List<String> encodings(String sdp) {
        return sdp.startsWith("offers ") ? List.of(sdp.substring("offers ".length()).split(" ")) : List.of();
    }

    public FakeMediaLeg last() {
        return legs.get(legs.size() - 1);
    }

    public final class FakeMediaLeg implements MediaLeg {
        public final List<String> told = new ArrayList<>();
        final Executor mailbox;
        final MediaListener listener;
        public String playing;
        String recording;
        Path file;
        private MediaInfo info;
        private int offers;
        private boolean holding;
        private String preferred = "";

        FakeMediaLeg(Executor mailbox, MediaListener listener) {
            this.mailbox = mailbox;
            this.listener = listener;
        }

        void says(MediaEvent event) {
            mailbox.execute(() -> listener.on(event));
        }

        @Override
        public String offer() {
            String what = (holding ? " held" : "") + (preferred.isEmpty() ? "" : " " + preferred);
            preferred = "";
            return "offer" + ++offers + what;
        }

        @Override
        public void accept(String answer) throws MediaException {
            agree(answer);
        }

        @Override
        public String answer(String offer) throws MediaException {
            agree(offer);
            return "answer-to-" + offer;
        }

        private void agree(String sdp) throws MediaException {
            if (sdp.equals("bad")) {
                throw new MediaException(MediaException.Kind.NOT_ACCEPTABLE, "no codec in common");
            }
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", 4000);
            info = new MediaInfo(sdp.contains("PCMA") ? "PCMA" : "PCMU", 20, address, address, true, true, sdp.equals("hold"),
                    sdp.contains("without-events") ? -1 : 101);
        }

        @Override
        public boolean prefer(String codec) {
            preferred = codec.equals(info.codec()) ? "" : codec;
            return !preferred.isEmpty();
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
            holding = on;
        }

        @Override
        public void play(String playId, PlaySource source) {
            stopPlay();
            playing = playId;
            told.add("play " + source.name());
        }

        @Override
        public void stopPlay() {
            if (playing != null) {
                String id = playing;
                playing = null;
                says(new MediaEvent.PlayEnded(id, MediaEvent.Outcome.STOPPED, Duration.ofSeconds(1), ""));
            }
        }

        public void played() {
            String id = playing;
            playing = null;
            says(new MediaEvent.PlayEnded(id, MediaEvent.Outcome.COMPLETED, Duration.ofSeconds(2), ""));
        }

        @Override
        public void record(String recordingId, RecordTarget target) {
            recording = recordingId;
            file = target.file();
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
            told.add("dtmf " + digits + (toneMillis == 100 ? "" : " for " + toneMillis));
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
        public void withhold(boolean on) {
            if (on || told.contains("withhold true")) {
                told.add("withhold " + on);
            }
        }

        @Override
        public MediaFigures.Pair figures() {
            return MediaFigures.Pair.NONE;
        }

        @Override
        public void close() {
            told.add("close");
            ports++;
            stopPlay();
            stopRecording();
        }
    }
}
