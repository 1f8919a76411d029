/** Reading and writing of RIFF/WAVE audio, without {@code java.desktop}. */
package io.github.camelvoice.media.wav;
