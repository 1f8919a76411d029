package io.github.camelvoice.tap;

import io.github.camelvoice.call.CallSnapshot;

/**
 * What a sink may tell the far end about the tap.
 *
 * @param controlId unique among the taps of the call
 * @param call      as it was when the tap was started
 */
public record TapIdentity(String callId, String controlId, String projectId, String nodeId, CallSnapshot call) {
}
