/** What was said on the wire, for others to read: JSON, pcap, ladder, one line on the end, with secrets masked. Pure functions, no I/O. */
package io.github.camelvoice.trace.form;
