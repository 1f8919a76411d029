package io.github.camelvoice.gateway;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.SipInfoJson;
import io.github.camelvoice.voice.VoiceCallNotFoundException;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceUnavailableException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1beta1/projects/{project}/calls/{call}/sipInfo}: the contract's rules about which calls it tells of, and its errors. Thread-safe.
 */
public final class SipInfoApi {

    /** From the creation of the call; whatever the retention, the contract tells nothing older. */
    static final Duration OLDEST = Duration.ofDays(30);
    private static final Logger LOG = LoggerFactory.getLogger(SipInfoApi.class);

    private final String project;
    private final EngineClock clock;
    private final RecordsGate gate;

    SipInfoApi(String project, EngineClock clock, RecordsGate gate) {
        this.gate = gate;
        this.project = project;
        this.clock = clock;
    }

    /** A request that gets one of the errors of the contract. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final GoogleError error;

        Refusal(GoogleError error, String message) {
            super(message, null, false, false);
            this.error = error;
        }
    }

    /** The call that the path names, for {@code voice:sipinfo}. */
    public void named(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!project.equals(message.getHeader(ApiRule.PROJECT, String.class))) {
            throw notFound();
        }
        message.setHeader(VoiceConstants.CALL_ID, message.getHeader("call", String.class));
        message.setHeader(VoiceConstants.RAW, HistoryApi.isRaw(exchange));
    }

    /** From the record to the answer. */
    public void answer(Exchange exchange) {
        Message message = exchange.getMessage();
        SipInfo info = message.getBody(SipInfo.class);
        if (info.call().createdAt().plus(OLDEST).isBefore(clock.now())) {
            throw notFound();
        }
        if (!info.call().isOver()) {
            throw new Refusal(GoogleError.FAILED_PRECONDITION, "the call has not completed yet");
        }
        HistoryApi.takeRoom(gate, message, info);
        byte[] body = SipInfoJson.write(info, HistoryApi.isRaw(exchange));
        message.setHeader(Exchange.CONTENT_TYPE, GoogleError.MEDIA_TYPE);
        message.setBody(new ByteArrayInputStream(body));
    }

    private static Refusal notFound() {
        return new Refusal(GoogleError.NOT_FOUND, "there is no such SIP call");
    }

    /** Any failure in the envelope of the contract, with nothing of our insides. */
    public void error(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Refusal refusal;
        if (failure instanceof Refusal known) {
            refusal = known;
        } else if (failure instanceof VoiceCallNotFoundException) {
            refusal = notFound();
        } else if (failure instanceof ApiException) {
            refusal = new Refusal(GoogleError.RESOURCE_EXHAUSTED, failure.getMessage());
        } else if (failure instanceof VoiceUnavailableException) {
            refusal = new Refusal(GoogleError.UNAVAILABLE, "records of calls cannot be read now");
        } else {
            LOG.warn("a sipInfo request failed", failure);
            refusal = new Refusal(GoogleError.INTERNAL, null);
        }
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.error.code());
        if (refusal.error == GoogleError.UNAVAILABLE || refusal.error == GoogleError.RESOURCE_EXHAUSTED) {
            message.setHeader("Retry-After", refusal.error == GoogleError.UNAVAILABLE ? 5 : 1);
        }
        message.setHeader(Exchange.CONTENT_TYPE, GoogleError.MEDIA_TYPE);
        message.setBody(refusal.error.json(refusal.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
}
