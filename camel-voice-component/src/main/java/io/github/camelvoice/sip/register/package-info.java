/** REGISTER as it comes: to values of {@code account.spi} and back. Knows {@code account.spi}, {@code sip.dialog} and {@code sip.stack}. */
package io.github.camelvoice.sip.register;
