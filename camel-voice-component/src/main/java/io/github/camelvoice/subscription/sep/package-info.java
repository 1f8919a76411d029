/**
 * The documents of the SIP Event Package API: a subscription as it is asked for and as it is, as XML and as JSON. Knows {@code subscription.state}
 * at most.
 */
package io.github.camelvoice.subscription.sep;
