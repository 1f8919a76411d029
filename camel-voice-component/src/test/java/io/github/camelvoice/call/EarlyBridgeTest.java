package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.SignalEvent;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A bridge that stands before the calls are answered. */
class EarlyBridgeTest {

    private static final CallCommand RING_EARLY = new CallCommand.Ring(183, true, false, List.of(), SipHeaders.none());
    private static final CallCommand ANSWER = new CallCommand.Answer(List.of(), SipHeaders.none());

    private final CallBench bench = new CallBench();

    private static void done(Call call, CallCommand command) {
        assertThat(call.execute(command).toCompletableFuture()).isCompleted();
    }

    private static String failed(Call call, CallCommand command) {
        try {
            call.execute(command).toCompletableFuture().join();
            throw new AssertionError("did not fail");
        } catch (CompletionException failure) {
            return failure.getCause().getMessage();
        }
    }

    /** A caller, and the called side that sends early media. */
    private record Two(Call caller, FakeLeg callerLeg, FakeMedia.FakeMediaLeg callerAudio, Call called, FakeLeg calledLeg,
                       FakeMedia.FakeMediaLeg calledAudio) {
    }

    private Two ringing() throws CallException {
        Call caller = bench.invite("offer");
        FakeLeg callerLeg = bench.leg();
        done(caller, RING_EARLY);
        FakeMedia.FakeMediaLeg callerAudio = bench.media.last();
        Call called = bench.place();
        FakeLeg calledLeg = bench.leg();
        FakeMedia.FakeMediaLeg calledAudio = bench.media.last();
        calledLeg.says(new SignalEvent.Provisional(183, "Session Progress", SipHeaders.none(), "early"));
        return new Two(caller, callerLeg, callerAudio, called, calledLeg, calledAudio);
    }

    private Two bridged() throws CallException {
        Two two = ringing();
        done(two.caller(), new CallCommand.Bridge(two.called().id()));
        bench.events();
        return two;
    }

    @Test
    void theCallerHearsEarlyMediaAndTheCalledSideNobody() throws Exception {
        Two two = bridged();
        assertThat(two.callerAudio().told).contains("bridge").doesNotContain("withhold true");
        assertThat(two.calledAudio().told).containsExactly("withhold true");
        assertThat(two.caller().snapshot().peerCallId()).isEqualTo(two.called().id());
        assertThat(two.called().snapshot().peerCallId()).isEqualTo(two.caller().id());
    }

    @Test
    void itCountsAsABridgeOnceBothAreAnswered() throws Exception {
        Two two = bridged();
        two.calledLeg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        assertThat(bench.events()).containsExactly("call-answered");
        assertThat(two.calledAudio().told).endsWith("withhold false");
        done(two.caller(), ANSWER);
        done(two.caller(), new CallCommand.Bridge(two.called().id()));
        assertThat(bench.events()).containsExactly("call-answered", "bridged", "bridged");
        two.calledLeg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(two.caller().snapshot().cause().phrase()).isEqualTo("the bridged call ended");
        assertThat(two.callerAudio().told.stream().filter("bridge"::equals)).as("audio was connected once").hasSize(1);
    }

    @Test
    void theCalledSideMayFailAndTheCallerIsStillUndecided() throws Exception {
        Two two = bridged();
        two.calledLeg().says(new SignalEvent.Rejected(486, "Busy Here", SipHeaders.none(), List.of()));
        assertThat(two.caller().snapshot().state()).isEqualTo(CallState.RINGING);
        assertThat(two.caller().snapshot().peerCallId()).isNull();
        assertThat(two.caller().parted().toCompletableFuture()).isCompleted();
        assertThat(bench.events()).as("no bridge was told, so no end of it").containsExactly("call-ended");
        Call next = bench.place();
        bench.leg().says(new SignalEvent.Provisional(183, "Session Progress", SipHeaders.none(), "early"));
        done(two.caller(), new CallCommand.Bridge(next.id()));
    }

    @Test
    void theCallerMayHangUpAndWhoeverPlacedTheOtherCallDecides() throws Exception {
        Two two = bridged();
        two.callerLeg().says(new SignalEvent.Cancelled(SipHeaders.none()));
        assertThat(two.called().snapshot().state()).isEqualTo(CallState.ALERTING);
        assertThat(two.calledLeg().sent).doesNotContain("CANCEL");
    }

    @Test
    void anAnsweredCallerMayBeBridgedEarlyToo() throws Exception {
        Two two = ringing();
        done(two.caller(), ANSWER);
        done(two.caller(), new CallCommand.Bridge(two.called().id(), true));
        bench.events();
        two.calledLeg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        assertThat(bench.events()).containsExactlyInAnyOrder("call-answered", "bridged", "bridged");
        two.calledLeg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(two.caller().snapshot().state()).as("it stays").isEqualTo(CallState.ACCEPTED);
    }

    @Test
    void withoutAudioThereIsNothingToConnect() throws Exception {
        Call caller = bench.invite("offer");
        done(caller, RING_EARLY);
        Call called = bench.place();
        bench.leg().says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        assertThat(failed(caller, new CallCommand.Bridge(called.id()))).contains("has no early media");
        assertThat(failed(called, new CallCommand.Bridge(caller.id()))).contains("has no early media");
        Call silent = bench.invite("offer");
        assertThat(failed(silent, new CallCommand.Bridge(called.id()))).contains("cannot bridge");
    }

    @Test
    void takenApartEarlyBothGoOnAsTheyWere() throws Exception {
        Two two = bridged();
        done(two.caller(), new CallCommand.Unbridge());
        assertThat(two.calledAudio().told).endsWith("unbridge", "withhold false");
        assertThat(bench.events()).isEmpty();
        two.calledLeg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        assertThat(two.called().snapshot().state()).isEqualTo(CallState.ACTIVE);
    }
}
