package io.github.camelvoice.voice;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Keeps SIP headers apart from those that steer Camel: nothing named {@code Camel*}, in whatever case, passes in either direction.
 * The names that it is asked about are those of the SIP headers, without our prefix.
 */
public class VoiceHeaderFilterStrategy implements HeaderFilterStrategy {

    private static final String[] STEERING = {"Camel", "org.apache.camel"};

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return steers(headerName);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        return steers(headerName);
    }

    private static boolean steers(String name) {
        for (String prefix : STEERING) {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }
}
