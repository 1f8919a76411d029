package io.github.camelvoice.voice;

import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** The far end of a call: writes down what it is told, says what the test wants, and is polite (ACK, 200 to BYE, 487 to CANCEL). */
final class FakePhone implements SignallingLeg {

    final OutboundLeg spec;
    final List<String> heard = new CopyOnWriteArrayList<>();
    volatile boolean takesRefer = true;
    final List<SipHeaders> headers = new CopyOnWriteArrayList<>();
    private final Executor mailbox;
    private final SignalListener listener;

    FakePhone(OutboundLeg spec, Executor mailbox, SignalListener listener) {
        this.spec = spec;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    void says(SignalEvent event) {
        mailbox.execute(() -> listener.on(event));
    }

    void rings() {
        says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
    }

    void answers() {
        says(new SignalEvent.Accepted(SipHeaders.of("X-Answered-By", "bob"), "sdp"));
    }

    void rejects(int code, String phrase, String... fields) {
        says(new SignalEvent.Rejected(code, phrase, SipHeaders.of(fields), List.of()));
        says(new SignalEvent.Closed());
    }

    void redirects(String... contacts) {
        says(new SignalEvent.Rejected(302, "Moved Temporarily", SipHeaders.none(), List.of(contacts)));
        says(new SignalEvent.Closed());
    }

    void hangsUp() {
        says(new SignalEvent.ByeReceived(SipHeaders.none()));
    }

    void cancels() {
        says(new SignalEvent.Cancelled(SipHeaders.none()));
        says(new SignalEvent.Closed());
    }

    private void hear(String what, SipHeaders extra) {
        headers.add(extra);
        heard.add(what);
    }

    @Override
    public String sipCallId() {
        return "sip-" + System.identityHashCode(this);
    }

    @Override
    public Party localParty() {
        return new Party(spec == null || spec.from() == null ? "sip:voice@127.0.0.1" : spec.from(), "voice", "127.0.0.1", "");
    }

    @Override
    public Party remoteParty() {
        return new Party(spec == null ? "sip:alice@127.0.0.1" : spec.target(), "bob", "127.0.0.1", "");
    }

    @Override
    public String transport() {
        return "udp";
    }

    @Override
    public void invite(String offer) {
        hear("INVITE", spec.headers());
    }

    @Override
    public void provisional(int code, String phrase, String sdp, boolean reliable, SipHeaders extra) {
        hear(code + (sdp == null ? "" : " sdp") + (reliable ? " reliable" : ""), extra);
    }

    @Override
    public void accept(String sdp, SipHeaders extra) {
        hear("200", extra);
        says(new SignalEvent.Acked(null));
    }

    @Override
    public void reject(int code, String phrase, SipHeaders extra) {
        hear(code + " " + phrase, extra);
        says(new SignalEvent.Closed());
    }

    @Override
    public void redirect(List<String> contacts, SipHeaders extra) {
        hear("302 " + contacts, extra);
        says(new SignalEvent.Closed());
    }

    @Override
    public void cancel(String reason) {
        hear("CANCEL" + (reason == null ? "" : " " + reason), SipHeaders.none());
        rejects(487, "Request Terminated");
    }

    @Override
    public void drop(String reason, SipHeaders extra) {
        bye(reason, extra);
    }

    @Override
    public void bye(String reason, SipHeaders extra) {
        hear("BYE" + (reason == null ? "" : " " + reason), extra);
        says(new SignalEvent.Closed());
    }

    @Override
    public void confirmBye() {
        hear("200 BYE", SipHeaders.none());
        says(new SignalEvent.Closed());
    }

    @Override
    public void ack(String answer) {
        hear("ACK", SipHeaders.none());
    }

    @Override
    public void modify(String offer, boolean preferUpdate) {
        hear("re-INVITE", SipHeaders.none());
        says(new SignalEvent.OfferAnswered("sdp"));
    }

    @Override
    public void answerOffer(String sdp) {
        hear("200 re-INVITE", SipHeaders.none());
    }

    @Override
    public void refuseOffer(int code, String phrase) {
        hear(code + " re-INVITE", SipHeaders.none());
    }

    @Override
    public void info(String contentType, String body) {
        hear("INFO " + contentType + " " + body, SipHeaders.none());
    }

    @Override
    public void refer(ReferRequest request) {
        if (!request.target().startsWith("sip:")) {
            throw new IllegalArgumentException("transfer target is not a SIP URI: " + request.target());
        }
        hear("REFER " + request.target() + (request.replaces() == null ? "" : "?" + request.replaces().inUri()), request.headers());
    }

    @Override
    public void answerRefer(int code, String phrase) {
        hear(code + " REFER", SipHeaders.none());
    }

    @Override
    public void notifyRefer(int code, String phrase) {
        hear("NOTIFY " + code, SipHeaders.none());
        if (code >= 200) {
            says(new SignalEvent.ReferNotified());
        }
    }

    @Override
    public DialogInfo dialog() {
        return new DialogInfo(spec == null ? "sip-call-id" : sipCallId(), "ours" + System.identityHashCode(this), "theirs", "sip:bob@127.0.0.1:5099",
                takesRefer);
    }

    @Override
    public void abandon() {
        hear("abandon", SipHeaders.none());
    }
}
