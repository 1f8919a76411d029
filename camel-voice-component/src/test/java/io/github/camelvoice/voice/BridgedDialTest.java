package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** voice:call with bridge=true: a call is placed for a call. */
class BridgedDialTest extends VoiceRouteTest {

    private FakePhone alice;
    private FakePhone bob;

    @BeforeEach
    void aliceCallsAndTheRouteDialsBob() throws Exception {
        component.getConfiguration().setCodecs("PCMU,PCMA");
    }

    private void dial(String options, String... before) throws Exception {
        String[] steps = new String[before.length + 2];
        System.arraycopy(before, 0, steps, 0, before.length);
        steps[before.length] = "- to: \"voice:call:bob@127.0.0.1?bridge=true" + options + "\"";
        steps[before.length + 1] = "- to: \"mock:after\"";
        inbound("", steps);
        alice = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        bob = engine.lastPhone();
    }

    @Test
    void ringingIsPassedOnAndBothAreConnected() throws Exception {
        getMockEndpoint("mock:after").expectedMessageCount(1);
        dial("&codecs=PCMA,PCMU");
        bob.rings();
        hears(alice, "180");
        bob.answers();
        hears(alice, "180", "200");
        getMockEndpoint("mock:after").assertIsSatisfied();
        var headers = getMockEndpoint("mock:after").getExchanges().get(0).getMessage().getHeaders();
        String first = (String) headers.get(VoiceConstants.CALL_ID);
        String second = (String) headers.get(VoiceConstants.BRIDGED_CALL_ID);
        assertThat(engine.registry.find(first).snapshot().peerCallId()).isEqualTo(second);
        assertThat(engine.registry.find(first).snapshot().media().codec()).isEqualTo("PCMA");
        eventually(() -> first.equals(engine.registry.find(second).snapshot().peerCallId()));
        bob.hangsUp();
        hears(alice, "180", "200", "BYE");
        eventually(() -> engine.registry.count() == 0);
    }

    @Test
    void ifBobIsBusyTheRouteDecidesAboutAlice() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: voice:call
                      steps:
                        - doTry:
                            steps:
                              - to: "voice:call:bob@127.0.0.1?bridge=true"
                            doCatch:
                              - exception: [io.github.camelvoice.voice.VoiceBusyException]
                                steps:
                                  - to: "voice:call?operation=reject&code=486"
                """);
        alice = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().rejects(486, "Busy Here");
        hears(alice, "486 Busy Here");
    }

    @Test
    void ifAliceGivesUpBobIsCancelled() throws Exception {
        dial("");
        bob.rings();
        hears(alice, "180");
        alice.cancels();
        hears(bob, "INVITE", "CANCEL SIP;cause=487;text=\"the caller went away\"");
        eventually(() -> engine.registry.count() == 0);
        assertThat(getMockEndpoint("mock:after").getReceivedCounter()).isZero();
    }

    @Test
    void anAnsweredCallIsBridgedAsItIs() throws Exception {
        dial("", "- to: \"voice:call?operation=answer\"");
        bob.rings();
        bob.answers();
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
        assertThat(alice.heard).containsExactly("200");
    }

    @Test
    void canWaitForTheEnd() throws Exception {
        dial("&waitFor=completed");
        bob.answers();
        hears(alice, "200");
        assertThat(getMockEndpoint("mock:after").getReceivedCounter()).isZero();
        alice.hangsUp();
        hears(bob, "INVITE", "BYE");
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
        assertThat(getMockEndpoint("mock:after").getExchanges().get(0).getMessage().getHeader(VoiceConstants.CAUSE)).isEqualTo("normal");
    }

    @Test
    void bridgingDoesNotWaitForLess() throws Exception {
        inbound("?undecidedCode=480", "- doTry:\n    steps:\n      - setHeader: { name: CamelVoiceWaitFor, constant: ringing }\n"
                + "      - to: \"voice:call:bob@127.0.0.1?bridge=true\"\n    doCatch:\n"
                + "      - exception: [io.github.camelvoice.voice.VoiceRequestException]\n        steps: [ { to: \"mock:refused\" } ]");
        getMockEndpoint("mock:refused").expectedMessageCount(1);
        engine.invite("alice", "hello");
        getMockEndpoint("mock:refused").assertIsSatisfied();
    }

    @Test
    void twoLiveCallsAreBridgedAndTakenApart() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"", "- to: \"voice:call:bob@127.0.0.1?bridge=true\"",
                "- to: \"voice:call?operation=unbridge\"", "- to: \"voice:call?operation=bridge\"", "- to: \"mock:after\"");
        alice = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
        assertThat(engine.toldKinds()).contains("bridged", "unbridged");
    }
}
