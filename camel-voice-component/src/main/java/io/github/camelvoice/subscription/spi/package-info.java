/** The port of the subscription room to signalling; implemented by the sip room. Knows nobody. */
package io.github.camelvoice.subscription.spi;
