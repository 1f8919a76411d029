/** HTTP digest for SIP (RFC 3261 section 22, RFC 7616, RFC 8760), as client and as server. */
package io.github.camelvoice.sip.digest;
