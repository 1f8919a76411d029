/** Taps while they live: their state machine, the loops that carry them, their status events. */
package io.github.camelvoice.tap.session;
