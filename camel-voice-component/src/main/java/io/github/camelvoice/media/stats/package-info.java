/** Figures of one RTP stream: order and loss, jitter, estimated quality. Pure arithmetic, one thread each, no allocation per packet. */
package io.github.camelvoice.media.stats;
