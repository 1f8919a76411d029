package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.sip.SipConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every call with 180 and 200 and does nothing else: what this layer costs, to be compared with bench/reference/JainUas.
 * Arguments: port.
 */
public final class BareUas implements RequestSink {

    private static final byte[] SDP = ("v=0\r\no=uas 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger tags = new AtomicInteger();
    private final String contact;

    private BareUas(int port) {
        contact = "<sip:uas@127.0.0.1:" + port + ">";
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        SipStackHost host = new SipStackHost(SipConfig.loopback().withPort(port), EngineClock.SYSTEM, new ScheduledTimers());
        host.start(new BareUas(port));
        new CountDownLatch(1).await();
    }

    @Override
    public void request(InboundRequest request) {
        switch (request.message().getMethod()) {
            case "ACK" -> { }
            case "INVITE" -> {
                String tag = Integer.toHexString(tags.incrementAndGet());
                request.respond(response(request.message(), 180, tag));
                SIPResponse ok = response(request.message(), 200, tag);
                ok.addHeader(Replies.header("Content-Type", "application/sdp"));
                ok.setMessageContent(SDP);
                request.respond(ok);
            }
            default -> request.respond(response(request.message(), 200, null));
        }
    }

    private SIPResponse response(SIPRequest request, int code, String tag) {
        SIPResponse response = new SIPResponse();
        try {
            response.setStatusCode(code);
            response.setReasonPhrase(SIPResponse.getReasonPhrase(code));
            To to = (To) request.getTo();
            if (tag != null) {
                to = (To) to.clone();
                to.setTag(tag);
                response.addHeader(Replies.header("Contact", contact));
            }
            response.addHeader(request.getViaHeaders());
            response.addHeader(request.getFrom());
            response.addHeader(to);
            response.addHeader(request.getCallId());
            response.addHeader(request.getCSeq());
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        return response;
    }

    @Override
    public void repeatedInvite(InboundRequest first) {
        // Nobody keeps the response here.
    }

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        return true;
    }
}
