/**
 * Who watches others: subscriptions to the state of resources, merged and in order, whatever way the state comes. Knows its port
 * {@code subscription.spi}, {@code subscription.state} and {@code runtime}.
 */
package io.github.camelvoice.subscription;
