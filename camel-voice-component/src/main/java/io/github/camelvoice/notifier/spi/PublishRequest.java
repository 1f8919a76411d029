package io.github.camelvoice.notifier.spi;

/** A PUBLISH (RFC 3903). */
public interface PublishRequest extends EventRequest {

    /** The entity tag of SIP-If-Match, null for a first publication. */
    String ifMatch();

    /** Answers with 200. */
    void accept(String tag, int expires);
}
