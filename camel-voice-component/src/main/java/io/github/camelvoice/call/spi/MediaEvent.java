package io.github.camelvoice.call.spi;

import java.nio.file.Path;
import java.time.Duration;

/** What happened in the audio of a leg. */
public sealed interface MediaEvent {

    /** A key was pressed (RFC 4733), told once, when the event ended or its duration is known to be over. */
    record Dtmf(char digit, int durationMillis) implements MediaEvent {
    }

    /** Digits that we sent are all on the wire. */
    record DtmfSent(String id) implements MediaEvent {
    }

    /** How playing or recording came to its end. */
    enum Outcome {
        COMPLETED, STOPPED, FAILED,
        /** Of a recording: there was nothing to keep, and there is no file. */
        ABSENT
    }

    /** @param detail empty, or why it failed: names the source, not our insides */
    record PlayEnded(String playId, Outcome outcome, Duration played, String detail) implements MediaEvent {
    }

    /**
     * @param length length of the audio in the file, or of what was not kept
     * @param detail why it failed, or is absent; empty else
     */
    record RecordingEnded(String recordingId, Outcome outcome, Path file, Duration length, String detail) implements MediaEvent {
    }

    /** No RTP for the engine's dead-media time though we expect some; told once, until media flows again. Parked during hold. */
    record Silent(Duration since) implements MediaEvent {
    }

    /** Media flows again after {@link Silent}. */
    record Alive() implements MediaEvent {
    }
}
