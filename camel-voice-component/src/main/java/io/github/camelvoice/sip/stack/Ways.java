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
        return channel(new Flow(transport.toLowerCase(Locale.ROOT), new InetSocketAddress(address, port),
                Addresses.text(address)));
    }

    @Override
    public WireChannel channel(Flow flow) throws IOException {
        return switch (flow.transport()) {
            case "udp" -> udp.to(flow.address());
            case "tcp" -> tcp.to(flow.address(), flow.host());
            case "tls" -> tls.to(flow.address(), flow.host());
            default -> throw new IOException("transport " + flow.transport() + " is not supported");
        };
    }

    /** The way that a flow takes, null if its connection is gone. */
    Flows.Way way(Flow flow) throws IOException {
        StreamConnection connection = switch (flow.transport()) {
            case "udp" -> null;
            case "tcp" -> tcp.existing(flow.address(), flow.host());
            case "tls" -> tls.existing(flow.address(), flow.host());
            default -> throw new IOException("transport " + flow.transport() + " is not supported");
        };
        if (connection != null) {
            return connection.way();
        }
        return flow.transport().equals("udp") ? udp.way(flow.address()) : null;
    }

    /** Sends a datagram that is no SIP. */
    void raw(Flow flow, byte[] datagram) throws IOException {
        udp.raw(datagram, flow.address());
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
