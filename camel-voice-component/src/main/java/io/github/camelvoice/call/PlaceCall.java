package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.OutboundLeg;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A call to place.
 *
 * @param leg          target, identity, credentials, headers
 * @param codecs       encoding names in order of preference; empty: the engine's
 * @param security     whether its audio is encrypted
 * @param ringTimeout  how long it may ring before we cancel; the cause is then NO_ANSWER
 * @param timeLimit    how long it may last once answered
 * @param parentCallId the call that this one is placed for; null for none
 * @param account      whose call it is, for limits and for what others are told; null for the engine's own
 * @param idHeaders  prefix of the headers that tell the called side which call it is; null: it is not told
 */
public record PlaceCall(OutboundLeg leg, List<String> codecs, MediaSecurity security, Duration ringTimeout, Duration timeLimit,
                        String parentCallId, String account, String idHeaders) {

    public PlaceCall {
        Objects.requireNonNull(leg, "leg");
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(ringTimeout, "ringTimeout");
        Objects.requireNonNull(timeLimit, "timeLimit");
    }

    /** A call of the engine's own, without a parent, in plain RTP. */
    public PlaceCall(OutboundLeg leg, List<String> codecs, Duration ringTimeout, Duration timeLimit) {
        this(leg, codecs, MediaSecurity.NONE, ringTimeout, timeLimit, null, null, null);
    }

    public PlaceCall withLeg(OutboundLeg value) {
        return new PlaceCall(value, codecs, security, ringTimeout, timeLimit, parentCallId, account, idHeaders);
    }

    public PlaceCall withTimes(Duration ring, Duration talk) {
        return new PlaceCall(leg, codecs, security, ring, talk, parentCallId, account, idHeaders);
    }

    public PlaceCall withCodecs(List<String> value) {
        return new PlaceCall(leg, value, security, ringTimeout, timeLimit, parentCallId, account, idHeaders);
    }

    public PlaceCall withSecurity(MediaSecurity value) {
        return new PlaceCall(leg, codecs, value, ringTimeout, timeLimit, parentCallId, account, idHeaders);
    }

    public PlaceCall withParent(String callId) {
        return new PlaceCall(leg, codecs, security, ringTimeout, timeLimit, callId, account, idHeaders);
    }

    public PlaceCall withAccount(String value) {
        return new PlaceCall(leg, codecs, security, ringTimeout, timeLimit, parentCallId, value, idHeaders);
    }

    /** With headers that tell the called side which call it is: the prefix and {@code CallSid}, {@code AccountSid}, {@code ApiVersion}. */
    public PlaceCall withIdHeaders(String prefix) {
        return new PlaceCall(leg, codecs, security, ringTimeout, timeLimit, parentCallId, account, prefix);
    }
}
