package io.github.camelvoice.tap;

/**
 * What changes in a running tap; null leaves a thing as it is.
 *
 * @param paused silence is sent in place of the audio
 */
public record TapChange(TapDirection direction, Boolean paused) {
}
