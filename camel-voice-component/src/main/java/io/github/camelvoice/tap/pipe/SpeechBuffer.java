package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.media.codec.G711;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.Speech;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sound on its way from a tap's loop, which writes, to the leg's thread, which plays: a ring of samples at the call's rate, without a lock. Its
 * memory comes in pieces as it fills, and stays. Marks belong to the loop alone: they are positions in the stream.
 */
public final class SpeechBuffer implements Speech, LiveAudio {

    /** The most that waits: a long answer that is sent faster than it is spoken. */
    static final int MOST_SECONDS = 60;
    static final int MOST_MARKS = 1_000;
    private static final int PIECE_MILLIS = 200;
    private static final int SLICE_BYTES = 3_200;
    private static final int PIECES = MOST_SECONDS * 1000 / PIECE_MILLIS;
    /** So much is collected before it begins to play: little at first, more once a far end that sends at the pace of speech was cut up. */
    private static final int START_MILLIS = 20;
    private static final int START_STEP_MILLIS = 20;
    private static final int START_MOST_MILLIS = 80;
    /** Sound that goes on so soon after there was none was cut up. */
    private static final long CUT_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    /** Below this, -45 dBFS, it is a pause. */
    private static final int QUIET = 184;

    private final int rate;
    private final EngineClock clock;
    private final short[][] pieces = new short[PIECES][];
    private final int pieceSamples;
    private final long capacity;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong played = new AtomicLong();
    private final AtomicLong clearedTo = new AtomicLong();
    private final AtomicLong droppedSamples = new AtomicLong();
    /** When something came after there was nothing. */
    private volatile long beganNanos;
    /** Nobody plays any more. */
    private volatile boolean gone;
    // the loop's
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private short[] pcm = new short[480];
    private short[] converted = new short[960];
    private Resampler resampler;
    private int resamplerFrom;
    // the leg's
    private boolean playing;
    private boolean everPlayed;
    private long driedNanos;
    private final StandingDelay delay;
    private int startMillis = START_MILLIS;
    private Resampler towards;
    private int towardsRate;
    private short[] taken = new short[320];

    private record Mark(long position, String name, boolean cleared) {
    }

    /** @param rate of the call's samples: 8000 or 16000 */
    public SpeechBuffer(int rate, EngineClock clock) {
        this.rate = rate;
        this.clock = clock;
        this.pieceSamples = rate / 1000 * PIECE_MILLIS;
        this.capacity = (long) PIECES * pieceSamples;
        this.delay = new StandingDelay(rate);
    }

    // ---- the loop

    @Override
    public int write(String encoding, int from, byte[] data, int offset, int length) {
        int each = encoding.equals("L16") ? 2 : 1;
        long lost = 0;
        for (int at = 0; at < length; at += SLICE_BYTES) {
            int part = Math.min(SLICE_BYTES, length - at);
            int missing = slice(encoding, from, data, offset + at, part);
            lost += missing;
            if ((long) missing * from >= (long) part / each * rate) {
                // there is no room for the rest either
                lost += (long) (length - at - part) / each * rate / from;
                break;
            }
        }
        if (lost > 0) {
            droppedSamples.lazySet(droppedSamples.getPlain() + lost);
        }
        return (int) (lost * 1000 / rate);
    }

    /** In slices, since far ends send whole sentences: what is needed to convert them stays small. @return samples that found no room */
    private int slice(String encoding, int from, byte[] data, int offset, int length) {
        int count = decode(encoding, data, offset, length);
        short[] samples = pcm;
        if (from != rate) {
            if (resampler == null || resamplerFrom != from) {
                resampler = new Resampler(from, rate);
                resamplerFrom = from;
            }
            int made = resampler.outputFor(count);
            converted = atLeast(converted, made);
            count = resampler.process(pcm, 0, count, converted, 0);
            samples = converted;
        }
        long at = written.getPlain();
        int room = gone ? 0 : (int) Math.min(count, capacity - (at - played.getAcquire()));
        if (waiting() == 0) {
            beganNanos = clock.nanos();
        }
        for (int done = 0; done < room;) {
            int index = (int) ((at + done) / pieceSamples % PIECES);
            int start = (int) ((at + done) % pieceSamples);
            int part = Math.min(room - done, pieceSamples - start);
            if (pieces[index] == null) {
                pieces[index] = new short[pieceSamples];
            }
            System.arraycopy(samples, done, pieces[index], start, part);
            done += part;
        }
        written.setRelease(at + room);
        return count - room;
    }

