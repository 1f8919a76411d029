package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.stack.Bindings;
import io.github.camelvoice.sip.stack.ClientTransactionHandle;
import io.github.camelvoice.sip.stack.ClientTransactionListener;
import io.github.camelvoice.sip.stack.Flow;
import io.github.camelvoice.sip.stack.FlowListener;
import io.github.camelvoice.sip.stack.FlowWatch;
import io.github.camelvoice.sip.stack.SipDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** A stack without sockets: what legs send is kept, what comes back is up to the test. */
public final class FakeDoor implements SipDoor {

    public static final Flow FLOW = new Flow("udp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 5099), "127.0.0.1");

    public final List<Kept> kept = new ArrayList<>();
    public final Map<String, ClientTransactionHandle> admitted = new HashMap<>();
    public final List<Sent> sent = new ArrayList<>();
    public final List<SIPRequest> acks = new ArrayList<>();
    public final List<SIPRequest> once = new ArrayList<>();

    /** A flow that is watched. */
    public static final class Kept implements FlowWatch {
        public final Flow flow;
        public final int seconds;
        public final boolean expected;
        public final FlowListener listener;
        public final Executor on;
        public boolean closed;

        Kept(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on) {
            this.flow = flow;
            this.seconds = seconds;
            this.expected = expected;
            this.listener = listener;
            this.on = on;
        }

        public void lost(String why) {
            on.execute(() -> listener.lost(why));
        }

        public void seen(InetSocketAddress mapped) {
            on.execute(() -> listener.seen(mapped));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A client transaction. */
    public final class Sent implements ClientTransactionHandle {
        public final SIPRequest request;
        public final ClientTransactionListener listener;
        public final Executor on;
        public int cancels;
        public boolean cancelledOnce;
        public String cancelReason;
        public boolean terminated;
        public boolean settled;
        public final Flow first;
        public Flow flow = FLOW;

        Sent(SIPRequest request, Flow first, ClientTransactionListener listener, Executor on) {
            this.request = request;
            this.first = first;
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
        public Flow flow() {
            return flow;
        }

        @Override
        public Set<InetAddress> addresses() {
            return Set.of(FLOW.address().getAddress());
        }

        @Override
        public void settle() {
            settled = true;
        }

        @Override
        public void cancel(String reason) {
            cancels++;
            cancelReason = reason;
        }

        @Override
        public void cancelOnce(String reason) {
            cancel(reason);
            cancelledOnce = true;
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
    public ClientTransactionHandle send(SIPRequest request, Flow first, ClientTransactionListener listener, Executor on) {
        request.addHeader(Wire.via("z9hG4bK" + sent.size()));
        Sent one = new Sent(request, first, listener, on);
        sent.add(one);
        return one;
    }

    @Override
    public void sendOnce(SIPRequest request) {
        once.add(request);
    }

    @Override
    public void sendAck(SIPRequest ack) {
        ack.addHeader(Wire.via("z9hG4bKack" + acks.size()));
        acks.add(ack);
    }

    @Override
    public FlowWatch keepAlive(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on) {
        Kept one = new Kept(flow, seconds, expected, listener, on);
        kept.add(one);
        return one;
    }

    @Override
    public void admit(String contactUser, ClientTransactionHandle registered) {
        admitted.put(contactUser, registered);
    }

    @Override
    public void dismiss(String contactUser) {
        admitted.remove(contactUser);
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
