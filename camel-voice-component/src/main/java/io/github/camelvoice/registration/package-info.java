/** Accounts of ours at other servers, and how they are kept registered there. Knows its port {@code registration.spi} and {@code runtime}. */
package io.github.camelvoice.registration;
