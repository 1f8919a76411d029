/**
 * Sessions: what a SIP account of ours does, one call at a time, told as a row of statuses. Knows {@code call}, {@code registration} and {@code runtime}.
 */
package io.github.camelvoice.session;
