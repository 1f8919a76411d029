package io.github.camelvoice.document;

import java.net.URI;

/**
 * A tap as a document orders it.
 *
 * @param uri       {@code rtp://IP:port}, {@code ws://…} or {@code wss://…}
 * @param controlId null: one is made
 * @param direction of the audio, seen from the far end of the call
 * @param ptime     milliseconds in a packet, 10 to 120 by tens
 * @param statusUrl where its beginning and end are told, an http(s) URL or the name of a target that the operator has; null for nowhere
 */
public record TapOrder(Value<URI> uri, Value<String> controlId, Value<Direction> direction, Value<Codec> codec, Value<Integer> ptime,
                       Value<String> statusUrl) {

    /** Whose audio. */
    public enum Direction {
        /** What the party says. */
        SPEAK,
        /** What the party hears. */
        LISTEN,
        BOTH
    }

    /** How it is coded. */
    public enum Codec {
        PCMU, PCMA
    }

    /** With all variables filled in; {@code controlId} and {@code statusUrl} may be null. */
    public record Filled(URI uri, String controlId, Direction direction, Codec codec, int ptime, String statusUrl) {
    }

    Filled fill(Scope scope) throws DocumentException {
        return new Filled(uri.get(scope), controlId == null ? null : controlId.get(scope), direction.get(scope), codec.get(scope),
                ptime.get(scope), statusUrl == null ? null : statusUrl.get(scope));
    }
}
