package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/** The transports by their names, and what we call ourselves on them. */
final class Ways implements EngineStack.Transports, ClientSide.Channels {

    private final Bindings bindings;
    private UdpTransport udp;
    private StreamTransport tcp;
    private StreamTransport tls;

    Ways(Bindings bindings) {
        this.bindings = bindings;
    }

    /** Before the stack's thread starts. */
    void open(UdpTransport datagrams, StreamTransport plain, StreamTransport secure) {
        udp = datagrams;
        tcp = plain;
        tls = secure;
    }

    @Override
    public MessageProcessor processor(String transport) {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> udp;
            case "tcp" -> tcp;
            default -> tls;
        };
    }

    @Override
    public MessageChannel channel(String transport, InetAddress address, int port) throws IOException {
        return channel(new Resolver.Target(transport.toLowerCase(Locale.ROOT), new InetSocketAddress(address, port),
                Addresses.text(address)));
    }

    @Override
    public WireChannel channel(Resolver.Target target) throws IOException {
        return switch (target.transport()) {
            case "udp" -> udp.to(target.address());
            case "tcp" -> tcp.to(target.address(), target.host());
            case "tls" -> tls.to(target.address(), target.host());
            default -> throw new IOException("transport " + target.transport() + " is not supported");
        };
    }

    @Override
    public String advertisedHost() {
        return bindings.advertisedHost();
    }

    @Override
    public int advertisedPort(String transport) {
        return bindings.advertisedPort(transport);
    }
}
