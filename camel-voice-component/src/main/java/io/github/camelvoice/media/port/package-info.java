/** Pairs of UDP ports: even for RTP, the next odd one for RTCP. */
package io.github.camelvoice.media.port;
