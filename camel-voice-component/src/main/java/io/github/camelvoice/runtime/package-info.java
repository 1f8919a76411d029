/** The lowest room: one clock, one way to set timers, mailboxes, threads and ids. Knows nobody. */
package io.github.camelvoice.runtime;
