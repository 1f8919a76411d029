package io.github.camelvoice.document;

import io.github.camelvoice.call.SipHeaders;
import java.util.List;

/**
 * A dial as a document orders it.
 *
 * @param action           asked when it is over; null for nobody: the next verb is carried out
 * @param timeoutSeconds   how long it may ring, 5 to 600
 * @param timeLimitSeconds how long the connection may last
 * @param hangupOnStar     whether the caller's {@code *} ends the connection, and the caller stays
 * @param callerId         user part of the From header; null for the caller's own
 * @param callerName       display name of the From header; null for none
 * @param recording        of the caller's call; null for none
 * @param recordRinging    whether the recording begins with the ringing, else with the connection
 * @param answerOnBridge   whether the caller is answered only when the called party is connected
 * @param ringTone         country of the ringing tone that the caller hears; null for what the called side sends
 * @param sequential       one target after the other
 * @param targets          1 to 10
 */
public record DialOrder(Action action, int timeoutSeconds, int timeLimitSeconds, boolean hangupOnStar, String callerId, String callerName,
                        RecordingOrder recording, boolean recordRinging, boolean answerOnBridge, String ringTone, boolean sequential,
                        List<Target> targets) {

    public DialOrder {
        targets = List.copyOf(targets);
    }

    /**
     * One of those who are called.
     *
     * @param uri            SIP URI with its transport, without headers
     * @param headers        of the INVITE
     * @param secure         SRTP or nothing
     * @param codecs         in order of preference, offered in this order; empty: PCMU and PCMA, the caller's first
     * @param username       for digest challenges, null for none
     * @param password       for digest challenges, null for none
     * @param sessionSeconds Session-Expires, 0 for the default
     * @param whisper        document that the called party hears before it is connected; null for none
     * @param status         told of the leg; null for nobody
     */
    public record Target(Place place, String uri, SipHeaders headers, boolean secure, List<String> codecs, String username, String password,
                         int sessionSeconds, Action whisper, StatusOrder status) {

        public Target {
            codecs = List.copyOf(codecs);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Target[" + uri + "]";
        }
    }
}
