package io.github.camelvoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionTest {

    private static final String PLAY = "{play: {url: 'silence:1'}}";

    private final DocumentRig rig = new DocumentRig();

    private static String main(String... methods) {
        return "sections: {main: [" + String.join(", ", methods) + "]}";
    }

    @Test
    void oneInstructionAfterTheOtherAndTheCallEndsWithTheDocument() {
        FakeCall call = FakeCall.offered();
        Execution execution = rig.run(call, main("answer", "{play: {urls: ['https://u:p@a.example/b.wav?k=1', 'ring:us'], volume: 6}}", PLAY));
        assertThat(call.operations()).containsExactly("answer", "play");
        call.played();
        assertThat(call.operations()).containsExactly("answer", "play", "play");
        call.played();
        assertThat(DocumentRig.outcome(execution)).isNull();
        assertThat(rig.documents.of(call.id())).contains(execution);
        call.played();
        Outcome outcome = DocumentRig.outcome(execution);
        assertThat(outcome.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(outcome.instructions()).isEqualTo(3);
        assertThat(outcome.variables()).hasToString("{\"answer_result\":\"success\",\"play_result\":\"success\"}");
        assertThat(call.operations()).endsWith("play", "hangup").hasSize(5);
        assertThat(rig.sounds).containsExactly("https://a.example/b.wav at 6.0 dB", "ring:us at 6.0 dB", "silence:1.0");
        assertThat(rig.documents.of(call.id())).isEmpty();
    }

    @Test
    void aCallGoesOnWhereItsDocumentMayNotEndIt() {
        FakeCall call = FakeCall.active();
        Execution execution = rig.run(call, main("{set: {a: 1}}"), new RunOptions(false, JsonNodeFactory.instance.objectNode()));
        assertThat(DocumentRig.outcome(execution).ending()).isEqualTo(Ending.COMPLETED);
        assertThat(call.commands).isEmpty();
    }

    @Test
    void playingAnswersUnlessItIsToldNotTo() {
        FakeCall answered = FakeCall.offered();
        rig.run(answered, main(PLAY));
        assertThat(answered.operations()).containsExactly("answer", "play");
        FakeCall early = FakeCall.offered();
        rig.run(early, main("{play: {url: 'ring:us', auto_answer: false}}", "{play: {url: 'ring:us', auto_answer: false}}", "answer"));
        assertThat(early.operations()).containsExactly("ring", "play");
        assertThat(early.commands.get(0)).isInstanceOfSatisfying(CallCommand.Ring.class, ring -> assertThat(ring.earlyMedia()).isTrue());
        early.played();
        early.played();
        assertThat(early.operations()).startsWith("ring", "play", "play", "answer");
    }

    @ParameterizedTest
    @CsvSource({"hangup, 480, 16", "busy, 486, 17", "decline, 603, 21"})
    void aHangupHasItsReasonBeforeAndAfterTheAnswer(String reason, int code, int cause) {
        FakeCall offered = FakeCall.offered();
        Execution first = rig.run(offered, main("{hangup: {reason: " + reason + "}}", PLAY));
        assertThat(offered.commands).singleElement().isInstanceOfSatisfying(CallCommand.Reject.class,
                reject -> assertThat(reject.code()).isEqualTo(code));
        FakeCall active = FakeCall.active();
        Execution second = rig.run(active, main("{hangup: {reason: '${params.none}" + reason + "'}}", PLAY));
        assertThat(active.commands).singleElement().isInstanceOfSatisfying(CallCommand.Hangup.class,
                hangup -> assertThat(hangup.reason()).startsWith("Q.850;cause=" + cause + ";"));
        assertThat(List.of(first, second)).allSatisfy(each -> assertThat(DocumentRig.outcome(each).ending()).isEqualTo(Ending.HANGUP));
    }

    @Test
    void variablesGoIntoEverything() {
        FakeCall call = FakeCall.active();
        Execution execution = rig.run(call, """
                sections:
                  main:
                    - set: {n: 7, list: [a, {b: c}], flag: true, none: null}
                    - set: {copy: '${vars.list}', text: 'x%{list[1].b}${ n }-${missing.path[3]}|${none}', from: '${call.from_number}', whole: '${n}'}
                    - set: {header: '${call.headers[0].value}', p: '${params.x}', env: '${envs.y}', direction: '${direction}'}
                    - unset: [list, absent]
                    - return: '${text} ${flag} ${copy}'
                """, new RunOptions(true, JsonNodeFactory.instance.objectNode().put("x", "from outside")));
        Outcome outcome = DocumentRig.outcome(execution);
        assertThat(outcome.ending()).isEqualTo(Ending.RETURNED);
        assertThat(outcome.returned().asText()).isEqualTo("xc7-| true [\"a\",{\"b\":\"c\"}]");
        ObjectNode variables = outcome.variables();
        assertThat(variables.has("list")).isFalse();
        assertThat(variables.get("whole").isNumber()).isTrue();
        assertThat(variables.get("from").asText()).isEqualTo("alice");
        assertThat(variables.get("header").asText()).isEqualTo("7");
        assertThat(variables.get("p").asText()).isEqualTo("from outside");
        assertThat(variables.get("env").asText()).isEmpty();
        assertThat(variables.get("direction").asText()).isEqualTo("inbound");
        assertThat(variables.get("return_value")).isEqualTo(outcome.returned());
    }

    @Test
    void valuesOfVariablesAreCheckedWhenTheyAreUsed() {
        FakeCall call = FakeCall.active();
        Outcome outcome = DocumentRig.outcome(rig.run(call, main("{set: {v: 99}}", "{play: {url: 'ring:us', volume: '${v}'}}")));
        assertThat(outcome.ending()).isEqualTo(Ending.FAILED);
        assertThat(outcome.problem()).hasToString("/sections/main/1/play/volume (line 1, column 67): must be -40.0 to 40.0: 99");
        assertThat(outcome.variables().get("script_error").asText()).isEqualTo("relay_script_method_parameter_invalid_value");
        assertThat(call.commands).singleElement().isInstanceOfSatisfying(CallCommand.Hangup.class,
                hangup -> assertThat(hangup.reason()).startsWith("SIP;cause=500"));
    }

    @Test
    void aTransferDoesNotComeBackAndHasItsParams() {
        FakeCall call = FakeCall.active();
        Outcome outcome = DocumentRig.outcome(rig.run(call, """
                sections:
                  main:
                    - set: {next: two}
                    - transfer: {dest: '${next}', params: {a: 1}}
                    - set: {back: true}
                  two:
                    - set: {a: '${params.a}'}
                    - transfer: {dest: '{"sections":{"main":[{"set":{"b":"${params.a}${a}"}}]}}'}
                """));
        assertThat(outcome.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(outcome.variables()).hasToString("{\"next\":\"two\",\"a\":1,\"b\":\"11\"}");
    }

    @Test
    void aDocumentIsFetchedAndItsServerKnowsAboutTheCall() {
        FakeCall call = FakeCall.active();
        rig.web.put("https://u:p@app.example/two?k=secret", main("{set: {b: 2}}"));
        Outcome outcome = DocumentRig.outcome(rig.run(call, main("{set: {a: 1}}", "{transfer: {dest: 'https://u:p@app.example/two?k=secret', "
                + "params: {where: sales}}}")));
        assertThat(outcome.variables()).hasToString("{\"a\":1,\"b\":2}");
        assertThat(rig.requests).singleElement().satisfies(request -> {
            assertThat(request.get("vars")).hasToString("{\"a\":1}");
            assertThat(request.get("params")).hasToString("{\"where\":\"sales\"}");
            assertThat(request.get("envs")).hasToString("{}");
            assertThat(request.at("/call/call_id").asText()).isEqualTo("n1-call");
            assertThat(request.at("/call/call_state").asText()).isEqualTo("answered");
            assertThat(request.at("/call/type").asText()).isEqualTo("sip");
            assertThat(request.at("/call/from").asText()).isEqualTo("sip:alice@example.com");
            assertThat(request.at("/call/project_id").asText()).isEqualTo("project-1");
            assertThat(request.at("/call/headers")).hasToString("[{\"name\":\"X-Customer\",\"value\":\"7\"}]");
        });
    }

    @Test
    void aDocumentThatCannotBeFetchedOrReadEndsTheOneBefore() {
        rig.web.put("https://app.example/bad", "sections: {main: [oops]}");
        Outcome missing = DocumentRig.outcome(rig.run(FakeCall.active(), main("{transfer: 'https://u:secret@app.example/no?token=secret'}")));
        assertThat(missing.problem().toString()).contains("https://app.example/no gave no document: 404").doesNotContain("secret");
        FakeCall offered = FakeCall.offered();
        Outcome bad = DocumentRig.outcome(rig.run(offered, main("{transfer: 'https://app.example/bad'}")));
        assertThat(bad.problem().toString()).contains("/sections/main/0 (line 1, column 19): there is no method 'oops'");
        assertThat(offered.commands).singleElement().isInstanceOfSatisfying(CallCommand.Reject.class,
                reject -> assertThat(reject.code()).isEqualTo(500));
    }

    @Test
    void aTapSetsItsVariables() {
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), main("{tap: {uri: 'rtp://192.0.2.1:4000', control_id: t1, "
                + "direction: both, codec: PCMA, rtp_ptime: 40}}", "stop_tap", "{stop_tap: {control_id: '${tap_control_id}'}}")));
        assertThat(rig.taps).containsExactly("start rtp://192.0.2.1:4000 t1 BOTH PCMA 40", "stop null", "stop t-made");
        assertThat(outcome.variables()).hasToString("{\"tap_result\":\"success\",\"tap_uri\":\"rtp://192.0.2.1:4000\",\"tap_control_id\":\"t-made\","
                + "\"tap_rtp_src_addr\":\"127.0.0.1\",\"tap_rtp_src_port\":20000,\"tap_ptime\":20,\"tap_codec\":\"PCMU\",\"tap_rate\":8000,"
                + "\"stop_tap_result\":\"success\"}");
    }

    @Test
    void whatFailsIsAVariableAndTheDocumentGoesOn() {
        rig.tapResult = CompletableFuture.failedFuture(new IllegalStateException("not allowed"));
        rig.stopResult = CompletableFuture.failedFuture(new IllegalStateException("no tap"));
        FakeCall call = FakeCall.active();
        Execution execution = rig.run(call, main("{play: {urls: ['prompt:missing', 'ring:us']}}", "{tap: {uri: 'ws://x.example'}}",
                "stop_tap", PLAY));
        call.playFails("no WAV");
        Outcome outcome = DocumentRig.outcome(execution);
        assertThat(outcome.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(outcome.problem()).isNull();
        assertThat(outcome.variables()).hasToString("{\"play_result\":\"failed\",\"script_error\":\"relay_script_method_execute_failed\","
                + "\"tap_result\":\"failed\",\"stop_tap_result\":\"failed\"}");
        assertThat(call.operations()).containsExactly("play", "hangup");
    }

    @Test
    void aSinkThatCannotBeReachedIsAFailedTapWithAnId() {
        rig.tapResult = CompletableFuture.completedFuture(new TapPort.Started("ws://x.example", "t2", null, 0, 20, "PCMU", 8000, "refused"));
        Outcome outcome = DocumentRig.outcome(rig.run(FakeCall.active(), main("{tap: {uri: 'ws://x.example'}}")));
        assertThat(outcome.variables().get("tap_result").asText()).isEqualTo("failed");
        assertThat(outcome.variables().get("tap_control_id").asText()).isEqualTo("t2");
        assertThat(outcome.variables().has("tap_rtp_src_port")).isFalse();
    }

    @Test
    void theBeginningAndEndOfPlayingAreTold() {
        FakeCall call = FakeCall.active();
        Execution execution = rig.run(call, main("{play: {url: 'ring:us', status_url: 'https://app.example/s'}}",
                "{play: {url: 'prompt:missing', status_url: named}}", "{play: {url: 'ring:us', status_url: unknown}}"));
        assertThat(rig.told).hasSize(1);
        call.played();
        assertThat(call.operations()).containsExactly("play", "play");
        call.played();
        assertThat(rig.told).hasSize(4);
        assertThat(rig.told.get(0)).matches("play n1-call https://app\\.example/s \\{\"event_type\":\"calling.call.play\",\"event_channel\":\"swml:"
                + execution.id() + "\",\"timestamp\":1767323045.000,\"project_id\":\"project-1\",\"space_id\":\"project-1\",\"params\":\\{"
                + "\"call_id\":\"n1-call\",\"node_id\":\"n1\",\"control_id\":\"[a-z0-9]+\",\"state\":\"playing\"}}");
        assertThat(rig.told.get(1)).contains("\"finished\"");
        assertThat(rig.told.get(2)).startsWith("play n1-call named ").contains("\"playing\"");
        assertThat(rig.told.get(3)).contains("\"error\"");
        Outcome outcome = DocumentRig.outcome(execution);
        assertThat(outcome.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(outcome.variables().get("play_result").asText()).isEqualTo("success");
        assertThat(outcome.variables().get("script_error").asText()).isEqualTo("relay_script_method_execute_failed");
    }

    @Test
    void aCallThatCannotBeAnsweredEndsTheDocument() {
        FakeCall call = FakeCall.offered();
        call.refusal = new CallException(CallException.Kind.MEDIA, call.id(), "no codec in common");
        Outcome outcome = DocumentRig.outcome(rig.run(call, main("answer", PLAY)));
        assertThat(outcome.problem()).hasToString("/sections/main/0 (line 1, column 19): the call cannot be answered: no codec in common");
    }

    @Test
    void theEndOfTheCallEndsTheDocument() {
        FakeCall call = FakeCall.active();
        Execution execution = rig.run(call, main(PLAY, PLAY));
        call.end();
        assertThat(DocumentRig.outcome(execution).ending()).isEqualTo(Ending.CALL_OVER);
        assertThat(call.operations()).containsExactly("play");
        Execution late = rig.run(call, main(PLAY));
        assertThat(DocumentRig.outcome(late).ending()).isEqualTo(Ending.CALL_OVER);
        assertThat(call.operations()).containsExactly("play");
    }

    @Test
    void anotherDocumentTakesThePlaceOfTheFirst() {
        FakeCall call = FakeCall.active();
        Execution first = rig.run(call, main(PLAY, "{set: {never: 1}}"));
        Execution second = rig.run(call, main(PLAY));
        assertThat(DocumentRig.outcome(first).ending()).isEqualTo(Ending.REPLACED);
        assertThat(call.operations()).containsExactly("play", "stopPlay", "play");
        assertThat(rig.documents.of(call.id())).contains(second);
        call.played();
        assertThat(DocumentRig.outcome(second).ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void anOutboundCallIsAnsweredBeforeItsDocumentBegins() {
        FakeCall call = new FakeCall(CallDirection.OUTBOUND, CallState.ALERTING);
        Execution execution = rig.run(call, main("answer", "hangup"));
        assertThat(call.commands).isEmpty();
        call.answered();
        assertThat(call.operations()).containsExactly("hangup");
        assertThat(DocumentRig.outcome(execution).ending()).isEqualTo(Ending.HANGUP);
        FakeCall busy = new FakeCall(CallDirection.OUTBOUND, CallState.ALERTING);
        Execution none = rig.run(busy, main(PLAY));
        busy.end();
        assertThat(DocumentRig.outcome(none).ending()).isEqualTo(Ending.CALL_OVER);
        assertThat(busy.commands).isEmpty();
    }

    @Test
    void theLongestTimeHoldsBeyondTheDocument() {
        FakeCall call = FakeCall.offered();
        rig.run(call, main("{answer: {max_duration: 60}}"), new RunOptions(false, JsonNodeFactory.instance.objectNode()));
        rig.timers.advance(Duration.ofSeconds(59));
        assertThat(call.operations()).containsExactly("answer");
        rig.timers.advance(Duration.ofSeconds(1));
        assertThat(call.operations()).containsExactly("answer", "hangup");
        assertThat(call.reached(Milestone.COMPLETED).toCompletableFuture()).isDone();
    }
}
