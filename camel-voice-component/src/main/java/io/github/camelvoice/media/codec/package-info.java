/**
 * Audio codecs between 16 bit linear samples and RTP payloads. Pure arithmetic: no sockets, no threads, no allocation per frame.
 */
package io.github.camelvoice.media.codec;
