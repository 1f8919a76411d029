package io.github.camelvoice.session;

import java.time.Instant;
import java.util.Map;

/**
 * A status of a session, as it was told. Immutable; holds no secrets.
 *
 * @param account            name of the account
 * @param sequence           from 1, growing by one per account; 0 for an answer that is no part of the history
 * @param time               when it came to be
 * @param callId             our id of the call that it is about, empty for none
 * @param callee             the far end of that call, empty for none
 * @param transferTarget     whom the call is transferred to, empty for none
 * @param headers            that went out with the call or the transfer
 * @param description        more in words: {@code 486 Busy Here}
 * @param exceptionName      simple name of what went wrong, empty
 * @param exceptionTraceback where it went wrong; empty unless the operator wants it
 * @param nluSessionName     that the caller gave, empty
 */
public record SessionStatus(String account, long sequence, Instant time, StatusType type, String callId, String callee, String transferTarget,
                            Map<String, String> headers, String description, String exceptionName, String exceptionTraceback, String nluSessionName) {

    public SessionStatus {
        headers = Map.copyOf(headers);
    }
}
