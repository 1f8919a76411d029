/**
 * Documents that say what happens to a call: what instructions there are, and their execution on a call. A syntax (SWML now) makes
 * instructions of text; the executor knows none of them.
 */
package io.github.camelvoice.document;
