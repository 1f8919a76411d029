/**
 * JAIN-SIP behind a door: transports, parser and transactions, with limits, authentication and error replies in front of them.
 * No dialogs: those belong to {@code io.github.camelvoice.sip.leg}.
 */
package io.github.camelvoice.sip.stack;
