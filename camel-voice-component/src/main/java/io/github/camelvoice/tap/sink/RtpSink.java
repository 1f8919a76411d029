package io.github.camelvoice.tap.sink;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * One stream of RTP (RFC 3550, 3551) to one address, from a socket of its own at a free port. G.711 in mono has its static payload type 0 or 8;
 * two channels, interleaved as RFC 3551 section 4.1 has it, and L16 have payload type {@value #DYNAMIC}.
 * <p>
 * If the address answers for {@value #UNREACHABLE_SECONDS} s that nobody is there (ICMP), the tap is over; until then the packets are counted as
 * dropped, since a receiver may come later, or again.
 */
final class RtpSink implements Sink {

    static final int DYNAMIC = 96;
    private static final int HEADER = 12;
    private static final int UNREACHABLE_SECONDS = 10;
    private static final long UNREACHABLE_NANOS = TimeUnit.SECONDS.toNanos(UNREACHABLE_SECONDS);
    /** An answer is sent for each packet, or for some of them: so long without one means that somebody is there again. */
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** What comes from there is not read. */
    private static final int RECEIVE_BUFFER = 2_048;

    private final AudioShape shape;
    private final InetAddress bind;
    private final InetAddress advertised;
    private final InetSocketAddress destination;
    private final EngineClock clock;
    private final ByteBuffer packet;
    private final int payloadType;
    private final int ssrc;
    private final int firstTimestamp;
    private int sequence;
    private DatagramChannel channel;
    private Owner owner;
    private long expectedOffset = -1;
    private long dropped;
    private boolean refusing;
    private long refusedSince;
    private long refusedLast;

    RtpSink(AudioShape shape, InetAddress bind, InetAddress advertised, InetSocketAddress destination, EngineClock clock) {
        this.shape = shape;
        this.bind = bind;
        this.advertised = advertised;
        this.destination = destination;
        this.clock = clock;
        this.packet = ByteBuffer.allocateDirect(HEADER + shape.frameBytes());
        boolean fixed = shape.channels() == 1 && !shape.encoding().equals("L16");
        this.payloadType = !fixed ? DYNAMIC : shape.encoding().equals("PCMU") ? 0 : 8;
        SecureRandom random = new SecureRandom();
        this.ssrc = random.nextInt();
        this.firstTimestamp = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
    }

    @Override
    public AudioShape shape() {
        return shape;
    }

    @Override
    public void open(Owner told) {
        owner = told;
        try {
            shut();
            boolean ipv4 = destination.getAddress() instanceof Inet4Address;
            channel = DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(bind, 0));
            channel.configureBlocking(false);
            channel.connect(destination);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            told.opened(advertised == null ? local : new InetSocketAddress(advertised, local.getPort()), destination);
        } catch (IOException | RuntimeException failure) {
            shut();
            told.lost("no socket for RTP: " + failure.getMessage(), true);
        }
    }

    @Override
    public void frame(Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        boolean marker = afterGap || offsetMillis != expectedOffset;
        expectedOffset = offsetMillis + shape.frameMillis();
        int timestamp = firstTimestamp + (int) (offsetMillis * (shape.rate() / 1000));
        packet.clear();
        packet.putInt(0x80000000 | (marker ? 0x00800000 : 0) | payloadType << 16 | sequence).putInt(timestamp).putInt(ssrc).put(frame, 0, length);
        sequence = (sequence + 1) & 0xFFFF;
        packet.flip();
        if (!send()) {
            dropped++;
        }
    }

    private boolean send() {
        try {
            return channel.write(packet) > 0;
        } catch (PortUnreachableException answer) {
            return refused();
        } catch (IOException failure) {
            return false;
        }
    }

    /** The answer to an earlier packet took the place of this one, which is sent once more. */
    private boolean refused() {
        long now = clock.nanos();
        if (!refusing || now - refusedLast > FORGET_NANOS) {
            refusing = true;
            refusedSince = now;
        }
        refusedLast = now;
        dropped++;
        try {
            packet.rewind();
            return channel.write(packet) > 0;
        } catch (IOException again) {
            return false;
        }
    }

    @Override
    public void turn(long nanos) {
        if (refusing && refusedLast - refusedSince > UNREACHABLE_NANOS) {
            refusing = false;
            owner.lost("unreachable", true);
        }
    }

    @Override
    public void digit(char digit, int durationMillis) {
        // this stream has no telephone events: digits are told as events
    }

    @Override
    public void close(String reason) {
        shut();
    }

    private void shut() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // the kernel has taken the descriptor back all the same
        }
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public long dropped() {
        return dropped;
    }
}
