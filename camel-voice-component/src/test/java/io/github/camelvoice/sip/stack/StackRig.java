package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.testkit.ManualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A stack on loopback whose requests wait to be looked at. */
final class StackRig implements RequestSink, AutoCloseable {

    final BlockingQueue<InboundRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<InboundRequest> repeated = new LinkedBlockingQueue<>();
    final SipStackHost host;
    volatile boolean inDialog;
    volatile Repertoire repertoire = Repertoire.CALLS;
    /** Called on the stack's thread, before the request is queued. */
    volatile Consumer<InboundRequest> onRequest = r -> { };

    private final ManualTimers manual;

    private StackRig(SipConfig config, EngineClock clock, Timers timers, WireTap tap, Dns dns) {
        manual = clock instanceof ManualTimers m ? m : null;
        host = new SipStackHost(config, clock, timers, tap, dns);
        try {
            host.start(this);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static StackRig start(SipConfig config) {
        return start(config, WireTap.NONE, new Dns(config.dnsServers()));
    }

    static StackRig start(SipConfig config, WireTap tap, Dns dns) {
        return new StackRig(config, EngineClock.SYSTEM, new ManualTimers(), tap, dns);
    }

    /** Time moves with {@link #advanceSeconds} alone. */
    static StackRig frozen(SipConfig config) {
        return frozen(config, new Dns());
    }

    static StackRig frozen(SipConfig config, Dns dns) {
        ManualTimers time = new ManualTimers();
        return new StackRig(config, time, time, WireTap.NONE, dns);
    }

    int port() {
        return host.bindings().port();
    }

    /** Half a second at a time, as JAIN-SIP's timers tick, each step seen by the stack's thread. */
    void advanceSeconds(int seconds) {
        advanceHalves(seconds * 2);
    }

    void advanceHalves(int halfSeconds) {
        // A message can be with the peer before the timer that repeats it is set.
        host.settle();
        for (int i = 0; i < halfSeconds; i++) {
            manual.advance(java.time.Duration.ofMillis(500));
            host.settle();
        }
    }

    InboundRequest request() {
        return take(requests);
    }

    static <T> T take(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void request(InboundRequest request) {
        onRequest.accept(request);
        requests.add(request);
    }

    @Override
    public Repertoire repertoire() {
        return repertoire;
    }

    @Override
    public void repeatedInvite(InboundRequest first) {
        repeated.add(first);
    }

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        return inDialog;
    }

    @Override
    public void close() {
        host.close();
    }

    /** A response with a tag and a contact, as a leg would build it. */
    static SIPResponse response(InboundRequest request, int code) {
        SIPRequest message = request.message();
        SIPResponse response = message.createResponse(code);
        try {
            if (code > 100 && !message.hasToTag()) {
                ((To) response.getTo()).setTag("ours");
            }
        } catch (ParseException impossible) {
            throw new AssertionError(impossible);
        }
        response.setHeader(Replies.header("Contact", "<sip:us@127.0.0.1>"));
        return response;
    }

    /** Sends a request of its own to this URI. */
    Heard send(String method, String uri) {
        SIPRequest request = parse(Text.request(method, uri, "UDP", "x:1"));
        request.removeHeader("Via");
        Heard heard = new Heard();
        host.send(request, heard, Runnable::run);
        return heard;
    }

    /** How others reach it. */
    String uri(String name, String transport) {
        int to = transport.equals("tls") ? host.bindings().tlsPort() : port();
        return "sip:bob@" + name + ":" + to + ";transport=" + transport;
    }

    static SIPRequest parse(String text) {
        try {
            return (SIPRequest) new SipParser().parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (ParseException bad) {
            throw new AssertionError(text, bad);
        }
    }
}
