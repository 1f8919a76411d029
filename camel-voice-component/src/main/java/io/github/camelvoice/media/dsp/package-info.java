/** Arithmetic on linear 16 bit samples: change of rate, mixing, tones and their detection. No threads, no allocation per frame. */
package io.github.camelvoice.media.dsp;
