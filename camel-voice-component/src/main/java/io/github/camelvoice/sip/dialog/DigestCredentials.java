package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.digest.DigestClient;
import io.github.camelvoice.sip.stack.NextHop;

/** One user's digest answers, given to the hop that asked and to no other. */
public final class DigestCredentials implements Credentials {

    private final DigestClient client;
    private boolean asked;

    public DigestCredentials(String username, String password) {
        this.client = new DigestClient(username, password);
    }

    @Override
    public boolean challenged(SIPResponse challenge, String nextHop) {
        asked = true;
        return client.challenged(challenge, nextHop);
    }

    @Override
    public void elsewhere() {
        client.elsewhere();
    }

    @Override
    public void sign(SIPRequest request) {
        if (asked) {
            client.sign(request, NextHop.of(request).toString());
        }
    }
}
