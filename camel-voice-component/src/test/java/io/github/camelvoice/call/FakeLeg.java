package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A signalling leg that writes down what it is told, and says what the test wants. */
public final class FakeLeg implements SignallingLeg {

    public final List<String> sent = new ArrayList<>();
    /** How it was placed, null for an inbound one. */
    public OutboundLeg spec;
    String sipCallId = "placed-call-id";
    private final Executor mailbox;
    private final SignalListener listener;

    FakeLeg(Executor mailbox, SignalListener listener) {
        this.mailbox = mailbox;
        this.listener = listener;
    }

    public void says(SignalEvent event) {
        mailbox.execute(() -> listener.on(event));
    }

    @Override
    public String sipCallId() {
        return sipCallId;
    }

    @Override
    public Party localParty() {
        return new Party("sip:voice@127.0.0.1", "voice", "127.0.0.1", "");
    }

    @Override
    public Party remoteParty() {
        return new Party("sip:bob@127.0.0.1", "bob", "127.0.0.1", "");
    }

    @Override
    public String transport() {
        return "udp";
    }

    @Override
    public void invite(String offer) {
        sent.add("INVITE " + offer);
    }

    @Override
    public void provisional(int code, String phrase, String sdp, boolean reliable, SipHeaders extra) {
        sent.add(code + " " + phrase + (sdp == null ? "" : " " + sdp) + (reliable ? " reliable" : ""));
    }

    @Override
    public void accept(String sdp, SipHeaders extra) {
        sent.add("200 " + sdp);
    }

    @Override
    public void reject(int code, String phrase, SipHeaders extra) {
        sent.add(code + " " + phrase);
    }

    @Override
    public void redirect(List<String> contacts, SipHeaders extra) {
        sent.add("302 " + contacts);
    }

    @Override
    public void cancel(String reason) {
        sent.add("CANCEL");
    }

    @Override
    public void bye(String reason, SipHeaders extra) {
        sent.add("BYE" + (reason == null ? "" : " " + reason));
    }

    @Override
    public void drop(String reason, SipHeaders extra) {
        sent.add("drop");
        listener.on(new SignalEvent.Closed());
    }

    @Override
    public void confirmBye() {
        sent.add("200 BYE");
    }

    @Override
    public void ack(String answer) {
        sent.add("ACK " + answer);
    }

    @Override
    public void modify(String offer, boolean preferUpdate) {
        sent.add("re-INVITE " + offer);
    }

    /** Whether a change of ours waits for its turn. */
    boolean waits;

    @Override
    public boolean withdraw() {
        boolean waited = waits;
        waits = false;
        if (waited) {
            sent.add("withdrawn");
        }
        return waited;
    }

    @Override
    public void answerOffer(String sdp) {
        sent.add("200 re-INVITE " + sdp);
    }

    @Override
    public void refuseOffer(int code, String phrase) {
        sent.add(code + " re-INVITE");
    }

    @Override
    public void info(String contentType, String body) {
        sent.add("INFO " + body.lines().findFirst().orElse(""));
    }

    DialogInfo dialog = new DialogInfo("sip-call-id", "ours" + System.identityHashCode(this), "theirs", "sip:bob@127.0.0.1:5099", true);

    @Override
    public void refer(ReferRequest request) {
        if (!request.target().startsWith("sip:")) {
            throw new IllegalArgumentException("transfer target is not a SIP URI: " + request.target());
        }
        sent.add("REFER " + request.target() + (request.replaces() == null ? "" : "?" + request.replaces().inUri()));
    }

    @Override
    public void answerRefer(int code, String phrase) {
        sent.add(code + " REFER");
    }

    @Override
    public void notifyRefer(int code, String phrase) {
        sent.add("NOTIFY " + code);
    }

    @Override
    public DialogInfo dialog() {
        return dialog;
    }

    @Override
    public void abandon() {
        sent.add("abandon");
        listener.on(new SignalEvent.Closed());
    }
}
