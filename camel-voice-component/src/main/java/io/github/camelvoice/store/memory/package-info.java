/** Calls kept on the heap, bounded: for tests, and for engines that want no files. */
package io.github.camelvoice.store.memory;
