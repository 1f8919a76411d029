package io.github.camelvoice.account.spi;

import java.util.List;

/** A REGISTER (RFC 3261, section 10.2) and the way its answer goes. Thread-safe. */
public interface RegisterRequest {

    /** User part of the To header: whose registrations are asked for. */
    String user();

    /** Address of record as the To header has it, without parameters. */
    String aor();

    /** Who passed digest authentication, empty for a source that is trusted. */
    String authenticatedUser();

    String callId();

    long sequence();

    /** Empty: only asked for. */
    List<Contact> contacts();

    /** Whether the one contact is an asterisk: all bindings are to go. */
    boolean wildcard();

    /** Of the header Expires, -1 without. */
    int expires();

    /** Where requests to the contacts go first (RFC 3327), the nearest to us first; URIs with their parameters. */
    List<String> path();

    /** Host and port that the REGISTER came from. */
    String source();

    /** {@code udp}, {@code tcp} or {@code tls}. */
    String transport();

    /** Value of User-Agent, empty without. */
    String userAgent();

    /** Answers it; once. */
    void answer(RegisterAnswer answer);

    /**
     * A contact of a REGISTER.
     *
     * @param uri      with its parameters
     * @param key      equal for URIs that are equal (RFC 3261, section 19.1.4)
     * @param target   where requests go: the URI, or where the REGISTER came from if the contact cannot be reached from here
     * @param expires  of its parameter, -1 without
     * @param quality  q in thousandths, 1000 without
     * @param instance value of +sip.instance (RFC 5626), empty without
     * @param regId    value of reg-id: which flow of that device, 0 without
     */
    record Contact(String uri, String key, String target, int expires, int quality, String instance, int regId) {
    }
}
