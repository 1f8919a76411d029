package io.github.camelvoice.document;

/** What a document is there for. */
public enum Role {
    /** It says what happens to a call. */
    MAIN,
    /** It is heard by a party that was dialled and has answered, before it is connected: hanging up there declines the call. */
    WHISPER
}
