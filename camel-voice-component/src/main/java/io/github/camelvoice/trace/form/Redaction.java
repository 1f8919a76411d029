package io.github.camelvoice.trace.form;

import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;

/**
 * Masks the secrets in SIP messages with asterisks. Each byte stays where it is, so that Content-Length is still true; nothing but secrets is
 * touched; masking twice changes nothing more. Secrets are: {@code response} and {@code rspauth} of a digest, the whole of Basic, Bearer and
 * other credentials, the whole of credentials that are not well-formed, in SDP the keys of {@code a=crypto}, {@code a=key-mgmt} and
 * {@code k=}, passwords in SIP URIs wherever they stand, and the digits in bodies of type {@code application/dtmf-relay} and
 * {@code application/dtmf}. Thread-safe.
 */
public final class Redaction {

    private Redaction() {
    }

    /** The call with all its messages masked. */
    public static SipInfo mask(SipInfo info) {
        return new SipInfo(info.call(), info.messages().stream().map(Redaction::mask).toList(), info.dropped());
    }

    /** The same message if it has no secrets. */
    public static SipMessage mask(SipMessage message) {
        byte[] masked = mask(message.data());
        return masked == message.data() ? message
                : new SipMessage(message.time(), message.transport(), message.sent(), message.source(), message.destination(), masked);
    }

    /** @param message is not changed. @return the same array if it has no secrets */
    public static byte[] mask(byte[] message) {
        byte[] masked = once(message);
        // What is masked can make the rest read in another way: until nothing is found any more.
        for (byte[] before = message; masked != before; ) {
            before = masked;
            masked = once(before);
        }
        return masked;
    }

    private static byte[] once(byte[] message) {
        Mask mask = new Mask(message);
        CredentialMask credentials = new CredentialMask(mask, message);
        Body body = new Body();
        HeaderLines lines = HeaderLines.of(message);
        while (lines.next()) {
            credentials.hide(lines);
            if (lines.isNamed("content-type") || lines.isNamed("c")) {
                body.ofType(Octets.lowerCase(message, lines.valueFrom, lines.valueTo));
            }
        }
        int from = lines.position();
        if (body.mayHaveKeys() || lines.isDoubtful()) {
            new KeyMask(mask, message).hide(from, message.length);
        }
        if (body.mayHaveHeaders() || lines.isDoubtful()) {
            everyHeader(message, from, credentials);
        }
        if (body.hasDigits() || body.mayHaveHeaders() || lines.isDoubtful()) {
            new DigitMask(mask, message).hide(from, message.length, !body.hasDigits() || lines.isDoubtful());
        }
        UriPasswords.find(message, 0, message.length, mask::hide);
        return mask.result();
    }

    private static void everyHeader(byte[] message, int from, CredentialMask credentials) {
        HeaderLines lines = new HeaderLines(message, from, message.length);
        while (lines.next() || lines.position() < message.length) {
            if (lines.isAtHeader()) {
                credentials.hide(lines);
            }
        }
    }

    /** What the body can hold, from what the message says of its type. A body without a type is taken for SDP. */
    private static final class Body {

        private boolean typed;
        private boolean keys;
        private boolean headers;
        private boolean digits;

        void ofType(String type) {
            // Blanks before the slash are allowed (RFC 3261, section 25.1).
            boolean nested = type.startsWith("multipart") || type.startsWith("message");
            typed = true;
            keys |= nested || type.contains("sdp");
            headers |= nested;
            digits |= type.startsWith("application") && type.contains("dtmf");
        }

        boolean mayHaveKeys() {
            return keys || !typed;
        }

        boolean hasDigits() {
            return digits;
        }

        boolean mayHaveHeaders() {
            return headers;
        }
    }
}
