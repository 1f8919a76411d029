package io.github.camelvoice.sip.leg;

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
final class FakeDoor implements SipDoor {

    final List<Sent> sent = new ArrayList<>();
    final List<SIPRequest> acks = new ArrayList<>();

    /** A client transaction. */
    final class Sent implements ClientTransactionHandle {
        final SIPRequest request;
        final ClientTransactionListener listener;
        final Executor on;
        int cancels;
        String cancelReason;
        boolean terminated;

        Sent(SIPRequest request, ClientTransactionListener listener, Executor on) {
            this.request = request;
            this.listener = listener;
            this.on = on;
        }

        String method() {
            return request.getMethod();
        }

        void respond(int code, String toTag, String sdp, RawHeader... headers) {
            SIPResponse response = response(code, toTag, sdp, headers);
            on.execute(() -> listener.response(response));
        }

        /** As it would come from the wire: encoded and parsed. */
        SIPResponse response(int code, String toTag, String sdp, RawHeader... headers) {
            To to = (To) request.getTo();
            SIPResponse response = Messages.response(request, code, null, toTag == null ? to : Dialog.tagged(to, toTag));
            if (code > 100 && code < 300) {
                response.addHeader(new RawHeader("Contact", "<sip:bob@127.0.0.1:5099>"));
            }
            Messages.addAll(response, List.of(headers));
            Messages.sdp(response, sdp);
            return (SIPResponse) Wire.parse(response.encode());
        }

        void timeout() {
            on.execute(listener::timeout);
        }

        void fail() {
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

    Sent last() {
        return sent.get(sent.size() - 1);
    }

    /** The last one of this method. */
    Sent last(String method) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (sent.get(i).method().equals(method)) {
                return sent.get(i);
            }
        }
        throw new AssertionError("no " + method + " was sent, but " + sent.stream().map(Sent::method).toList());
    }

    long count(String method) {
        return sent.stream().filter(s -> s.method().equals(method)).count();
    }
}
