package io.github.camelvoice.document;

import java.util.Map;

/**
 * A stream of a call's audio to a WebSocket, as cXML orders it.
 *
 * @param url        ws or wss
 * @param name       by which it is stopped, unique among the streams of the call; null for none
 * @param direction  inbound_track is what the party says, outbound_track what it hears
 * @param parameters told to the far end in the first message
 * @param status     told of its beginning and end; null for nobody
 */
public record StreamOrder(String url, String name, TapOrder.Direction direction, Map<String, String> parameters, Action status) {

    public StreamOrder {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "StreamOrder[" + name + " " + direction + "]";
    }
}
