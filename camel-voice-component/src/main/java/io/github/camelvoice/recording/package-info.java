/** Recordings that applications ask for: started, kept with what is known of them, told of, sent where they are wanted, forgotten in time. */
package io.github.camelvoice.recording;