    private int decode(String encoding, byte[] data, int offset, int length) {
        if (encoding.equals("L16")) {
            int count = length / 2;
            pcm = atLeast(pcm, count);
            for (int i = 0; i < count; i++) {
                pcm[i] = (short) (data[offset + 2 * i] & 0xFF | data[offset + 2 * i + 1] << 8);
            }
            return count;
        }
        pcm = atLeast(pcm, length);
        return (encoding.equals("PCMA") ? G711.alaw() : G711.mulaw()).decode(data, offset, length, pcm, 0);
    }

    private static short[] atLeast(short[] array, int length) {
        return array.length >= length ? array : new short[length];
    }

    @Override
    public void mark(String name) {
        if (marks.size() < MOST_MARKS) {
            marks.addLast(new Mark(written.getPlain(), name, gone));
        }
    }

    @Override
    public void clear() {
        long heard = played.getAcquire();
        clearedTo.setRelease(written.getPlain());
        for (int i = marks.size(); i > 0; i--) {
            Mark mark = marks.removeFirst();
            marks.addLast(new Mark(mark.position(), mark.name(), mark.cleared() || mark.position() > heard));
        }
    }

    @Override
    public Passed passed() {
        Mark mark = marks.peekFirst();
        if (mark == null || !mark.cleared() && !gone && mark.position() > played.getAcquire()) {
            return null;
        }
        marks.removeFirst();
        return new Passed(mark.name(), mark.cleared() || mark.position() > played.getAcquire());
    }

    @Override
    public int waitingMillis() {
        return (int) (waiting() * 1000 / rate);
    }

    // ---- the leg's thread

    @Override
    public boolean ready() {
        long cleared = clearedTo.getAcquire();
        if (cleared > played.getPlain()) {
            played.setRelease(cleared);
            delay.dry();
        }
        long waiting = written.getAcquire() - played.getPlain();
        if (waiting <= 0) {
            dry();
            return false;
        }
        if (!playing) {
            begin(waiting);
        }
        return playing;
    }

    private void dry() {
        if (playing) {
            playing = false;
            delay.dry();
            driedNanos = clock.nanos();
        }
    }

    private void begin(long waiting) {
        if (waiting * 1000 < (long) rate * startMillis && clock.nanos() - beganNanos < TimeUnit.MILLISECONDS.toNanos(startMillis)) {
            return;
        }
        if (everPlayed && beganNanos - driedNanos < CUT_NANOS && startMillis < START_MOST_MILLIS) {
            startMillis += START_STEP_MILLIS;
        }
        everPlayed = true;
        playing = true;
    }

    @Override
    public void pull(short[] out, int samples, int toRate) {
        if (toRate == rate) {
            Arrays.fill(out, take(out, samples), samples, (short) 0);
            return;
        }
        // the call's codec has changed
        if (towards == null || towardsRate != toRate) {
            towards = new Resampler(rate, toRate);
            towardsRate = toRate;
        }
        int wanted = (int) ((long) samples * rate / toRate);
        taken = atLeast(taken, wanted);
        Arrays.fill(taken, take(taken, wanted), wanted, (short) 0);
        short[] made = new short[towards.outputFor(wanted)];
        int count = Math.min(samples, towards.process(taken, 0, wanted, made, 0));
        System.arraycopy(made, 0, out, 0, count);
        Arrays.fill(out, count, samples, (short) 0);
    }

    private int take(short[] to, int most) {
        long end = written.getAcquire();
        long at = played.getPlain();
        int count = copy(at, end, to, most);
        while (delay.excess() >= count && count == most && end - at >= 2L * most && isQuiet(to, count)) {
            delay.leftOut(count);
            at += count;
            count = copy(at, end, to, most);
        }
        played.setRelease(at + count);
        if (count < most) {
            dry();
        } else {
            delay.played(end, end - at - count, count);
        }
        return count;
    }

    private int copy(long at, long end, short[] to, int most) {
        int count = (int) Math.max(0, Math.min(most, end - at));
        for (int done = 0; done < count;) {
            int start = (int) ((at + done) % pieceSamples);
            int part = Math.min(count - done, pieceSamples - start);
            System.arraycopy(pieces[(int) ((at + done) / pieceSamples % PIECES)], start, to, done, part);
            done += part;
        }
        return count;
    }

    private static boolean isQuiet(short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(samples[i]) > QUIET) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void dropped() {
        gone = true;
    }

    // ---- any thread

    private long waiting() {
        return gone ? 0 : Math.max(0, written.getAcquire() - Math.max(played.getAcquire(), clearedTo.getAcquire()));
    }

    /** Milliseconds that were taken in. */
    public long spokenMillis() {
        return written.getAcquire() * 1000 / rate;
    }

    /** Milliseconds for which there was no room. */
    public long droppedMillis() {
        return droppedSamples.getAcquire() * 1000 / rate;
    }
}
