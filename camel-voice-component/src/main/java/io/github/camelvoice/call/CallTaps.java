package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The taps that hear a call, and the one of them that speaks into it. Belongs to the call's mailbox. */
final class CallTaps {

    private final CallJournal journal;
    private final Supplier<MediaLeg> leg;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private String speaking;

    private record Running(MediaTap tap, LiveAudio voice) {
    }

    CallTaps(CallJournal journal, Supplier<MediaLeg> leg) {
        this.journal = journal;
        this.leg = leg;
    }

    void start(CallCommand.StartTap start) throws CallException {
        String id = start.controlId();
        if (running.containsKey(id)) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call has a tap " + id + " already");
        }
        if (start.voice() != null && speaking != null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(),
                    "the tap " + speaking + " speaks into the call already: a call has one voice at a time");
        }
        try {
            leg.get().tap(start.tap());
        } catch (MediaException refused) {
            throw new CallException(CallException.Kind.MEDIA, journal.callId(), refused.getMessage(), refused);
        }
        running.put(id, new Running(start.tap(), start.voice()));
        if (start.voice() != null) {
            speaking = id;
            leg.get().speak(start.voice());
        }
        journal.tell(head -> new VoiceEvent.TapStarted(head, id, start.destination(), start.direction()));
    }

    void change(CallCommand.ChangeTap change) throws CallException {
        find(change.controlId());
        journal.tell(head -> new VoiceEvent.TapChanged(head, change.controlId(), change.direction(), change.paused()));
    }

    void stop(CallCommand.StopTap stop) throws CallException {
        Running tap = find(stop.controlId());
        running.remove(stop.controlId());
        leg.get().untap(tap.tap());
        if (stop.controlId().equals(speaking)) {
            speaking = null;
            leg.get().speak(null);
        }
        journal.tell(head -> new VoiceEvent.TapEnded(head, stop.controlId(), stop.reason()));
    }

    private Running find(String controlId) throws CallException {
        Running tap = running.get(controlId);
        if (tap == null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call has no tap " + controlId);
        }
        return tap;
    }

    void digit(char digit, int durationMillis) {
        running.values().forEach(tap -> tap.tap().digit(digit, durationMillis));
    }

    /** The audio goes: the taps hear of it from the leg. */
    void callEnded() {
        for (String id : List.copyOf(running.keySet())) {
            journal.tell(head -> new VoiceEvent.TapEnded(head, id, "call-ended"));
        }
        running.clear();
        speaking = null;
    }
}
