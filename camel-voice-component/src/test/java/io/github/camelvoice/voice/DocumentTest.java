package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.document.ProblemCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** Documents that routes give to calls. */
class DocumentTest extends VoiceRouteTest {

    private static final String DONE = "- to: \"mock:done\"";

    private static String run(String options) {
        return "- to: \"voice:document" + options + "\"";
    }

    private static String body(String... methods) {
        return "- setBody:\n    constant: 'sections: {main: [" + String.join(", ", methods) + "]}'";
    }

    private Exchange done() throws Exception {
        getMockEndpoint("mock:done").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:done").assertIsSatisfied();
        return getMockEndpoint("mock:done").getExchanges().get(0);
    }

    @Test
    void theBodyIsADocumentAndItsResultsAreHeaders() throws Exception {
        inbound("", body("answer", "{play: {url: \"ring:us\"}}", "{set: {a: [1, \"${params.x}\"]}}", "{return: {b: true}}")
                , "- setHeader:\n    name: CamelVoiceDocumentParams\n    constant: '{\"x\": \"y\"}'", run(""), DONE);
        hears(engine.invite("alice", "hello"), "200", "BYE");
        assertThat(done().getMessage().getHeaders()).containsEntry(VoiceConstants.DOCUMENT_ENDING, "returned")
                .containsEntry(VoiceConstants.DOCUMENT_RETURN, Map.of("b", true)).containsKey(VoiceConstants.DOCUMENT_ID)
                .containsEntry(VoiceConstants.CALL_STATE, "ENDED");
        assertThat(done().getMessage().getHeader(VoiceConstants.DOCUMENT_VARIABLES)).hasToString(
                "{answer_result=success, play_result=success, a=[1, y], return_value={b=true}}");
        assertThat(engine.lastAudio().told).containsExactly("play ring:us x1 0");
    }

    @Test
    void aCallGoesOnWithItsRoute() throws Exception {
        inbound("?onEnd=hangup", body("answer", "{set: {a: 1}}"), run("?atEnd=goOn&operation=run"),
                "- to: \"voice:call?operation=play&source=classpath:prompts/welcome.wav\"", DONE);
        hears(engine.invite("alice", "hello"), "200", "BYE");
        assertThat(done().getMessage().getHeader(VoiceConstants.DOCUMENT_ENDING)).isEqualTo("completed");
        assertThat(engine.lastAudio().told).hasSize(1);
    }

    @Test
    void aDocumentIsFetched() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        engine.web = (url, json) -> {
            asked.complete(url + " " + json);
            return CompletableFuture.completedFuture("{\"sections\":{\"main\":[{\"hangup\":{\"reason\":\"busy\"}}]}}");
        };
        inbound("", run("?url=https://app.example/swml"), DONE);
        hears(engine.invite("alice", "hello"), "486 Busy Here");
        assertThat(asked.get()).startsWith("https://app.example/swml {\"call\":{\"call_id\":\"t-").contains("\"vars\":{}", "\"params\":{}",
                "\"call_state\":\"created\"");
        assertThat(done().getMessage().getHeader(VoiceConstants.DOCUMENT_ENDING)).isEqualTo("hangup");
    }

    /** As the consumer does it with any route that fails. */
    @Test
    void aDocumentThatIsNoneFailsTheRouteAndSoTheCall() throws Exception {
        inbound("", body("oops"), run(""));
        hears(engine.invite("alice", "hello"), "500 Server Internal Error");
    }

    @Test
    void aDocumentThatCannotBeFetchedEndsACallThatIsAnswered() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"", run("?url=https://app.example/none"));
        hears(engine.invite("alice", "hello"), "200", "BYE SIP;cause=500;text=\"Server Internal Error\"");
    }

    @Test
    void whatIsWrongIsAnExceptionWithPlaces() throws Exception {
        CompletableFuture<String> callId = new CompletableFuture<>();
        context.getRegistry().bind("keep", (Processor) each ->
                callId.complete(each.getMessage().getHeader(VoiceConstants.CALL_ID, String.class)));
        inbound("", "- to: \"voice:call?operation=answer\"", "- process: {ref: keep}", "- to: \"voice:call?operation=echo\"");
        FakePhone alice = engine.invite("alice", "hello");
        String id = callId.get();
        assertThat(failure("voice:document?callId=" + id, "sections: {main: [oops]}")).isInstanceOfSatisfying(VoiceDocumentException.class,
                wrong -> assertThat(wrong.getProblems().get(0).place()).hasToString("/sections/main/0 (line 1, column 19)"));
        assertThat(failure("voice:document?callId=" + id, null)).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("there is no document");
        assertThat(failure("voice:document?callId=" + id + "&url=https://app.example/x", null)).isInstanceOfSatisfying(VoiceDocumentException.class,
                wrong -> assertThat(wrong.getProblems().get(0).code()).isEqualTo(ProblemCode.HTTP_RETRIEVAL_ERROR));
        assertThat(failure("voice:document", "sections: {main: [answer]}")).isInstanceOf(VoiceRequestException.class).hasMessageContaining("callId");
        assertThat(failure("voice:document?callId=none", "sections: {main: [answer]}")).isInstanceOf(VoiceCallNotFoundException.class);
        assertThat(alice.heard).containsExactly("200");
        assertThat(failure("voice:document?callId=" + id, "sections: {main: [{set: {v: 99}}, {play: {url: 'ring:us', volume: '${v}'}}]}"))
                .isInstanceOf(VoiceDocumentException.class).hasMessageContaining("/sections/main/1/play/volume");
        hears(alice, "200", "BYE SIP;cause=500;text=\"Server Internal Error\"");
    }

    private Exception failure(String uri, String body) {
        return template.send(uri, each -> each.getMessage().setBody(body)).getException();
    }

    @Test
    void anExchangeNeedNotWait() throws Exception {
        engine.slowAudio = true;
        inbound("?onEnd=keep", "- to: \"voice:call?operation=answer\"", body("{play: {url: \"ring:us\"}}"), run("?wait=false"), DONE);
        FakePhone alice = engine.invite("alice", "hello");
        assertThat(done().getMessage().getHeaders()).containsKey(VoiceConstants.DOCUMENT_ID).doesNotContainKey(VoiceConstants.DOCUMENT_ENDING);
        hears(alice, "200");
        alice.hangsUp();
    }

    @Test
    void urisThatMakeNoSenseAreRefused() {
        for (String uri : new String[]{"voice:document:100", "voice:document?operation=place", "voice:document?source=x",
            "voice:document?url=ftp://x", "voice:document?atEnd=later"}) {
            assertThatThrownBy(() -> template.sendBody(uri, "x")).as(uri).isNotNull();
        }
        assertThatThrownBy(() -> yaml(route("voice:document", "- log: x"))).hasStackTraceContaining("voice:document can only be sent to");
        assertThatThrownBy(() -> template.sendBody("voice:call?operation=answer&url=https://x.example", ""))
                .hasStackTraceContaining("has no option url: it belongs to a producer of voice:document");
    }
}
