/**
 * What a call is and can do: its state machine, its commands, its events, and the ports ({@link io.github.camelvoice.call.spi})
 * through which it reaches signalling and media. Each call has one mailbox; everything about it runs there, one thing at a time.
 */
package io.github.camelvoice.call;
