package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.voice.VoiceConstants;

/** Headers of {@code voice:session} that the routes read. */
final class SessionHeaders {

    static final String ACCOUNT = "CamelVoiceSessionAccount";
    static final String OWNER = "CamelVoiceSessionOwner";
    static final String PASSWORD = "CamelVoiceSessionPassword";
    static final String AUTH_USERNAME = "CamelVoiceSessionAuthUsername";
    static final String OUTBOUND_PROXY = VoiceConstants.OUTBOUND_PROXY;
    static final String AUTO_ANSWER_INTERVAL = "CamelVoiceSessionAutoAnswerInterval";
    static final String TARGET = VoiceConstants.TARGET;
    static final String HARD = "CamelVoiceSessionHard";
    static final String LIMIT = "CamelVoiceSessionLimit";
    static final String SET_SIP_HEADER = VoiceConstants.SET_SIP_HEADER;

    private SessionHeaders() {
    }
}
