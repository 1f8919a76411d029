/**
 * Our own dialogs and INVITE usages (RFC 3261, sections 12 to 15), on top of a transaction layer that knows nothing of them.
 * Everything about a leg runs on the mailbox of its call; the threads of the stack only find the leg and hand over.
 */
package io.github.camelvoice.sip.leg;
