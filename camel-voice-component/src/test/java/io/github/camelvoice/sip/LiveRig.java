package io.github.camelvoice.sip;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.sip.leg.LegSettings;
import io.github.camelvoice.sip.stack.SipStackHost;
import io.github.camelvoice.sip.stack.SipStartException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The sip room on real sockets, with a call room made of one lambda. */
final class LiveRig implements AutoCloseable {

    static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    static final String ANSWER = OFFER.replace("4000", "5000");
    static final SipHeaders NONE = SipHeaders.none();

    final ScheduledTimers timers = new ScheduledTimers();
    final ExecutorService pool = Executors.newFixedThreadPool(2, Threads.named("test"));
    final SipStackHost stack;
    final SipSignalling signalling;
    private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
    final Queue<SignalEvent> events = new ConcurrentLinkedQueue<>();
    private volatile BiConsumer<SignallingLeg, IncomingInvite> answer = (leg, invite) -> leg.reject(480, null, NONE);
    private volatile BiConsumer<SignallingLeg, SignalEvent> reaction = (leg, event) -> { };

    LiveRig(LegSettings settings) throws SipStartException {
        this(SipConfig.loopback(), settings);
    }

    /** @param settings null for those of {@code config} */
    LiveRig(SipConfig config, LegSettings settings) throws SipStartException {
        stack = new SipStackHost(config, EngineClock.SYSTEM, timers);
        signalling = new SipSignalling(stack, settings == null ? LegSettings.of(config) : settings, timers, new Ids("e"));
        signalling.onInvite(this::invited);
        stack.start(signalling);
    }

    /** What is done about the next calls, and about each event of every leg (BYE is always confirmed). */
    void behave(BiConsumer<SignallingLeg, IncomingInvite> onInvite, BiConsumer<SignallingLeg, SignalEvent> onEvent) {
        events.clear();
        answer = onInvite;
        reaction = onEvent;
    }

    private void invited(IncomingInvite invite) {
        Mailbox mailbox = new Mailbox(pool, invite.sipCallId());
        SignallingLeg[] leg = new SignallingLeg[1];
        leg[0] = invite.claim(mailbox, event -> heard(leg[0], event));
        mailbox.release(() -> answer.accept(leg[0], invite));
    }

    SignallingLeg call(OutboundLeg spec, String offer) {
        Mailbox mailbox = new Mailbox(pool, "outbound");
        SignallingLeg[] leg = new SignallingLeg[1];
        leg[0] = signalling.leg(spec, mailbox, event -> heard(leg[0], event));
        mailboxes.put(leg[0].sipCallId(), mailbox);
        mailbox.release(() -> leg[0].invite(offer));
        return leg[0];
    }

    static OutboundLeg to(int port, String transport) {
        return to(port, transport, null, null);
    }

    static OutboundLeg to(int port, String transport, String user, String password) {
        return new OutboundLeg("sip:bob@127.0.0.1:" + port + ";transport=" + transport, null, null, user, password, null, 0, null);
    }

    /** On the mailbox of the leg, half a second from now. */
    void later(SignallingLeg leg, Runnable task) {
        timers.schedule(500, TimeUnit.MILLISECONDS, mailboxes.get(leg.sipCallId()), task);
    }

    private void heard(SignallingLeg leg, SignalEvent event) {
        events.add(event);
        reaction.accept(leg, event);
        if (event instanceof SignalEvent.ByeReceived || event instanceof SignalEvent.ByeHeld) {
            leg.confirmBye();
        }
    }

    List<String> told() {
        return events.stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    int port() {
        return stack.bindings().port();
    }

    @Override
    public void close() {
        stack.close();
        pool.shutdownNow();
        timers.close();
    }
}
