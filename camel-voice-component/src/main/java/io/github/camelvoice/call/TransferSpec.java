package io.github.camelvoice.call;

import java.time.Duration;
import java.util.Objects;

/**
 * How a call is transferred by REFER. Immutable.
 *
 * @param target         SIP or SIPS URI of whom the far end shall call; null where {@code replacesCallId} says it
 * @param replacesCallId an answered call of ours whose place the far end shall take (attended transfer), null for a blind one
 * @param dialog         the dialog of others whose place the far end shall take; null where {@code replacesCallId} says it, or for a blind one
 * @param referredBy     SIP URI of who asks (RFC 3892), null: who we are in the call
 * @param username       user for digest challenges of the REFER, null: those of the call
 * @param password       password for them
 * @param notifyTimeout  how long to wait for the result once the REFER is accepted
 * @param untilCompleted whether to wait for the result at all
 * @param hold           whether the far end is put on hold meanwhile
 * @param hangup         whether the call is hung up when the target has taken over
 * @param headers        extra headers of the REFER
 * @param targetHeaders  headers that the far end is to put into its INVITE to the target: they stand in the URI of Refer-To (RFC 3261, section
 *                       19.1.1), and it is up to the far end whether it takes them
 */
public record TransferSpec(String target, String replacesCallId, Replaces dialog, String referredBy, String username, String password, Duration notifyTimeout,
                           boolean untilCompleted, boolean hold, boolean hangup, SipHeaders headers,
                           SipHeaders targetHeaders) {

    public static final Duration NOTIFY_TIMEOUT = Duration.ofSeconds(60);

    public TransferSpec {
        Objects.requireNonNull(notifyTimeout, "notifyTimeout");
        headers = headers == null ? SipHeaders.none() : headers;
        targetHeaders = targetHeaders == null ? SipHeaders.none() : targetHeaders;
        if (target == null && replacesCallId == null) {
            throw new IllegalArgumentException("a transfer needs a target, or a call to replace");
        }
        if (notifyTimeout.isNegative() || notifyTimeout.isZero()) {
            throw new IllegalArgumentException("notifyTimeout must be more than 0: " + notifyTimeout.toMillis() + " ms");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("username and password belong together");
        }
    }

    /** A blind transfer that waits for its result and does not hang up. */
    public static TransferSpec to(String target) {
        return new TransferSpec(Objects.requireNonNull(target, "target"), null, null, null, null, null, NOTIFY_TIMEOUT, true, false, false, null, null);
    }

    /** An attended transfer: the far end takes our place in that call. */
    public static TransferSpec replacing(String callId) {
        return new TransferSpec(null, Objects.requireNonNull(callId, "callId"), null, null, null, null, NOTIFY_TIMEOUT, true, false, false, null, null);
    }

    public TransferSpec withTarget(String uri) {
        return new TransferSpec(uri, replacesCallId, dialog, referredBy, username, password, notifyTimeout, untilCompleted, hold, hangup,
                headers, targetHeaders);
    }

    /** @param theirs a dialog between the target and somebody else */
    public TransferSpec withDialog(Replaces theirs) {
        return new TransferSpec(target, replacesCallId, theirs, referredBy, username, password, notifyTimeout, untilCompleted, hold, hangup,
                headers, targetHeaders);
    }

    public TransferSpec withReferredBy(String uri) {
        return new TransferSpec(target, replacesCallId, dialog, uri, username, password, notifyTimeout, untilCompleted, hold, hangup,
                headers, targetHeaders);
    }

    public TransferSpec withCredentials(String user, String secret) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, user, secret, notifyTimeout, untilCompleted, hold, hangup,
                headers, targetHeaders);
    }

    public TransferSpec withNotifyTimeout(Duration time) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, time, untilCompleted, hold, hangup,
                headers, targetHeaders);
    }

    /** @param completed false: done as soon as the far end has accepted the request */
    public TransferSpec untilCompleted(boolean completed) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, notifyTimeout, completed, hold, hangup,
                headers, targetHeaders);
    }

    public TransferSpec withHold(boolean on) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, notifyTimeout, untilCompleted, on, hangup,
                headers, targetHeaders);
    }

    public TransferSpec withHangup(boolean on) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, notifyTimeout, untilCompleted, hold, on,
                headers, targetHeaders);
    }

    public TransferSpec withHeaders(SipHeaders extra) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, notifyTimeout, untilCompleted, hold, hangup,
                extra, targetHeaders);
    }

    public TransferSpec withTargetHeaders(SipHeaders ofTheInvite) {
        return new TransferSpec(target, replacesCallId, dialog, referredBy, username, password, notifyTimeout, untilCompleted, hold, hangup,
                headers, ofTheInvite);
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "TransferSpec[" + (target == null ? replacesCallId : UriPasswords.hide(target)) + "]";
    }
}
