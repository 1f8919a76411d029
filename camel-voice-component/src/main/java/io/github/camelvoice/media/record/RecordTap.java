package io.github.camelvoice.media.record;

import io.github.camelvoice.call.spi.MediaEvent.Outcome;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dsp.PlayoutBuffer;
import io.github.camelvoice.media.dsp.Resampler;

/** One direction, or both, of a leg on the way to a {@link Recorder}: decoded, brought to the rate of the file and into time. One thread. */
public final class RecordTap {

    private static final int DELAY_MILLIS = 60;
    /** Of timestamps, before a codec is known. */
    private static final int UNITS_PER_SECOND = 8000;
    /** A payload that lasts longer is none of a call. */
    private static final int MOST_SECONDS = 1;

    private final Recorder recorder;
    private final Side heard;
    private final Side sent;
    private final short[] left;
    private final short[] right;
    private long lastRound = -1;

    public RecordTap(Recorder recorder) {
        this.recorder = recorder;
        this.heard = new Side(recorder.rate());
        this.sent = new Side(recorder.rate());
        this.left = new short[recorder.rate() / 50];
        this.right = new short[recorder.rate() / 50];
    }

    /** A payload that came, or that went. */
    public void heard(AudioCodec codec, byte[] payload, int length, long timestamp, boolean fresh) {
        heard.payload(codec, payload, length, timestamp, fresh);
    }

    /** See {@link #heard}. */
    public void sent(AudioCodec codec, byte[] payload, int length, long timestamp) {
        sent.payload(codec, payload, length, timestamp, false);
    }

    /** A turn of the clock. @return whether the recording goes on */
    public boolean turn(long round) {
        if (lastRound >= 0 && round - lastRound > 1) {
            recorder.missed(round - lastRound - 1);
        }
        lastRound = round;
        heard.playout.pull(left, left.length);
        sent.playout.pull(right, right.length);
        recorder.turn(left, right);
        return !recorder.over();
    }

    /** The rounds are counted by another clock from now on. */
    public void anotherClock() {
        lastRound = -1;
    }

    public void pause(boolean on) {
        recorder.pause(on);
    }

    public void end(Outcome outcome) {
        recorder.end(outcome);
    }

    /** Packets that came too late to be in the recording. */
    public long late() {
        return heard.playout.late();
    }

    private static final class Side {
        private final int rate;
        private final PlayoutBuffer playout;
        private AudioCodec codec;
        private AudioCodec.Decoder decoder;
        private Resampler resampler;
        private short[] pcm = new short[0];
        private short[] converted = new short[0];

        Side(int rate) {
            this.rate = rate;
            this.playout = new PlayoutBuffer(rate, UNITS_PER_SECOND, DELAY_MILLIS);
        }

        void payload(AudioCodec from, byte[] payload, int length, long timestamp, boolean fresh) {
            if (codec != from) {
                if (!from.linear()) {
                    return;
                }
                codec = from;
                playout.clockRate(from.clockRate());
                decoder = from.decoder();
                resampler = from.sampleRate() == rate ? null : new Resampler(from.sampleRate(), rate);
            }
            int most = (int) ((long) from.duration(payload, 0, length) * from.sampleRate() / from.clockRate());
            if (most > MOST_SECONDS * from.sampleRate()) {
                return;
            }
            if (pcm.length < most) {
                pcm = new short[most];
            }
            int count = decoder.decode(payload, 0, length, pcm, 0);
            if (resampler == null) {
                playout.put(pcm, count, timestamp, fresh);
                return;
            }
            int made = resampler.outputFor(count);
            if (converted.length < made) {
                converted = new short[made];
            }
            playout.put(converted, resampler.process(pcm, 0, count, converted, 0), timestamp, fresh);
        }
    }
}
