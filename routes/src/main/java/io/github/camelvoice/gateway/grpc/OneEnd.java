package io.github.camelvoice.gateway.grpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call that several may end, and the first of them does: what comes later goes nowhere. Thread-safe, never blocks. */
final class OneEnd<Q, A> extends ForwardingServerCall.SimpleForwardingServerCall<Q, A> {

    static final Context.Key<OneEnd<?, ?>> CURRENT = Context.key("voice-call");

    private boolean begun;
    private boolean over;

    OneEnd(ServerCall<Q, A> call) {
        super(call);
    }

    /** Tells the caller that its call was taken, before there is anything else to tell. */
    void open() {
        sendHeaders(new Metadata());
    }

    synchronized boolean isOver() {
        return over;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!over && !begun) {
            begun = true;
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(A message) {
        if (!over) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!over) {
            over = true;
            super.close(status, trailers);
        }
    }
}
