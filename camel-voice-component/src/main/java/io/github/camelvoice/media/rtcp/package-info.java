/** RTCP (RFC 3550, section 6) for streams of two parties: reports, names, goodbyes, and when they are due. */
package io.github.camelvoice.media.rtcp;
