package io.github.camelvoice.sip.event;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.dialog.Wire;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageSpec;
import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A subscriber without sockets and without real time: a notifier by hand. */
final class SubscriberRig {

    static final String ACTIVE = "active;expires=3600";

    final FakeDoor door = new FakeDoor();
    final ManualTimers timers = new ManualTimers();
    final SipEnv env;
    final Dispatcher dispatcher;
    final Subscriber subscriber;
    final List<UsageEvent> events = new ArrayList<>();
    double random = 0.5;
    private final Executor mailbox = new Mail();

    SubscriberRig() {
        Wire.via("z9hG4bKinit");
        env = new SipEnv(door, timers, new Ids("t"), "voice", null, true);
        dispatcher = new Dispatcher(env);
        subscriber = new Subscriber(env, dispatcher, timers, () -> random);
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
                try {
                    while (!tasks.isEmpty()) {
                        tasks.remove().run();
                    }
                } finally {
                    running = false;
                }
            }
        }
    }

    static UsageSpec spec(int expires) {
        return new UsageSpec("sip:bob@127.0.0.1:5099", null, "dialog", List.of("application/dialog-info+xml"), expires, false, null, null, null,
                null, Map.of());
    }

    Usage subscribe(int expires) {
        return subscribe(spec(expires));
    }

    Usage subscribe(UsageSpec spec) {
        Usage usage = subscriber.subscribe(spec, mailbox, events::add);
        mailbox.execute(usage::start);
        return usage;
    }

    void run(Runnable task) {
        mailbox.execute(task);
    }

    /** A usage that is accepted for an hour and notified once. */
    Usage open() {
        Usage usage = subscribe(3600);
        last().respond(200, "n1", null, expires(3600));
        assertThat(notify(1, ACTIVE).send().code()).isEqualTo(200);
        events.clear();
        return usage;
    }

    FakeDoor.Sent last() {
        return door.last("SUBSCRIBE");
    }

    static RawHeader expires(int seconds) {
        return new RawHeader("Expires", String.valueOf(seconds));
    }

    String lastHeader(String name) {
        return Messages.value((SIPRequest) Wire.parse(last().request.encode()), name);
    }

    Notify notify(int cseq, String state, String... headers) {
        return notifyFrom("n1", cseq, state, headers);
    }

    Notify notifyFrom(String tag, int cseq, String state, String... headers) {
        return new Notify(door.sent.get(0).request, tag, cseq, state, headers);
    }

    Notify notifyTo(FakeDoor.Sent subscribe, String tag, int cseq, String state) {
        return new Notify(subscribe.request, tag, cseq, state);
    }

    void pass(double seconds) {
        timers.advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    /** Names of the events so far, with what matters of them. */
    List<String> told() {
        return events.stream().map(SubscriberRig::text).toList();
    }

    static String text(UsageEvent event) {
        if (event instanceof UsageEvent.Accepted accepted) {
            return "accepted " + accepted.expires();
        }
        if (event instanceof UsageEvent.Notified n) {
            return n.dialog() + ' ' + n.state().name().toLowerCase() + (n.reason().isEmpty() ? "" : ' ' + n.reason())
                    + (n.retryAfter() < 0 ? "" : " after " + n.retryAfter());
        }
        if (event instanceof UsageEvent.Refused refused) {
            return "refused " + refused.code() + (refused.retryAfter() < 0 ? "" : " after " + refused.retryAfter());
        }
        UsageEvent.Ended ended = (UsageEvent.Ended) event;
        return "ended " + ended.why() + (ended.code() == 0 ? "" : " " + ended.code());
    }

    void assertNothingLeft() {
        assertThat(subscriber.live()).as("usages").isZero();
        assertThat(timers.pending()).as("timers").isZero();
    }

    /** A NOTIFY for the first SUBSCRIBE that went out. */
    final class Notify implements InboundRequest {

        final List<SIPResponse> responses = new ArrayList<>();
        private final String head;
        private final List<String> headers = new ArrayList<>();
        private byte[] body = {};
        private String source = "127.0.0.1";
        private String event = "Event: dialog";
        private String method = "NOTIFY";
        private final String tag;
        private final int cseq;
        private SIPRequest message;

        Notify(SIPRequest subscribe, String tag, int cseq, String state, String... more) {
            this.tag = tag;
            this.cseq = cseq;
            head = "From: <sip:bob@127.0.0.1>" + (tag == null ? "" : ";tag=" + tag) + "\r\nTo: <sip:voice@127.0.0.1>;tag=" + subscribe.getFromTag()
                    + "\r\nCall-ID: " + subscribe.getCallId().getCallId() + "\r\nMax-Forwards: 70\r\n";
            if (state != null) {
                headers.add("Subscription-State: " + state);
            }
            headers.addAll(List.of(more));
        }

        Notify event(String header) {
            event = header;
            return this;
        }

        Notify method(String name) {
            method = name;
            return this;
        }

        Notify from(String address) {
            source = address;
            return this;
        }

        Notify body(String type, byte[] bytes) {
            headers.add("Content-Type: " + type);
            body = bytes;
            return this;
        }

        Notify body(String text) {
            return body("application/dialog-info+xml", text.getBytes(StandardCharsets.UTF_8));
        }

        private String text() {
            StringBuilder text = new StringBuilder(method + " sip:voice@127.0.0.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bK")
                    .append(tag).append(cseq).append(method).append("\r\n").append(head).append("CSeq: ").append(cseq).append(' ').append(method)
                    .append("\r\n");
            if (event != null) {
                text.append(event).append("\r\n");
            }
            headers.forEach(header -> text.append(header).append("\r\n"));
            if (headers.stream().noneMatch(h -> h.startsWith("Contact"))) {
                text.append("Contact: <sip:bob@127.0.0.1:5099>\r\n");
            }
            return text.append("Content-Length: 0\r\n\r\n").toString();
        }

        Notify send() {
            message = (SIPRequest) Wire.parse(text());
            if (body.length > 0) {
                message.setMessageContent(body);
            }
            dispatcher.request(this);
            return this;
        }

        /** Another message in its place. */
        Notify of(SIPRequest request) {
            message = request;
            dispatcher.request(this);
            return this;
        }

        boolean passes() {
            message = (SIPRequest) Wire.parse(text());
            return dispatcher.inDialog(message, source());
        }

        int code() {
            assertThat(responses).as("one answer").hasSize(1);
            return responses.get(0).getStatusCode();
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
            return new InetSocketAddress(source, 5099);
        }

        @Override
        public String authenticatedUser() {
            return "";
        }

        @Override
        public void respond(SIPResponse response) {
            responses.add((SIPResponse) Wire.parse(response.encode()));
        }

        @Override
        public InboundRequest cancelled() {
            return null;
        }

        @Override
        public Object attachment() {
            return null;
        }

        @Override
        public void attach(Object owner) {
        }
    }
}
