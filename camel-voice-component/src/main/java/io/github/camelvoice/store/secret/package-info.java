/** Secrets at rest: sealed with a key that is not where they are. Knows the JDK, slf4j and {@code store.Own}. */
package io.github.camelvoice.store.secret;
