/**
 * Taps over WebSockets: connections to checked addresses, bounded queues, and what keeps a slow, silent or flooding far end away from all
 * else. What is said over them is the dialect's business ({@link io.github.camelvoice.tap.dialect}).
 */
package io.github.camelvoice.tap.socket;
