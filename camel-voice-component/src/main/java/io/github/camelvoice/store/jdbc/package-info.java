/**
 * Calls in a database: H2 in the data folder, or PostgreSQL. Few and narrow rows, since writing a call must cost little: what is only ever read
 * as a whole is packed into binary columns ({@code RecordCodec}, {@code MessageCodec}), what is looked up has 64-bit keys ({@code Keys}). Text
 * that came from the wire never reaches SQL as it came.
 */
package io.github.camelvoice.store.jdbc;
