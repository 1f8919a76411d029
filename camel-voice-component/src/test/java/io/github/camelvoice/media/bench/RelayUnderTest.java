package io.github.camelvoice.media.bench;

import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.media.MediaConfig;
import io.github.camelvoice.media.RtpMediaPlane;
import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The process that {@link RelayBench} measures: prints the ports of side A and of side B on a line each, then relays until it is killed. */
final class RelayUnderTest {

    private RelayUnderTest() {
    }

    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[1]);
        int portA = Integer.parseInt(args[2]);
        int portB = Integer.parseInt(args[3]);
        if (args[0].equals("bare")) {
            bare(calls, portA, portB);
        } else {
            plane(calls, portA, portB);
        }
    }

    private static void plane(int calls, int portA, int portB) throws Exception {
        RtpMediaPlane plane = new RtpMediaPlane(MediaConfig.of(InetAddress.getLoopbackAddress(), 20000, 59999).withAgents(1), EngineClock.SYSTEM);
        StringBuilder sideA = new StringBuilder();
        StringBuilder sideB = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            MediaLeg a = leg(plane, portA);
            MediaLeg b = leg(plane, portB);
            a.bridge(b);
            sideA.append(a.info().local().getPort()).append(' ');
            sideB.append(b.info().local().getPort()).append(' ');
        }
        System.out.println(sideA.toString().trim());
        System.out.println(sideB.toString().trim());
        new CountDownLatch(1).await();
    }

    private static MediaLeg leg(RtpMediaPlane plane, int remotePort) throws Exception {
        MediaLeg leg = plane.open("bench", MediaTerms.plain(List.of("PCMU")), Runnable::run, event -> { });
        leg.answer("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + remotePort + " RTP/AVP 0\r\n");
        return leg;
    }

    /** The floor: receive until empty, send to a fixed address, look at nothing. */
    private static void bare(int calls, int portA, int portB) throws IOException {
        InetSocketAddress toA = new InetSocketAddress(InetAddress.getLoopbackAddress(), portA);
        InetSocketAddress toB = new InetSocketAddress(InetAddress.getLoopbackAddress(), portB);
        Selector selector = Selector.open();
        String sideA = sockets(calls, selector, toB);
        String sideB = sockets(calls, selector, toA);
        System.out.println(sideA);
        System.out.println(sideB);
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        while (true) {
            selector.select(key -> {
                try {
                    DatagramChannel channel = (DatagramChannel) key.channel();
                    for (int i = 0; i < 16; i++) {
                        packet.clear();
                        if (channel.receive(packet) == null) {
                            break;
                        }
                        packet.flip();
                        channel.send(packet, (InetSocketAddress) key.attachment());
                    }
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
        }
    }

    private static String sockets(int calls, Selector selector, InetSocketAddress to) throws IOException {
        StringBuilder ports = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, to);
            ports.append(((InetSocketAddress) channel.getLocalAddress()).getPort()).append(' ');
        }
        return ports.toString().trim();
    }
}
