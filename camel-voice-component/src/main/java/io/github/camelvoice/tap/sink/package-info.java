/** Sinks without a connection: RTP, and the route of this process. */
package io.github.camelvoice.tap.sink;
