/**
 * The ports of the call room: {@code Signalling} is implemented by the sip room, {@code MediaPlane} by the media room, and
 * neither knows the other. Every method of a leg is called on the mailbox of its call, and every event is delivered there:
 * the implementations need no locks for the state of a leg.
 */
package io.github.camelvoice.call.spi;
