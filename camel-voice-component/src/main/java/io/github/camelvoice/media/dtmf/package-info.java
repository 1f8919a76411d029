/** Keys pressed and sent as telephone events (RFC 4733). */
package io.github.camelvoice.media.dtmf;
