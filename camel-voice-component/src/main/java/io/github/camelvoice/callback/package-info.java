/**
 * Durable delivery of what others asked to be told: written down before the call goes on, sent in order, tried again, and kept with its cause when
 * it is given up. Knows neither calls nor Camel.
 */
package io.github.camelvoice.callback;
