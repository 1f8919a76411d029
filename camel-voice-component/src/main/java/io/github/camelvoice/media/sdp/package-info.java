/**
 * Session descriptions (RFC 8866) as values, and the offer/answer state of one audio stream (RFC 3264). No sockets, no names looked up.
 */
package io.github.camelvoice.media.sdp;
