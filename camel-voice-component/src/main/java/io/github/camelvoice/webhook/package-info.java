/**
 * What applications of the web are asked and told about calls, as forms: requests for documents, status callbacks, callbacks of recordings. Knows
 * {@code call}, {@code callback}, {@code outbound}, {@code subscription}, {@code runtime} and the ports of {@code document}.
 */
package io.github.camelvoice.webhook;
