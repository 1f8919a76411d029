/** Bodies of several parts (RFC 2046, RFC 2387), read with bounds and written. Knows the JDK only. */
package io.github.camelvoice.subscription.state.mime;
