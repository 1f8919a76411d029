/** XML of strangers: read with bounds and places, nothing declared, nothing fetched; and written again. Knows the JDK only. */
package io.github.camelvoice.subscription.state.xml;
