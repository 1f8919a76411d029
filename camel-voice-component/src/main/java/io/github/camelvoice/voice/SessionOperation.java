package io.github.camelvoice.voice;

import java.util.Arrays;
import java.util.Locale;

/** What a producer of {@code voice:session} does; the names are those of the option {@code operation}. */
public enum SessionOperation {
    /** Makes an account known, and registers it. */
    REGISTER,
    /** Starts its session. */
    START,
    /** Ends its session. */
    END,
    /** Calls somebody. */
    CALL,
    /** Answers the call that rings. */
    ANSWER,
    /** Ends the call. */
    HANGUP,
    /** Sends the far end of the call to somebody else. */
    TRANSFER,
    /** Plays WAVs to the far end. */
    PLAY,
    /** The far end hears nothing of us. */
    MUTE,
    /** It does again. */
    UNMUTE,
    /** The current status. */
    STATUS,
    /** The statuses so far. */
    HISTORY,
    /** The account with its registration and its session. */
    GET,
    /** All accounts. */
    LIST,
    /** Unregisters and forgets the account. */
    UNREGISTER;

    /** As it stands in a URI: {@code register}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException listing what there is */
    public static SessionOperation of(String word) {
        for (SessionOperation operation : values()) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("voice:session has no operation '" + word + "'; there are "
                + Arrays.stream(values()).map(SessionOperation::word).toList());
    }
}
