/**
 * What leaves this process for an address that somebody else named: the policy that says where it may go, and the one HTTP client that
 * goes there. Knows {@code runtime}, the JDK and Vert.x.
 */
package io.github.camelvoice.outbound;
