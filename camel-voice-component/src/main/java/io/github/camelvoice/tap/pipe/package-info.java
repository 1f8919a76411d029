/** From packets of a call to frames of a sink: rings between the threads, a timeline per track, mixing, transcoding, levels. */
package io.github.camelvoice.tap.pipe;
