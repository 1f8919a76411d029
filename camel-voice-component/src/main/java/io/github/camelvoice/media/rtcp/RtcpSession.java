package io.github.camelvoice.media.rtcp;

import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.stats.JitterEstimator;
import io.github.camelvoice.media.stats.SequenceTracker;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Reports of one stream to the other and back: when ours are due (RFC 3550, 6.2 and 6.3, for two parties), what they say, and what
 * theirs tell. One thread.
 */
public final class RtcpSession {

    /** Makes up for the reconsideration of timers, which makes them slower than the mean (RFC 3550, 6.3.1). */
    private static final double COMPENSATION = Math.E - 1.5;
    /** Seconds from 1900 to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private final OutboundNumbering numbering;
    private final RtcpWriter writer;
    private final long intervalNanos;
    private final RandomGenerator random;
    private final long ntpAtZero;
    private long due;
    private long reportedPackets;
    private int theirNtp;
    private long theirNtpAt;
    private boolean theirReport;
    private long roundTripNanos = -1;
    private boolean reported;
    private long lost;
    private int fractionLost;
    private long jitter;

    /**
     * @param now        monotonic nanoseconds
     * @param wallMillis wall time then; NTP time goes on from there by the monotonic clock
     */
    public RtcpSession(OutboundNumbering numbering, String cname, long intervalNanos, RandomGenerator random, long now, long wallMillis) {
        this.numbering = numbering;
        this.writer = new RtcpWriter(numbering.ssrc(), cname);
        this.intervalNanos = intervalNanos;
        this.random = random;
        long ntp = (wallMillis / 1000 + NTP_EPOCH << 32) + ((wallMillis % 1000 << 32) / 1000);
        this.ntpAtZero = ntp - scaled(now);
        // the first report comes after half the time
        this.due = now + spread(intervalNanos / 2);
    }

    private long spread(long nanos) {
        return (long) (nanos * (0.5 + random.nextDouble()) / COMPENSATION);
    }

    /** Nanoseconds as a 32.32 fixed point number of seconds. */
    private static long scaled(long nanos) {
        return (Math.floorDiv(nanos, 1_000_000_000L) << 32) + (Math.floorMod(nanos, 1_000_000_000L) << 32) / 1_000_000_000L;
    }

    private long ntp(long now) {
        return ntpAtZero + scaled(now);
    }

    private int middle(long now) {
        return (int) (ntp(now) >>> 16);
    }

    /** Whether a report is to be sent now. */
    public boolean due(long now) {
        return now - due >= 0;
    }

    /** Makes a report, with a goodbye at the end of the stream, and sets the time of the next. */
    public void write(ByteBuffer out, long packetsSent, long bytesSent, SequenceTracker track, JitterEstimator jitterIn, boolean goodbye, long now) {
        due = now + spread(intervalNanos);
        RtcpWriter.Sent sent = null;
        if (packetsSent > reportedPackets) {
            long units = (now - numbering.lastNanos()) * (numbering.clockRate() / 1000) / 1_000_000;
            sent = new RtcpWriter.Sent(ntp(now), numbering.lastTimestamp() + units, packetsSent, bytesSent);
        }
        reportedPackets = packetsSent;
        RtcpWriter.Received received = null;
        if (track.known()) {
            int delay = theirReport ? (int) (scaled(now - theirNtpAt) >>> 16) : 0;
            received = new RtcpWriter.Received(track.ssrc(), track.takeFractionLost(), track.cumulativeLost(), track.extendedHighest(),
                    jitterIn.units(), theirReport ? theirNtp : 0, delay);
        }
        writer.write(out, sent, received, goodbye);
    }

    /** Takes a valid packet of the far end. */
    public void received(RtcpView in, long now) {
        if (in.senderInfo()) {
            theirReport = true;
            theirNtp = in.senderNtp();
            theirNtpAt = now;
        }
        if (!in.reported()) {
            return;
        }
        reported = true;
        lost = Math.max(0, in.cumulativeLost());
        fractionLost = in.fractionLost();
        jitter = in.jitter();
        if (in.lastSenderReport() != 0) {
            int turn = middle(now) - in.lastSenderReport() - in.delaySinceIt();
            // a clock that is a little off makes it negative, a report that is made up makes it huge
            if (turn >= 0 && turn < 60 << 16) {
                roundTripNanos = (long) turn * 1_000_000_000L >> 16;
            }
        }
    }

    /** Whether the far end told of our stream; the next three are its words. */
    public boolean reported() {
        return reported;
    }

    public long lost() {
        return lost;
    }

    /** In 256ths, since the report before. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Of the timestamps of what we send, Hz. */
    public int clockRate() {
        return numbering.clockRate();
    }

    /** In timestamp units. */
    public long jitter() {
        return jitter;
    }

    /** -1 where it is not known. */
    public long roundTripNanos() {
        return roundTripNanos;
    }
}
