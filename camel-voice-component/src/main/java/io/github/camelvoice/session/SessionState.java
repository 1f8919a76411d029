package io.github.camelvoice.session;

/** Where a session stands; {@link SessionTable} says how it goes on. */
enum SessionState {
    /** The account has no session. */
    NONE,
    /** A session without a call, and the account is not registered. */
    OFFLINE,
    /** A session without a call, and the account is registered. */
    READY,
    /** A call came in, and is not answered. */
    RINGING,
    /** It is being answered. */
    ANSWERING,
    /** A call of ours goes out, and is not answered. */
    CALLING,
    /** An answered call of either direction. */
    TALKING,
    /** The far end was asked to call somebody else; the call is still up. */
    TRANSFERRING,
    /** We hang up, and the call is not over yet. */
    HANGING_UP,
    /** As before, and the session ends with the call. */
    LEAVING,
    /** As before, and the account is forgotten then. */
    PARTING,
    /** The account is forgotten. */
    GONE;

    /** Whether there is a call. */
    boolean hasCall() {
        return ordinal() >= RINGING.ordinal() && ordinal() <= PARTING.ordinal();
    }

    /** Whether the account has a session. */
    boolean started() {
        return this != NONE && this != GONE;
    }
}
