package io.github.camelvoice.call.guard;

/**
 * Calls that were refused since the start.
 *
 * @param destination because nobody may call there
 * @param rate        because the account placed too many a second
 * @param concurrent  because the account had too many at a time
 * @param loop        because the call came back to us again and again
 */
public record GuardFigures(long destination, long rate, long concurrent, long loop) {
}
