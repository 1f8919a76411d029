package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Wire;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Legs without sockets and without real time: a far end by hand. */
final class Rig {

    static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    static final String ANSWER = OFFER.replace("4000", "5000");
    static final LegSettings SETTINGS = new LegSettings(500, 4000, 1800, 90, true, "voice", null);
    static final SipHeaders NONE = SipHeaders.none();

    final FakeDoor door = new FakeDoor();
    final ManualTimers timers = new ManualTimers();
    final LegEnv env;
    final Legs legs;
    final Dispatcher dispatcher;
    final List<SignalEvent> events = new ArrayList<>();
    /** May react to an event at once, as the call room does. */
    Consumer<SignalEvent> reaction = event -> { };
    final Mail mailbox = new Mail();
    IncomingInvite invitation;
    /** Of a call that has ended otherwise than by BYE. */
    boolean recordIsWritten = true;
    private int seq = 1;
    /** Requests in a dialog that a leg failed on. */
    private int bugs;

    Rig() {
        this(SETTINGS);
    }

    Rig(LegSettings settings) {
        Wire.via("z9hG4bKinit");
        env = new LegEnv(door, timers, new Ids("t"), settings);
        legs = new Legs(env);
        dispatcher = new Dispatcher(env);
        legs.join(dispatcher);
        legs.onInvite(invite -> {
            invitation = invite;
            claimed = invite.claim(mailbox, this::heard);
        });
    }

    SignallingLeg claimed;

    private void heard(SignalEvent event) {
        if (event instanceof SignalEvent.ByeHeld && recordIsWritten) {
            claimed.confirmBye();
            return;
        }
        events.add(event);
        reaction.accept(event);
    }

    /** One task after another, on the caller's thread. */
    static final class Mail implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean running;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (!running) {
                running = true;
                while (!tasks.isEmpty()) {
                    tasks.remove().run();
                }
                running = false;
            }
        }
    }

    /** A request of the far end, and our responses to it. */
    final class Asked implements InboundRequest {
        final SIPRequest message;
        final List<SIPResponse> responses = new ArrayList<>();
        InboundRequest cancelled;
        InetSocketAddress source = new InetSocketAddress(loopback(), 5099);
        private Object attachment;

        Asked(SIPRequest message) {
            this.message = message;
        }

        @Override
        public SIPRequest message() {
            return message;
        }

        @Override
        public String transport() {
            return "udp";
        }

        @Override
        public InetSocketAddress source() {
            return source;
        }

        @Override
        public String authenticatedUser() {
            return "";
        }

        @Override
        public void respond(SIPResponse response) {
            responses.add((SIPResponse) Wire.parse(response.encode()));
            if (response.getStatusCode() == 500 && message.getToTag() != null && response.getReasonPhrase().startsWith("Server")) {
                bugs++;
            }
        }

        @Override
        public InboundRequest cancelled() {
            return cancelled;
        }

        @Override
        public Object attachment() {
            return attachment;
        }

        @Override
        public void attach(Object owner) {
            attachment = owner;
        }

        List<Integer> codes() {
            return responses.stream().map(SIPResponse::getStatusCode).toList();
        }

        SIPResponse last() {
            return responses.get(responses.size() - 1);
        }

        int code() {
            return responses.isEmpty() ? 0 : last().getStatusCode();
        }

        Asked from(String address) {
            source = new InetSocketAddress(address, 5099);
            return this;
        }

        Asked send() {
            dispatcher.request(this);
            return this;
        }
    }

    void pass(long millis) {
        timers.advance(Duration.ofMillis(millis));
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    Asked invite(String sdp, String... headers) {
        return request("INVITE", "", "a1", seq, sdp, headers);
    }

    /** A request of the caller of an inbound call, in its dialog. */
    Asked inDialog(String method, String sdp, String... headers) {
        return request(method, ";tag=" + tag(), "a1", method.equals("ACK") ? seq : ++seq, sdp, headers);
    }

    Asked ack(int cseq, String sdp) {
        return request("ACK", ";tag=" + tag(), "a1", cseq, sdp);
    }

    int seq() {
        return seq;
    }

    String tag() {
        return ((Leg) claimed).localTag;
    }

    Asked request(String method, String toTag, String fromTag, int cseq, String sdp, String... headers) {
        return requestOf("call1", "<sip:bob@127.0.0.1>" + toTag, "<sip:alice@127.0.0.1>;tag=" + fromTag, method, cseq, sdp, headers);
    }

    /** A request of the called side of an outbound call. */
    Asked fromCallee(SIPRequest invite, String calleeTag, String method, int cseq, String sdp, String... headers) {
        return requestOf(invite.getCallId().getCallId(), "<sip:voice@127.0.0.1>;tag=" + invite.getFromTag(),
                "<sip:bob@127.0.0.1>;tag=" + calleeTag, method, cseq, sdp, headers);
    }

    private Asked requestOf(String callId, String to, String from, String method, int cseq, String sdp, String... headers) {
        StringBuilder text = new StringBuilder(method + " sip:bob@127.0.0.1:5060 SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bK").append(method).append(cseq).append("\r\n")
                .append("From: ").append(from).append("\r\nTo: ").append(to).append("\r\nCall-ID: ").append(callId)
                .append("\r\nCSeq: ").append(cseq).append(' ').append(method).append("\r\nMax-Forwards: 70\r\n");
        boolean contact = true;
        for (String header : headers) {
            text.append(header).append("\r\n");
            contact &= !header.startsWith("Contact");
        }
        if (contact) {
            text.append("Contact: <sip:alice@127.0.0.1:5099>\r\n");
        }
        if (sdp != null && !text.toString().contains("\r\nContent-Type:")) {
            text.append("Content-Type: application/sdp\r\n");
        }
        text.append("Content-Length: ").append(sdp == null ? 0 : sdp.length()).append("\r\n\r\n").append(sdp == null ? "" : sdp);
        return new Asked((SIPRequest) Wire.parse(text.toString()));
    }

    SignallingLeg outbound() {
        return outbound(new OutboundLeg("sip:bob@127.0.0.1:5099", null, null, null, null, null, 0, null));
    }

    SignallingLeg outbound(OutboundLeg spec) {
        claimed = legs.outbound(spec, mailbox, this::heard);
        return claimed;
    }

    List<String> told() {
        return events.stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    <T extends SignalEvent> T event(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + told()));
    }

    /** Nothing may be left of any leg. */
    void assertNothingLeft() {
        org.assertj.core.api.Assertions.assertThat(bugs).as("failures within legs, see the log").isZero();
        org.assertj.core.api.Assertions.assertThat(env.legs().live()).as("legs").isZero();
        org.assertj.core.api.Assertions.assertThat(timers.pending()).as("timers").isZero();
    }
}
