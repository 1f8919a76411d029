package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From bytes to messages: guard, parser, the marks that responses need to find back. One message, one try: whatever goes wrong
 * ends that message, with 400 or 500 where a decent reply can be made. Called on the threads of the transports.
 */
final class Intake implements Ingress {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final SipParser parser = new SipParser();
    private final Reactor reactor;
    private final ServerSide server;
    private final ClientSide client;
    private final Replies replies;
    private final Flood flood;
    private final LongAdder malformed = new LongAdder();

    Intake(Reactor reactor, ServerSide server, ClientSide client, Replies replies, Flood flood) {
        this.reactor = reactor;
        this.server = server;
        this.client = client;
        this.replies = replies;
        this.flood = flood;
    }

    long malformed() {
        return malformed.sum();
    }

    @Override
    public void received(byte[] bytes, InetSocketAddress source, WireChannel channel) {
        try {
            take(bytes, source, channel);
        } catch (RuntimeException | StackOverflowError failure) {
            LOG.debug("a message of {} could not be taken", source, failure);
            bad(bytes, source, channel, failure.toString());
        }
    }

    private void take(byte[] bytes, InetSocketAddress source, WireChannel channel) {
        String problem = MessageGuard.check(bytes, "udp".equals(channel.transport()));
        if (problem != null) {
            bad(bytes, source, channel, problem);
            return;
        }
        SIPMessage message;
        try {
            message = parser.parse(bytes);
        } catch (ParseException failure) {
            bad(bytes, source, channel, failure.getMessage());
            return;
        }
        if (message instanceof SIPRequest request) {
            if (Screening.isAnswerable(request) && stamp(request.getTopmostVia(), source, channel)) {
                WireChannel back = channel.back(request.getTopmostVia());
                boolean ours = MessageGuard.isOurVersion(bytes);
                reactor.run(() -> request(request, source, back, ours));
                return;
            }
        } else if (message instanceof SIPResponse response && isUsable(response)) {
            reactor.run(() -> response(response, source, channel));
            return;
        }
        bad(bytes, source, channel, "mandatory header fields are missing");
    }

    private static boolean isUsable(SIPResponse response) {
        int code = response.getStatusCode();
        return code >= 100 && code < 700 && response.getTopmostVia() != null && response.getTopmostVia().getBranch() != null
                && response.getCSeq() != null && response.getCSeq().getMethod() != null && response.getCallId() != null
                && response.getFrom() != null && response.getTo() != null;
    }

    /**
     * Marks where the request came from (RFC 3261, 18.2.1; RFC 3581). {@code received} is always set, so that nobody looks up the
     * name in a Via; {@code maddr} would let others direct our responses to third parties.
     */
    private static boolean stamp(Via via, InetSocketAddress source, WireChannel channel) {
        int port = via.getPort();
        if (port == 0 || port < -1 || port > 65535) {
            return false;
        }
        try {
            via.setReceived(Addresses.text(source.getAddress()));
            if (via.hasParameter(Via.RPORT)) {
                via.setParameter(Via.RPORT, Integer.toString(source.getPort()));
            }
            via.removeParameter(Via.MADDR);
            via.setTransport(channel.transport());
            return true;
        } catch (ParseException impossible) {
            return false;
        }
    }

    private void request(SIPRequest request, InetSocketAddress source, WireChannel channel, boolean ourVersion) {
        try {
            if (!ourVersion) {
                server.send(replies.reply(request, 505), channel);
                return;
            }
            server.received(request, source, channel);
        } catch (RuntimeException | StackOverflowError failure) {
            server.failed(request, source, failure);
            if (!request.getMethod().equals("ACK")) {
                server.send(replies.reply(request, 500), channel);
            }
        }
    }

    private void response(SIPResponse response, InetSocketAddress source, WireChannel channel) {
        try {
            client.received(response, channel);
        } catch (RuntimeException | StackOverflowError failure) {
            if (flood.mayLog(source.getAddress())) {
                LOG.error("[{}] a {} could not be handled", response.getCallId().getCallId(), response.getStatusCode(), failure);
            }
        }
    }

    private void bad(byte[] bytes, InetSocketAddress source, WireChannel channel, String why) {
        malformed.increment();
        log(source, channel.transport(), why);
        if (!flood.mayReply(source.getAddress())) {
            return;
        }
        byte[] reply = RawReply.badRequest(bytes, replies.tag());
        if (reply == null) {
            return;
        }
        reactor.run(() -> {
            try {
                channel.write(reply);
            } catch (IOException failure) {
                LOG.debug("400 could not be sent to {}: {}", source, failure.getMessage());
            }
        });
    }

    @Override
    public void refused(InetSocketAddress source, String transport, String why) {
        malformed.increment();
        log(source, transport, why);
    }

    private void log(InetSocketAddress source, String transport, String why) {
        if (flood.mayLog(source.getAddress())) {
            String text = why == null ? "" : why.replaceAll("\\p{Cntrl}", " ");
            LOG.info("bad SIP message from {} ({}): {} (others of this address are not logged for a minute)", source, transport,
                    text.length() > 120 ? text.substring(0, 120) : text);
        }
    }
}
