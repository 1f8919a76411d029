package io.github.camelvoice.account;

/** What happened to a binding; the words are those of RFC 3680, section 5.3.2. */
public record BindingChange(Binding binding, Event event) {

    /** What happened. */
    public enum Event {
        REGISTERED, REFRESHED,
        /** It will end earlier than was known. */
        SHORTENED,
        EXPIRED, UNREGISTERED,
        /** The registrar ended it. */
        DEACTIVATED;

        /** Whether the binding is over. */
        public boolean isEnd() {
            return this == EXPIRED || this == UNREGISTERED || this == DEACTIVATED;
        }
    }
}
