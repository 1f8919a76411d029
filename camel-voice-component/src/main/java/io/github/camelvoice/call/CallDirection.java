package io.github.camelvoice.call;

/** Which side sent the INVITE: {@code INBOUND} it came to us, {@code OUTBOUND} we sent it. */
public enum CallDirection {
    INBOUND, OUTBOUND
}
