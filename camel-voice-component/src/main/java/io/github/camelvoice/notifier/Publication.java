package io.github.camelvoice.notifier;

import io.github.camelvoice.call.SipHeaders;

/**
 * A PUBLISH that was taken.
 *
 * @param resource    its Request-URI
 * @param publisher   URI of the From header
 * @param user        of digest authentication, empty where nobody was asked
 * @param contentType with its parameters; null where there is no body
 * @param body        not to be changed; empty where what was published is prolonged or removed
 * @param expires     seconds granted, 0: removed
 */
public record Publication(String event, String resource, String publisher, String user, String contentType, byte[] body, int expires,
                          SipHeaders headers) {
}
