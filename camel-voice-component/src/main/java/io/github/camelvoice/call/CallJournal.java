package io.github.camelvoice.call;

import io.github.camelvoice.runtime.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who the call is and what happened when: numbers its events and publishes them. Belongs to the call's mailbox.
 */
final class CallJournal {

    private final String callId;
    private final String sipCallId;
    private final CallDirection direction;
    private final Party from;
    private final Party to;
    private final EngineClock clock;
    private final Consumer<VoiceEvent> bus;
    private final Instant createdAt;
    private final long createdNanos;
    private long sequence;
    private Instant ringingAt;
    private Instant answeredAt;
    private long answeredNanos;
    private Instant endedAt;
    private Duration talked;

    CallJournal(String callId, String sipCallId, CallDirection direction, Party from, Party to, EngineClock clock, Consumer<VoiceEvent> bus) {
        this.callId = callId;
        this.sipCallId = sipCallId;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.clock = clock;
        this.bus = bus;
        this.createdAt = clock.now();
        this.createdNanos = clock.nanos();
    }

    void tell(Function<VoiceEvent.Head, VoiceEvent> event) {
        bus.accept(event.apply(new VoiceEvent.Head(callId, sequence++, clock.now(), sipCallId, direction, from.uri(), to.uri())));
    }

    void ringing(int code, String phrase, boolean earlyMedia) {
        if (ringingAt == null) {
            ringingAt = clock.now();
        }
        tell(head -> new VoiceEvent.CallRinging(head, code, phrase, earlyMedia));
    }

    void answered(String codec) {
        answeredAt = clock.now();
        answeredNanos = clock.nanos();
        tell(head -> new VoiceEvent.CallAnswered(head, codec, Duration.ofNanos(answeredNanos - createdNanos)));
    }

    /** The call is over, whatever is still to be told about it. */
    void over() {
        endedAt = clock.now();
        talked = answeredAt == null ? Duration.ZERO : Duration.ofNanos(clock.nanos() - answeredNanos);
    }

    void ended(EndCause cause, MediaFigures.Pair figures) {
        tell(head -> new VoiceEvent.CallEnded(head, cause, talked, figures.received(), figures.sent()));
    }

    String callId() {
        return callId;
    }

    String sipCallId() {
        return sipCallId;
    }

    CallDirection direction() {
        return direction;
    }

    Party from() {
        return from;
    }

    Party to() {
        return to;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant ringingAt() {
        return ringingAt;
    }

    Instant answeredAt() {
        return answeredAt;
    }

    Instant endedAt() {
        return endedAt;
    }
}
