/**
 * The media room: RTP and RTCP of call legs, negotiated by SDP, played into, recorded and bridged. Implements the media port of
 * the call room; knows neither signalling nor Camel.
 */
package io.github.camelvoice.media;
