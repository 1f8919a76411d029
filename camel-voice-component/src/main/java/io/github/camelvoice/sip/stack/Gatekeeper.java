package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.digest.DigestServer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one point where requests are authenticated: all methods but ACK and CANCEL, which cannot be challenged (RFC 3261, sections
 * 22.1 and 9.1), and requests of a dialog whose far end was let in before. Keeps no state for those it refuses.
 */
final class Gatekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

    /** Who asks for states, tells states or registers says who he is wherever there are users, though callers need not. */
    private static final Set<String> NAMED = Set.of("SUBSCRIBE", "PUBLISH", "REGISTER");

    private final DigestServer digest;
    private final boolean allMethods;
    private final Networks trusted;
    private final Replies replies;
    private final Flood flood;

    /**
     * @param user      who passed, empty where nobody was asked
     * @param challenge what to answer instead of letting the request in, or null
     */
    record Verdict(String user, SIPResponse challenge) {
        static final Verdict PASS = new Verdict("", null);
    }

    /**
     * @param allMethods whether every request is challenged, or those alone that ask for states, tell states or register
     */
    Gatekeeper(DigestServer digest, boolean allMethods, Networks trusted, Replies replies, Flood flood) {
        this.digest = digest;
        this.allMethods = allMethods;
        this.trusted = trusted;
        this.replies = replies;
        this.flood = flood;
    }

    Verdict judge(SIPRequest request, InetAddress source) {
        if (trusted.contains(source) || !allMethods && !(NAMED.contains(request.getMethod()) && digest.hasUsers())) {
            return Verdict.PASS;
        }
        // Who has guessed wrong too often is not listened to, and cannot tell that from another wrong guess.
        List<String> credentials = flood.mayGuess(source) ? credentials(request) : List.of();
        DigestServer.Outcome outcome = digest.check(request.getMethod(), request.getRequestURI().toString(), credentials);
        if (outcome.isAuthenticated()) {
            return new Verdict(outcome.user(), null);
        }
        if (outcome.wrong()) {
            flood.guessed(source);
        }
        if (outcome.wrong() && flood.mayLog(source)) {
            LOG.warn("[{}] digest credentials from {} were refused (others of this address are not logged for a minute)",
                    request.getCallId().getCallId(), source.getHostAddress());
        }
        SIPResponse challenge = replies.reply(request, 401);
        for (String value : outcome.challenges()) {
            challenge.addHeader(Replies.header("WWW-Authenticate", value));
        }
        return new Verdict("", challenge);
    }

    private static List<String> credentials(SIPRequest request) {
        if (request.getHeader("Authorization") == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (Iterator<SIPHeader> all = request.getHeaders("Authorization"); all.hasNext(); ) {
            values.add(all.next().getHeaderValue());
        }
        return values;
    }
}
