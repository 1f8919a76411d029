package io.github.camelvoice.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIP over UDP on one socket that the reactor reads: datagrams are handled in the order of their arrival. */
final class UdpTransport extends MessageProcessor {

    /** The largest datagram taken, bytes; longer ones are dropped. */
    static final int MAX_DATAGRAM = 16 * 1024;
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int DATAGRAMS_PER_TURN = 64;
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final Reactor reactor;
    private final Ingress ingress;
    private final WireTap tap;
    private final Flows flows;
    private final Flood flood;
    private final InetSocketAddress local;
    /** One byte more than allowed shows a datagram that was cut off. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM + 1);
    private volatile DatagramChannel channel;
    private volatile SIPTransactionStack stack;

    UdpTransport(DatagramChannel bound, Reactor reactor, Ingress ingress, WireTap tap, Flows flows, Flood flood) throws IOException {
        super("udp");
        this.reactor = reactor;
        this.ingress = ingress;
        this.tap = tap;
        this.flows = flows;
        this.flood = flood;
        this.channel = bound;
        this.local = (InetSocketAddress) bound.getLocalAddress();
    }

    /** Binds a socket with large buffers, so that a pause of the collector does not lose messages. */
    static DatagramChannel bind(InetAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(address instanceof Inet6Address ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(address, port));
            int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            if (granted < BUFFER_BYTES) {
                LOG.warn("the kernel caps the SIP receive buffer at {} bytes (asked for {}): raise net.core.rmem_max", granted,
                        BUFFER_BYTES);
            }
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Attaches to the stack; before {@link #start}. */
    void attach(SIPTransactionStack owner) {
        stack = owner;
        initialize(local.getAddress(), local.getPort(), owner);
    }

    @Override
    public void start() throws IOException {
        reactor.watch(channel, this::readable);
    }

    /** Opens the socket anew, on the thread of the reactor: the cure of the watchdog. */
    void rebind() throws IOException {
        channel.close();
        channel = bind(local.getAddress(), local.getPort());
        reactor.watch(channel, this::readable);
    }

    private void readable() throws IOException {
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            buffer.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
            if (source == null) {
                return;
            }
            buffer.flip();
            take(source);
        }
    }

    private void take(InetSocketAddress source) throws IOException {
        int length = buffer.remaining();
        if (length > MAX_DATAGRAM) {
            ingress.refused(source, "udp", "a datagram of more than " + MAX_DATAGRAM + " bytes");
            return;
        }
        if (blank(length)) {
            keepAlive(source, length);
            return;
        }
        boolean stun = Stun.is(buffer, length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        if (stun) {
            stun(bytes, source);
            return;
        }
        tap.received("udp", source, local, bytes, length);
        ingress.received(bytes, source, new UdpChannel(source));
    }

    private boolean blank(int length) {
        if (length > 4) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = buffer.get(i);
            if (b != '\r' && b != '\n' && b != 0) {
                return false;
            }
        }
        return true;
    }

    /** CR LF CR LF is a ping that wants CR LF (RFC 5626, section 3.5.1 has it for streams, phones do it on UDP too). */
    private void keepAlive(InetSocketAddress source, int length) throws IOException {
        if (length == 4 && buffer.get(0) == '\r') {
            channel.send(ByteBuffer.wrap(new byte[] {'\r', '\n'}), source);
        }
    }

    /** Answers to ours go to whom asked; a plain Binding request of others is answered, within a budget, and nothing else of STUN. */
    private void stun(byte[] message, InetSocketAddress source) throws IOException {
        int type = Stun.type(message);
        if (type == Stun.SUCCESS || type == Stun.ERROR) {
            flows.answered(message, source);
        } else if (type == Stun.REQUEST && Stun.isPlain(message) && flood.mayReply(source.getAddress())) {
            raw(Stun.success(message, source), source);
        }
    }

    void raw(byte[] datagram, InetSocketAddress peer) throws IOException {
        channel.send(ByteBuffer.wrap(datagram), peer);
    }

    /** A datagram has no way back that could be watched. */
    Flows.Way way(InetSocketAddress peer) {
        return new Flows.Way() {
            @Override
            public void ping() throws IOException {
                raw(new byte[] {'\r', '\n', '\r', '\n'}, peer);
            }

            @Override
            public long heard() {
                return 0;
            }

            @Override
            public long pongs() {
                return 0;
            }

            @Override
            public void track(WireChannel.Failure client) {
                // Nothing breaks.
            }

            @Override
            public void forget(WireChannel.Failure client) {
                // As above.
            }
        };
    }

    UdpChannel to(InetSocketAddress peer) {
        return new UdpChannel(peer);
    }

    @Override
    public void stop() {
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.debug("closing the UDP socket", failure);
        }
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return stack;
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new UdpChannel(new InetSocketAddress(target.getInetAddress(), target.getPort()));
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress target, int port) {
        return new UdpChannel(new InetSocketAddress(target, port));
    }

    @Override
    public int getDefaultTargetPort() {
        return 5060;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public int getMaximumMessageSize() {
        return MAX_DATAGRAM;
    }

    @Override
    public boolean inUse() {
        return true;
    }

    /** A peer's address; sending is one system call that does not wait. */
    private final class UdpChannel extends WireChannel {

        UdpChannel(InetSocketAddress peer) {
            super(UdpTransport.this, "udp", peer);
        }

        @Override
        WireChannel back(Via via) {
            int port = via.getPort() > 0 ? via.getPort() : getDefaultTargetPort();
            return via.hasParameter(Via.RPORT) || port == peer().getPort() ? this
                    : new UdpChannel(new InetSocketAddress(peer().getAddress(), port));
        }

        @Override
        void write(byte[] bytes) throws IOException {
            tap.sent("udp", local, peer(), bytes, bytes.length);
            channel.send(ByteBuffer.wrap(bytes), peer());
        }
    }
}
