package io.github.camelvoice.callback;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * One attempt that a {@link Courier} is asked to make.
 *
 * @param id       by which receivers know the callback: the same with every attempt
 * @param attempt  which attempt it is, from 1
 * @param queuedAt when the callback was taken
 * @param outcome  to be told, once, what came of it; from any thread
 */
public record Delivery(String id, Callback callback, int attempt, Instant queuedAt, Consumer<Outcome> outcome) {
}
