package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dtmf.DtmfSender;
import io.github.camelvoice.media.record.RecordTap;
import io.github.camelvoice.media.rtp.Numbered;
import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.rtp.RtpView;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import io.github.camelvoice.media.srtp.MasterKey;
import io.github.camelvoice.media.srtp.SrtpOut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * All that one leg sends, under one numbering. Telephone events come first, then what plays, then what is passed on to us from a
 * bridge or an echo, and where there is none of it, silence if that is wanted. Muted, silence takes the place of each source.
 */
final class Sender {

    /** Nothing was passed on for this long: silence fills in. */
    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final OutboundNumbering numbering;
    private final Wire wire;
    private final FigureBoard figures;
    private final DtmfSender events;
    private final boolean fillSilence;
    private FigureBoard totals;
    private Agreement agreed;
    private InetSocketAddress to;
    private AudioCodec.Encoder encoder;
    private FrameSource playing;
    private LiveAudio speaking;
    private RecordTap tap;
    private TapList taps;
    private SrtpOut srtp;
    private boolean muted;
    private boolean withheld;
    private boolean fed;
    private long lastFed;

    /** @param fillSilence whether silence is sent where there is nothing else */
    Sender(OutboundNumbering numbering, Wire wire, FigureBoard figures, DtmfSender events, boolean fillSilence) {
        this.numbering = numbering;
        this.wire = wire;
        this.figures = figures;
        this.events = events;
        this.fillSilence = fillSilence;
    }

    OutboundNumbering numbering() {
        return numbering;
    }

    DtmfSender events() {
        return events;
    }

    /** Sums of the agent that carries the leg. */
    void totals(FigureBoard board) {
        totals = board;
    }

    void agree(Agreement agreement) {
        AudioCodec codec = agreement.codec();
        if (agreed == null || agreed.codec() != codec || !agreed.parameters().equals(agreement.parameters())) {
            encoder = codec.linear() ? codec.encoder(agreement.parameters()) : null;
        }
        numbering.clockRate(codec.clockRate());
        events.clockRates(codec.clockRate(), agreement.types().eventClock());
        if (agreement.eventOut() < 0) {
            events.abandon();
        }
        if (agreed != null && agreed.sending() && !agreement.sending()) {
            numbering.pause();
        }
        agreed = agreement;
    }

    /** The key of what we send; null for plain RTP. The same key again goes on where it was. */
    void protect(MasterKey key) {
        if (key == null) {
            srtp = null;
        } else if (srtp == null || !srtp.key().equals(key)) {
            srtp = new SrtpOut(key);
        }
    }

    /** Null for plain RTP. */
    SrtpOut srtp() {
        return srtp;
    }

    /** Where packets go; null for nowhere. */
    void to(InetSocketAddress address) {
        to = address;
    }

    void play(FrameSource source) {
        if (playing != null) {
            playing.stop();
        }
        playing = source;
    }

    void speak(LiveAudio audio) {
        if (speaking != null) {
            speaking.dropped();
        }
        speaking = audio;
    }

    void taps(TapList listeners) {
        taps = listeners;
    }

    void mute(boolean on) {
        muted = on;
    }

    void withhold(boolean on) {
        withheld = on;
    }

    /** Whether a bridge or an echo passes packets on to us. */
    void fed(boolean on, long now) {
        fed = on;
        lastFed = now;
    }

    /** A recording of what is sent; null for none. */
    void tap(RecordTap recording) {
        tap = recording;
    }

    boolean sending() {
        return agreed != null && agreed.sending() && to != null;
    }

    /** Whether the clock of the agent has to drive us now. */
    boolean wantsTicks(long now) {
        return agreed != null && (playing != null || speaking != null || sending() && (events.active() || wantsSilence(now)));
    }

    private boolean wantsSilence(long now) {
        boolean feeding = fed && now - lastFed <= STALE_NANOS;
        return feeding ? muted : fillSilence;
    }

    /** A turn of 20 ms. */
    void tick(long round, long now, Scratch scratch) {
        int millis = agreed.packetMillis();
        if (millis > 20 && round % (millis / 20) != 0) {
            return;
        }
        packet(millis, now, scratch);
        if (millis == 10) {
            packet(millis, now, scratch);
        }
    }

