package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.SignalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CallTapsTest {

    private final CallBench bench = new CallBench();

    /** Keeps the keys that it was told. */
    private static final class Keys implements MediaTap {
        private final List<String> told = new ArrayList<>();

        @Override
        public void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
            throw new AssertionError("no packets here");
        }

        @Override
        public void digit(char digit, int durationMillis) {
            told.add(digit + " " + durationMillis);
        }

        @Override
        public void closed() {
        }
    }

    private static final LiveAudio VOICE = new LiveAudio() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void pull(short[] pcm, int samples, int rate) {
        }

        @Override
        public void dropped() {
        }
    };

    private Call answered() {
        Call call = bench.invite("offer");
        call.execute(new CallCommand.Answer(List.of(), SipHeaders.none()));
        bench.leg().says(new SignalEvent.Acked(null));
        return call;
    }

    private static CallCommand start(String id, MediaTap tap, LiveAudio voice) {
        return new CallCommand.StartTap(id, "rtp://192.0.2.1:4000", "speak", tap, voice);
    }

    private static void run(Call call, CallCommand command) {
        call.execute(command).toCompletableFuture().join();
    }

    private static void refused(Call call, CallCommand command, String words) {
        assertThatThrownBy(() -> run(call, command)).isInstanceOf(CompletionException.class).cause().isInstanceOf(CallException.class)
                .hasMessageContaining(words).extracting(failure -> ((CallException) failure).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
    }

    @Test
    void startChangeAndStopAreToldInOrder() {
        Call call = answered();
        run(call, start("one", new Keys(), null));
        run(call, new CallCommand.ChangeTap("one", "both", true));
        run(call, new CallCommand.StopTap("one", "stopped"));
        assertThat(bench.media.last().told).containsExactly("tap", "untap");
        assertThat(bench.events()).containsSubsequence("tap-started", "tap-changed", "tap-ended");
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
    }

    @Test
    void theEndOfTheCallEndsItsTapsBeforeTheLastEvent() {
        Call call = answered();
        run(call, start("one", new Keys(), null));
        run(call, start("two", new Keys(), null));
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
        List<VoiceEvent> events = bench.rawEvents();
        assertThat(events).extracting(event -> event.kind().label()).endsWith("tap-ended", "tap-ended", "call-ended");
        assertThat(events).filteredOn(VoiceEvent.TapEnded.class::isInstance)
                .extracting(event -> ((VoiceEvent.TapEnded) event).controlId() + " " + ((VoiceEvent.TapEnded) event).reason())
                .containsExactly("one call-ended", "two call-ended");
    }

    @Test
    void anIdIsUsedOnceAtATimeAndACallHasOneVoice() {
        Call call = answered();
        run(call, start("one", new Keys(), VOICE));
        refused(call, start("one", new Keys(), null), "a tap one already");
        refused(call, start("two", new Keys(), VOICE), "one voice at a time");
        refused(call, new CallCommand.StopTap("two", "stopped"), "no tap two");
        refused(call, new CallCommand.ChangeTap("two", "both", false), "no tap two");
        run(call, new CallCommand.StopTap("one", "stopped"));
        run(call, start("two", new Keys(), VOICE));
        assertThat(bench.media.last().told).containsExactly("tap", "speak", "untap", "speak nothing", "tap", "speak");
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
    }

    @Test
    void keysOfBothKindsReachEveryTap() {
        Call call = answered();
        Keys one = new Keys();
        Keys two = new Keys();
        run(call, start("one", one, null));
        run(call, start("two", two, null));
        bench.media.last().says(new MediaEvent.Dtmf('5', 100));
        bench.leg().says(new SignalEvent.InfoReceived("application/dtmf-relay", "Signal=#\r\nDuration=160\r\n"));
        run(call, new CallCommand.StopTap("two", "stopped"));
        bench.media.last().says(new MediaEvent.Dtmf('6', 100));
        assertThat(one.told).containsExactly("5 100", "# 160", "6 100");
        assertThat(two.told).containsExactly("5 100", "# 160");
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
    }
}
