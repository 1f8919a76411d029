/** RTP (RFC 3550): packets as views over buffers, who may send them, in which order they came, and how ours are numbered. */
package io.github.camelvoice.media.rtp;
