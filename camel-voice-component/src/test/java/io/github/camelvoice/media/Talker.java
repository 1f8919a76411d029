package io.github.camelvoice.media;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.dsp.ToneGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A far end with a codec: says a tone packet by packet, and hears what comes. */
final class Talker implements AutoCloseable {

    static final double LEVEL = -10;

    final RtpPeer peer = new RtpPeer();
    final AudioCodec codec;
    final int millis;
    private final int payloadType;
    private final AudioCodec.Encoder encoder;
    private final ToneGenerator tone;
    private final byte[] out = new byte[1500];
    int sequence = 65_500;
    long timestamp = 4_294_900_000L;

    Talker(String encoding, int millis, double hertz) throws IOException {
        this.codec = Codecs.get(encoding);
        this.millis = millis;
        this.payloadType = codec.staticPayloadType() >= 0 ? codec.staticPayloadType() : 111;
        this.encoder = codec.encoder("useinbandfec=1");
        this.encoder.loss(20);
        this.tone = new ToneGenerator(codec.sampleRate(), LEVEL, hertz);
    }

    /** Agrees with a leg, by an offer of ours, with telephone events in the clock of the codec. */
    void join(MediaRig.Leg leg) throws Exception {
        String map = codec.clockRate() == 48_000 ? "opus/48000/2" : codec.encoding() + "/8000";
        String sdp = peer.sdp(payloadType + " 101", "rtpmap:" + payloadType + " " + map, "rtpmap:101 telephone-event/" + codec.clockRate(),
                "ptime:" + millis, "fmtp:" + payloadType + " useinbandfec=1");
        peer.towards(leg.media().answer(sdp));
    }

    int units() {
        return codec.clockRate() / 1000 * millis;
    }

    byte[] frame() {
        short[] pcm = new short[codec.sampleRate() / 1000 * millis];
        tone.fill(pcm, 0, pcm.length);
        return Arrays.copyOf(out, encoder.encode(pcm, 0, pcm.length, out, 0));
    }

    /** The next packet is on the way. */
    void say() {
        say(frame());
    }

    void say(byte[] frame) {
        peer.send(payloadType, false, sequence, timestamp, frame);
        skip();
    }

    /** The next packet is lost. */
    void lose() {
        frame();
        skip();
    }

    private void skip() {
        sequence = sequence + 1 & 0xFFFF;
        timestamp = timestamp + units() & 0xFFFFFFFFL;
    }

    void event(int code, boolean marker, boolean end, int duration) {
        peer.send(101, marker, sequence, timestamp, new byte[] {(byte) code, (byte) (end ? 0x8A : 10), (byte) (duration >> 8), (byte) duration});
        sequence = sequence + 1 & 0xFFFF;
    }

    /** What the packets say that came, decoded in their order. */
    short[] heard(List<RtpPeer.Packet> packets) {
        AudioCodec.Decoder decoder = codec.decoder();
        short[] pcm = new short[packets.size() * 1920];
        int at = 0;
        for (RtpPeer.Packet packet : packets) {
            at += decoder.decode(packet.payload(), 0, packet.payload().length, pcm, at);
        }
        return Arrays.copyOf(pcm, at);
    }

    @Override
    public void close() {
        peer.close();
    }
}
