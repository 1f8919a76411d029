/** Where the records of calls are kept: in memory, or in a database behind a local, durable log. */
package io.github.camelvoice.store;
