package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Credentials;
import java.util.function.BooleanSupplier;

/** Credentials for as long as anybody wants what they are for: a challenge that comes later is not answered. */
record WhileWanted(Credentials own, BooleanSupplier wanted) implements Credentials {

    @Override
    public boolean challenged(SIPResponse challenge, String nextHop) {
        return wanted.getAsBoolean() && own.challenged(challenge, nextHop);
    }

    @Override
    public void elsewhere() {
        own.elsewhere();
    }

    @Override
    public void sign(SIPRequest request) {
        own.sign(request);
    }
}
