/** The port of the registration room to signalling; implemented by the sip room. Knows nobody. */
package io.github.camelvoice.registration.spi;
