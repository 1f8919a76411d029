/**
 * What was said on the wire: capture, the record of a call, and its forms (JSON, pcap, ladder), with secrets masked. Knows values of the
 * call room, not how records are kept.
 */
package io.github.camelvoice.trace;
