/** Recording a leg: both directions brought back into time, and written to a WAV file by I/O threads. */
package io.github.camelvoice.media.record;
