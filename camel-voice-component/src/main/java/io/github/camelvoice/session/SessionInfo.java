package io.github.camelvoice.session;

import java.util.Optional;

import io.github.camelvoice.registration.RegistrationInfo;

/**
 * An account with its session at a moment. Immutable.
 *
 * @param account            name
 * @param owner              who made it known, empty for the operator
 * @param registration       how it is registered
 * @param started            whether it has a session
 * @param autoAnswerInterval seconds until an incoming call is answered, negative for never; of a started session
 * @param status             the current one
 * @param callId             of its call, empty without
 */
public record SessionInfo(String account, String owner, Optional<RegistrationInfo> registration, boolean started, int autoAnswerInterval,
                          SessionStatus status, String callId) {
}
