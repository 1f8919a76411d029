package io.github.camelvoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {

    private static final String URL = "https://app.example/next";
    private static final Action ACTION = new Action(URL, "POST");
    private static final Sound HELLO = new Sound.Speech("Hello", "en-GB", "woman");
    private static final RecordingOrder ORDER = new RecordingOrder(RecordingOrder.Tracks.HEARD, false, true, 60, 5, RecordingOrder.RECORD, null,
            null);

    private final DocumentRig rig = new DocumentRig();
    private final FakeCall call = FakeCall.active();

    private static Prompt.Speak say(int loop, Sound... sounds) {
        return new Prompt.Speak(Place.DOCUMENT, "Say", List.of(sounds), loop);
    }

    private static Prompt.Gather gather(int digits, String finish, boolean empty, Prompt... prompts) {
        return new Prompt.Gather(Place.DOCUMENT, 5, finish, digits, empty, ACTION, List.of(prompts));
    }

    private static Prompt.Record record(boolean beep) {
        return new Prompt.Record(Place.DOCUMENT, beep, "1#", ORDER, ACTION);
    }

    private List<Integer> repeats() {
        return call.commands.stream().filter(CallCommand.Play.class::isInstance).map(each -> ((CallCommand.Play) each).source().repeat()).toList();
    }

    private static Ending ending(Execution execution) {
        return DocumentRig.outcome(execution) == null ? null : DocumentRig.outcome(execution).ending();
    }

    @Test
    void oneSoundIsRepeatedByItsSourceAndSeveralByTurns() {
        Execution execution = rig.run(call, say(3, HELLO), say(2, HELLO, new Sound.Beep()));
        assertThat(repeats()).containsExactly(3);
        for (int i = 0; i < 5; i++) {
            assertThat(ending(execution)).isNull();
            call.played();
        }
        assertThat(repeats()).containsExactly(3, 1, 1, 1, 1);
        assertThat(ending(execution)).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void aCallIsAnsweredBeforeSomethingIsSaidButNotForAPause() {
        FakeCall offered = FakeCall.offered();
        rig.run(offered, new Prompt.Pause(Place.DOCUMENT, 1500), say(1, HELLO));
        assertThat(offered.operations()).isEmpty();
        rig.timers.advance(Duration.ofMillis(1500));
        assertThat(offered.operations()).containsExactly("answer", "play");
    }

    @Test
    void whatCannotBePlayedIsPassedOverEvenForEver() {
        Execution execution = rig.run(call, say(0, new Sound.Named("missing.wav")), say(0, new Sound.Named("missing"), new Sound.Named("missing")));
        assertThat(ending(execution)).isEqualTo(Ending.COMPLETED);
        assertThat(call.operations()).containsExactly("hangup");
    }

    @Test
    void theFirstKeyEndsTheTalkingAndTheLastOneAsksTheApplication() {
        rig.web.put(URL, "{\"sections\": {\"main\": [{\"hangup\": {}}]}}");
        Execution execution = rig.run(call, gather(4, "#", false, say(1, HELLO), new Prompt.Pause(Place.DOCUMENT, 1000), say(1, HELLO)));
        assertThat(call.operations()).containsExactly("play");
        call.press("12");
        assertThat(call.operations()).containsExactly("play", "stopPlay");
        rig.timers.advance(Duration.ofSeconds(4));
        call.press("*9");
        assertThat(rig.asked).containsExactly("POST " + URL + " [Digits=12*9, FinishedOnKey=]");
        assertThat(ending(execution)).isEqualTo(Ending.HANGUP);
        assertThat(call.listeners).isEmpty();
        assertThat(rig.timers.pending()).isZero();
    }

    @Test
    void theFinishingKeyIsNoPartOfWhatWasPressed() {
        rig.web.put(URL, "{\"sections\": {\"main\": []}}");
        rig.run(call, gather(0, "#", false));
        call.press("77#");
        assertThat(rig.asked).containsExactly("POST " + URL + " [Digits=77, FinishedOnKey=#]");
    }

    @Test
    void theTimeRunsFromTheEndOfThePromptsAndFromEachKey() {
        rig.web.put(URL, "{\"sections\": {\"main\": []}}");
        rig.run(call, gather(0, "", false, say(1, HELLO)));
        rig.timers.advance(Duration.ofSeconds(60));
        call.played();
        rig.timers.advance(Duration.ofMillis(4900));
        call.press("#");
        rig.timers.advance(Duration.ofMillis(4900));
        assertThat(rig.asked).isEmpty();
        rig.timers.advance(Duration.ofMillis(100));
        assertThat(rig.asked).containsExactly("POST " + URL + " [Digits=#, FinishedOnKey=]");
    }

    @Test
    void withoutAKeyTheDocumentGoesOnUnlessItWantsToKnow() {
        Execution goesOn = rig.run(call, gather(1, "#", false), say(1, HELLO));
        rig.timers.advance(Duration.ofSeconds(5));
        assertThat(call.operations()).containsExactly("play");
        assertThat(ending(goesOn)).isNull();
        rig.web.put(URL, "{\"sections\": {\"main\": []}}");
        rig.run(FakeCall.active(), gather(1, "#", true));
        rig.timers.advance(Duration.ofSeconds(5));
        assertThat(rig.asked).containsExactly("POST " + URL + " [Digits=, FinishedOnKey=]");
    }

    @Test
    void aGatherThatIsReplacedLeavesNothing() {
        Execution first = rig.run(call, gather(1, "#", false, say(0, HELLO)));
        rig.run(call, say(1, HELLO));
        assertThat(ending(first)).isEqualTo(Ending.REPLACED);
        assertThat(call.operations().subList(0, 2)).containsExactly("play", "stopPlay");
        assertThat(call.operations()).endsWith("play");
        assertThat(call.listeners).isEmpty();
    }

    @Test
    void aMessageIsLeftAfterTheToneAndEndedByAKey() {
        rig.web.put(URL, "{\"sections\": {\"main\": []}}");
        rig.run(call, record(true));
        assertThat(rig.sounds).containsExactly("beep");
        assertThat(rig.recordings).isEmpty();
        call.played();
        assertThat(rig.recordings).containsExactly(ORDER);
        call.press("5");
        assertThat(rig.asked).isEmpty();
        call.press("#");
        assertThat(rig.asked).containsExactly("POST " + URL
                + " [RecordingSid=RE1, RecordingUrl=https://here.example/RE1, RecordingDuration=3, Digits=#]");
        assertThat(call.listeners).isEmpty();
    }

    @Test
    void silenceIsNoMessage() {
        Execution execution = rig.run(call, record(false), new Prompt.Pause(Place.DOCUMENT, 1000));
        rig.recorded(RecordingStatus.ABSENT);
        assertThat(ending(execution)).isNull();
        rig.timers.advance(Duration.ofSeconds(1));
        assertThat(ending(execution)).isEqualTo(Ending.COMPLETED);
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void whoHangsUpHasLeftAMessageAllTheSame() {
        Execution execution = rig.run(call, record(false));
        call.end();
        assertThat(ending(execution)).isEqualTo(Ending.CALL_OVER);
        assertThat(rig.asked).hasSize(1);
        assertThat(rig.asked.get(0)).endsWith("Digits=hangup]");
    }

    @Test
    void keysAreSent() {
        rig.run(call, new Prompt.Keys(Place.DOCUMENT, "12w#"));
        assertThat(call.commands.get(0)).isEqualTo(new CallCommand.SendDtmf("12w#", 160, 80, CallCommand.DtmfMethod.RFC4733));
    }
}
