/** Users of ours and where they are: the registrar (RFC 3261, section 10.3). Knows its port {@code account.spi}, {@code call} and {@code runtime}. */
package io.github.camelvoice.account;
