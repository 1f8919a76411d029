/**
 * What keeps others from calling at our expense: which destinations may be called, how often, how many at a time, and for how long. The call registry
 * asks before anything of a call leaves.
 */
package io.github.camelvoice.call.guard;
