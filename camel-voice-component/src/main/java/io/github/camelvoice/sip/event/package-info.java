/** Subscriptions as dialogs of SIP (RFC 6665): those of others to us, and ours to others. */
package io.github.camelvoice.sip.event;
