/**
 * The durable local log between the capture and the store. Entries are written to segment files by one thread and forced for all who wait at
 * once; another thread follows and brings them to the store, exactly once and in order, however slow or absent the store is.
 */
package io.github.camelvoice.store.spool;
