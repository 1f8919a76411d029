package io.github.camelvoice.subscription.state;

/**
 * A body that is not looked into.
 *
 * @param document the body as text
 */
public record OpaqueState(String contentType, String document) implements EventState {
}