    private void packet(int millis, long now, Scratch scratch) {
        ByteBuffer out = scratch.out;
        AudioCodec codec = agreed.codec();
        int units = codec.clockRate() / 1000 * millis;
        int samples = codec.sampleRate() / 1000 * millis;
        boolean audio = pull(scratch.pcm, samples, codec.sampleRate());
        if (!sending()) {
            // what plays goes on unheard while the call is held
            return;
        }
        if (events.active()) {
            int length = events.next(out, numbering, agreed.eventOut(), millis, now);
            if (length > 0) {
                send(out, 0, length, scratch);
                return;
            }
        }
        if (!audio && !wantsSilence(now) || encoder == null) {
            numbering.pause();
            return;
        }
        if (!audio || muted) {
            Arrays.fill(scratch.pcm, 0, samples, (short) 0);
        }
        int length = scratch.encode(encoder, scratch.pcm, samples, out, RtpView.HEADER);
        long timestamp = numbering.nextTimestamp(now, units);
        numbering.stamp(out, 0, agreed.audioOut(), timestamp, now);
        record(out, 0, length, scratch, now);
        send(out, 0, RtpView.HEADER + length, scratch);
    }

    private boolean pull(short[] pcm, int samples, int rate) {
        if (playing != null) {
            if (!playing.ready()) {
                return false;
            }
            if (playing.pull(pcm, samples, rate)) {
                return true;
            }
            playing = null;
        }
        if (speaking == null || !speaking.ready()) {
            return false;
        }
        speaking.pull(pcm, samples, rate);
        return true;
    }

    /** Something of ours is on the way out, or nothing may go yet: what others pass on is left out. */
    private boolean busy() {
        return withheld || playing != null || speaking != null && speaking.ready() || events.active();
    }

    /**
     * A packet of another leg, or of the far end itself in an echo, goes out as ours. Its header is written over in place.
     *
     * @param as its numbers on the way out; not sent while something else is, or we may not
     */
    void forward(RtpView in, Numbered as, boolean event, Scratch scratch, long now) {
        lastFed = now;
        if (mustWait() || event && agreed.eventOut() < 0) {
            leaveOut(as);
            return;
        }
        ByteBuffer packet = in.buffer();
        int offset = in.payloadOffset() - RtpView.HEADER;
        numbering.restamp(packet, offset, event ? agreed.eventOut() : agreed.audioOut(), as, now);
        if (!event) {
            record(packet, offset, in.payloadLength(), scratch, now);
        }
        send(packet, offset, RtpView.HEADER + in.payloadLength(), scratch);
    }

    /** As above, for {@code samples} of audio in {@code scratch.pcm} that become a packet of our codec. */
    void forward(Numbered as, int samples, Scratch scratch, long now) {
        lastFed = now;
        if (mustWait() || encoder == null) {
            leaveOut(as);
            return;
        }
        ByteBuffer packet = scratch.out;
        int length = scratch.encode(encoder, scratch.pcm, samples, packet, RtpView.HEADER);
        numbering.restamp(packet, 0, agreed.audioOut(), as, now);
        record(packet, 0, length, scratch, now);
        send(packet, 0, RtpView.HEADER + length, scratch);
    }

    private boolean mustWait() {
        return !sending() || muted || busy();
    }

    private void leaveOut(Numbered as) {
        numbering.leaveOut(as);
        figures.discard(Discard.NOT_FORWARDED);
    }

    /** How much of what we send is lost, in percent, as the far end reports. */
    void loss(int percent) {
        if (encoder != null) {
            encoder.loss(percent);
        }
    }

    private void record(ByteBuffer packet, int offset, int length, Scratch scratch, long now) {
        if (tap == null && taps.none()) {
            return;
        }
        packet.clear().get(offset + RtpView.HEADER, scratch.payload, 0, length);
        int timestamp = packet.getInt(offset + 4);
        if (tap != null) {
            tap.sent(agreed.codec(), scratch.payload, length, timestamp & 0xFFFFFFFFL);
        }
        taps.packet(Track.OUTBOUND, agreed.codec().encoding(), scratch.payload, length, timestamp, false, now);
    }

    private void send(ByteBuffer packet, int offset, int length, Scratch scratch) {
        int onTheWire = srtp == null ? length : srtp.protectRtp(packet, offset, length, scratch.srtp);
        packet.limit(offset + onTheWire).position(offset);
        int sent;
        try {
            sent = onTheWire == 0 ? 0 : wire.send(packet, to);
        } catch (IOException | UnsupportedAddressTypeException refused) {
            sent = 0;
        }
        if (sent > 0) {
            figures.add(Figure.PACKETS_OUT, 1);
            figures.add(Figure.BYTES_OUT, length - RtpView.HEADER);
            totals.add(Figure.PACKETS_OUT, 1);
        } else {
            figures.discard(Discard.SEND_FAILED);
            totals.discard(Discard.SEND_FAILED);
        }
    }

    void close() {
        play(null);
        speak(null);
    }
}
