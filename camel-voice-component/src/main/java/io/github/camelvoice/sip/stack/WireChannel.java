package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.RawMessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.sip.address.Hop;

/** One peer on one transport, as JAIN-SIP's transactions want to see it. Sending never waits for the network. */
abstract class WireChannel extends MessageChannel implements RawMessageChannel {

    private final String transport;
    private final InetSocketAddress peer;

    WireChannel(MessageProcessor processor, String transport, InetSocketAddress peer) {
        this.messageProcessor = processor;
        this.transport = transport;
        this.peer = peer;
    }

    /** Hands bytes to the network; what goes wrong later is told to the channel's owner. */
    abstract void write(byte[] bytes) throws IOException;

    /** Who waits for an answer on a channel and wants to know when it breaks. */
    interface Failure {
        void broken(String why);
    }

    /** Tells {@code client} if this channel breaks, until it is forgotten. Nothing to tell on UDP. */
    public void track(Failure client) {
        // A datagram is sent or lost.
    }

    public void forget(Failure client) {
        // As above.
    }

    /** Where responses go for a request with this top Via (RFC 3261, section 18.2.2; RFC 3581): this channel, but on UDP without rport. */
    WireChannel back(Via via) {
        return this;
    }

    InetSocketAddress peer() {
        return peer;
    }

    /** {@code udp}, {@code tcp} or {@code tls}. */
    String transport() {
        return transport;
    }

    private byte[] encode(SIPMessage message) {
        return message.encodeAsBytes(transport);
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        write(encode(message));
    }

    @Override
    public void sendMessage(SIPMessage message, Hop hop) throws IOException {
        write(encode(message));
    }

    @Override
    public void sendMessage(SIPMessage message, InetAddress receiver, int port) throws IOException {
        write(encode(message));
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress receiver, int port, boolean reconnect) throws IOException {
        write(message);
    }

    /** JAIN-SIP would hand messages to itself past the socket; see {@link #getPeerProtocol}. */
    @Override
    public void processMessage(SIPMessage message) {
        throw new IllegalStateException("messages to ourselves go through the socket");
    }

    @Override
    public void close() {
        // Connections belong to their transport, not to a transaction.
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return messageProcessor.getSIPStack();
    }

    @Override
    public String getTransport() {
        return transport;
    }

    @Override
    public boolean isReliable() {
        return !"udp".equals(transport);
    }

    @Override
    public boolean isSecure() {
        return "tls".equals(transport);
    }

    @Override
    public String getPeerAddress() {
        return peer.getAddress().getHostAddress();
    }

    @Override
    protected InetAddress getPeerInetAddress() {
        return peer.getAddress();
    }

    /** Never the name of a transport: else a transaction with a peer that is ourselves bypasses the socket. */
    @Override
    protected String getPeerProtocol() {
        return "";
    }

    @Override
    public int getPeerPort() {
        return peer.getPort();
    }

    @Override
    public int getPeerPacketSourcePort() {
        return peer.getPort();
    }

    @Override
    public InetAddress getPeerPacketSourceAddress() {
        return peer.getAddress();
    }

    @Override
    public String getKey() {
        return transport + ":" + getPeerAddress() + ":" + getPeerPort();
    }

    @Override
    public String getViaHost() {
        return messageProcessor.getIpAddress().getHostAddress();
    }

    @Override
    public int getViaPort() {
        return messageProcessor.getPort();
    }
}
