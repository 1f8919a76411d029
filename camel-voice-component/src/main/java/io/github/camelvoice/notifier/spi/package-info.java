/** The port of the notifier to signalling; implemented by the sip room. */
package io.github.camelvoice.notifier.spi;
