/** From the bytes of SIP messages on the wire, and from the beginnings and ends of calls, to the entries of a trace log. */
package io.github.camelvoice.trace.capture;
