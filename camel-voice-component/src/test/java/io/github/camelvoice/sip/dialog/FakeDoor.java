package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.stack.Bindings;
import io.github.camelvoice.sip.stack.ClientTransactionHandle;
import io.github.camelvoice.sip.stack.ClientTransactionListener;
import io.github.camelvoice.sip.stack.SipDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A stack without sockets: what legs send is kept, what comes back is up to the test. */
public final class FakeDoor implements SipDoor {

    public final List<Sent> sent = new ArrayList<>();
    public final List<SIPRequest> acks = new ArrayList<>();

    /** A client transaction. */
    public final class Sent implements ClientTransactionHandle {
        public final SIPRequest request;
        public final ClientTransactionListener listener;
        public final Executor on;
        public int cancels;
        public String cancelReason;
        public boolean terminated;

        Sent(SIPRequest request, ClientTransactionListener listener, Executor on) {
            this.request = request;
            this.listener = listener;
            this.on = on;
        }

        public String method() {
            return request.getMethod();
        }

        public void respond(int code, String toTag, String sdp, RawHeader... headers) {
            SIPResponse response = response(code, toTag, sdp, headers);
            on.execute(() -> listener.response(response));
        }

        /** As it would come from the wire: encoded and parsed. */
        public SIPResponse response(int code, String toTag, String sdp, RawHeader... headers) {
            To to = (To) request.getTo();
            SIPResponse response = Messages.response(request, code, null, toTag == null ? to : Dialog.tagged(to, toTag));
            if (code > 100 && code < 300) {
                response.addHeader(new RawHeader("Contact", "<sip:bob@127.0.0.1:5099>"));
            }
            Messages.addAll(response, List.of(headers));
            Messages.sdp(response, sdp);
            return (SIPResponse) Wire.parse(response.encode());
        }

        public void timeout() {
            on.execute(listener::timeout);
        }

        public void fail() {
            on.execute(() -> listener.transportFailed("connection refused"));
        }

        @Override
        public String nextHop() {
            return "udp:127.0.0.1:5099";
        }

        @Override
        public void cancel(String reason) {
            cancels++;
            cancelReason = reason;
        }

        @Override
        public void terminate() {
            terminated = true;
        }
    }

    @Override
    public Bindings bindings() {
        return new Bindings("127.0.0.1", 5060, -1, "127.0.0.1", 5060);
    }

    @Override
    public boolean listens(String transport) {
        return !transport.equals("tls");
    }

    @Override
    public ClientTransactionHandle send(SIPRequest request, ClientTransactionListener listener, Executor on) {
        request.addHeader(Wire.via("z9hG4bK" + sent.size()));
        Sent one = new Sent(request, listener, on);
        sent.add(one);
        return one;
    }

    @Override
    public void sendAck(SIPRequest ack) {
        ack.addHeader(Wire.via("z9hG4bKack" + acks.size()));
        acks.add(ack);
    }

    @Override
    public int transactions() {
        return 0;
    }

    public Sent last() {
        return sent.get(sent.size() - 1);
    }

    /** The last one of this method. */
    public Sent last(String method) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (sent.get(i).method().equals(method)) {
                return sent.get(i);
            }
        }
        throw new AssertionError("no " + method + " was sent, but " + sent.stream().map(Sent::method).toList());
    }

    public long count(String method) {
        return sent.stream().filter(s -> s.method().equals(method)).count();
    }
}
