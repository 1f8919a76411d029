package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a client transaction told: {@code 180}, {@code timeout}, {@code failed: why}. */
final class Heard implements ClientTransactionListener {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    volatile SIPResponse last;

    @Override
    public void response(SIPResponse response) {
        last = response;
        told.add(String.valueOf(response.getStatusCode()));
    }

    @Override
    public void timeout() {
        told.add("timeout");
    }

    @Override
    public void transportFailed(String why) {
        told.add("failed: " + why);
    }

    String next() {
        return StackRig.take(told);
    }

    boolean isSilent() {
        return told.isEmpty();
    }
}
