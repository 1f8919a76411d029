/** The port of the registrar to signalling; implemented by the sip room. Knows nobody. */
package io.github.camelvoice.account.spi;
