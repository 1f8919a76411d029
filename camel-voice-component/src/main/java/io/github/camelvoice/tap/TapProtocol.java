package io.github.camelvoice.tap;

import java.util.Arrays;
import java.util.Locale;

/** How a tap's audio travels: as RTP, or in one of the dialects that media servers speak over WebSockets, or as frames to a route. */
public enum TapProtocol {
    RTP, RAW, TWILIO, SIGNALWIRE, TELNYX, VONAGE, JAMBONZ, ROUTE;

    /** As in the option {@code protocol}: {@code twilio}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isWebSocket() {
        return this != RTP && this != ROUTE;
    }

    /** A dialect for WebSockets. @throws IllegalArgumentException listing what there is */
    public static TapProtocol ofDialect(String word) {
        for (TapProtocol protocol : values()) {
            if (protocol.isWebSocket() && protocol.word().equals(word)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol must be one of " + Arrays.stream(values()).filter(TapProtocol::isWebSocket)
                .map(TapProtocol::word).toList() + ": " + word);
    }
}
