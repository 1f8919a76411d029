/**
 * A call's audio, streamed where somebody wants it: to an RTP address, to a WebSocket in one of several dialects, or to a route; and back into
 * the call where the dialect has it. Each tap has its own bounded buffers, and nothing that happens to a sink touches the call's own audio.
 */
package io.github.camelvoice.tap;
