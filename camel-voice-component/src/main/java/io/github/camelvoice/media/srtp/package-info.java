/**
 * SRTP and SRTCP (RFC 3711) with the suites of RFC 4568, on {@code javax.crypto}. One direction of a leg is one object; the agent that carries the
 * leg alone uses it. No packet allocates.
 */
package io.github.camelvoice.media.srtp;
