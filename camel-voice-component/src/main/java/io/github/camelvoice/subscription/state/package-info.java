/** What event packages say: their documents read, merged by version, as typed values, and written again. Knows nobody. */
package io.github.camelvoice.subscription.state;
