/**
 * One to ten targets for one caller, or for nobody: rung at once or in turn, screened, redirected, and the first that takes the call connected.
 * Knows {@code call} and {@code runtime} alone.
 */
package io.github.camelvoice.dial;
