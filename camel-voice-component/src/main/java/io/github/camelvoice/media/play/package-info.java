/** Playing WAV audio into a leg: read ahead by I/O threads, pulled by the agent's clock. */
package io.github.camelvoice.media.play;
