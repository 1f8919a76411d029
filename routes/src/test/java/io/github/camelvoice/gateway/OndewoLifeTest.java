package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.testkit.KamailioRegistrar;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generic client of the contract, made of its shapes alone, has a whole life: kamailio registers, SIPp answers. */
@Tag("peer")
class OndewoLifeTest {

    private static final String[] NOTIFY = {"Event: refer", "Subscription-State: terminated;reason=noresource",
            "Content-Type: message/sipfrag;version=2.0"};

    @TempDir
    Path folder;

    private static SippScenario answers() {
        SippScenario scenario = SippScenario.start();
        return scenario.takeInvite().respondToInvite("180 Ringing", "").respondToInvite("200 OK", scenario.sdp("sendrecv")).takeRequest("ACK");
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    private static List<String> types(JsonNode statuses) {
        return statuses.findValuesAsText("status_type");
    }

    @Test
    void everyStatusComesInTheOrderOfTheContract() throws Exception {
        SippScenario transferee = answers().takeRequest("REFER", "Refer-To: <sip:carol@127.0.0.1:9[?]X-Reason=better>").respond("202 Accepted")
                .request("NOTIFY", "SIP/2.0 200 OK\n", NOTIFY).expect(200).takeRequest("BYE").respond("200 OK");
        SippScenario leaves = answers().takeRequest("BYE").respond("200 OK");
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, TestPki.create(folder("pki"))).user("alice", "wonder").start();
                Sipp bob = Sipp.in(folder("bob")).answer(transferee); Sipp carol = Sipp.in(folder("carol")).answer(leaves);
                Sipp dave = Sipp.in(folder("dave")).answer(answers().takeRequest("BYE").respond("200 OK")); RawSip busy = RawSip.open();
                Running running = Running.start(folder("data"), Map.of("voice.grpc.port", "0"))) {
            busy.answering(request -> request.method().equals("INVITE") ? request.answer(486, "Busy Here", "") : null);
            String account = registrar.account("alice");
            JsonNode seen = NodeSdks.run("sip-life.js", Running.JSON.writeValueAsString(Map.of("server",
                    "127.0.0.1:" + running.gateway.ports().get("voice.grpc.port"), "account", account, "password", "wonder", "wav",
                    Path.of("src/main/resources/prompts/beep.wav").toAbsolutePath().toString(), "bob", "bob@127.0.0.1:" + bob.port(), "carol",
                    "carol@127.0.0.1:" + carol.port(), "dave", "dave@127.0.0.1:" + dave.port(), "busy", "busy@127.0.0.1:" + busy.port())));
            bob.mustSucceed();
            carol.mustSucceed();
            assertThat(bob.messages()).contains("X-Topic: sales");
            before(seen.get("early"), account);
            assertThat(seen.at("/wrong/status_type").asText()).isEqualTo("SESSION_REGISTRATION_FAILED");
            assertThat(seen.at("/wrong/description").asText()).contains("40");
            assertThat(seen.path("answers")).extracting(JsonNode::asText).containsExactly("REGISTERED", "SESSION_STARTED", "OUTGOING_CALL_INITIATED",
                    "MICROPHONE_WAV_FILES_PLAYED", "MICROPHONE_MUTED", "MICROPHONE_UNMUTED", "TRANSFER_CALL_INITIATED", "OUTGOING_CALL_INITIATED",
                    "SOFT_HANGUP_INITIATED", "OUTGOING_CALL_INITIATED", "HARD_HANGUP_INITIATED", "OUTGOING_CALL_INITIATED", "SESSION_ENDED");
            assertThat(seen.at("/transferred/transfer_call_id").asText()).contains("carol@127.0.0.1:9");
            assertThat(seen.at("/busy/description").asText()).isEqualTo("486 Busy Here");
            assertThat(seen.at("/called/headers/X-Topic").asText()).isEqualTo("sales");
            assertThat(seen.at("/called/callee_id").asText()).contains("bob@127.0.0.1");
            outOfOrder(seen);
            JsonNode history = seen.path("history");
            assertThat(types(history)).containsExactly("SESSION_REGISTRATION_FAILED", "REGISTERED", "SESSION_STARTED", "READY",
                    "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED", "MICROPHONE_WAV_FILES_PLAYED", "MICROPHONE_MUTED", "MICROPHONE_UNMUTED",
                    "TRANSFER_CALL_INITIATED", "OUTGOING_CALL_FINISHED", "READY",
                    "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED", "SOFT_HANGUP_INITIATED", "OUTGOING_CALL_FINISHED", "READY",
                    "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED", "HARD_HANGUP_INITIATED", "OUTGOING_CALL_FINISHED", "READY",
                    "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_FAILED", "READY", "SESSION_ENDED");
            assertThat(history.findValuesAsText("account_name")).containsOnly(account);
            assertThat(history.findValuesAsText("exception_traceback")).containsOnly("");
            assertThat(history.toString()).doesNotContain("wonder");
        }
    }

    /** Nobody has registered anything yet. */
    private static void before(JsonNode early, String account) {
        for (String method : List.of("SipGetSipStatus", "SipEndCall", "SipMute", "SipUnMute", "SipEndSession", "SipStartCall")) {
            assertThat(early.path(method).path("status").asText()).as(method).isEqualTo("NO_SESSION");
        }
        assertThat(early.at("/SipStartSession/code").asInt()).as(account).isEqualTo(5);
    }

    private static void outOfOrder(JsonNode seen) {
        assertThat(seen.at("/withoutSession/status").asText()).isEqualTo("NO_SESSION");
        assertThat(seen.at("/again/code").asInt()).as("a second session").isEqualTo(9);
        assertThat(seen.at("/second/code").asInt()).as("a second call").isEqualTo(9);
        for (String verb : List.of("end", "mute", "play")) {
            assertThat(seen.at("/withoutCall/" + verb + "/status").asText()).as(verb).isEqualTo("NO_ONGOING_CALL");
        }
        assertThat(seen.at("/broken/code").asInt()).as("all files are broken").isEqualTo(3);
        assertThat(seen.at("/broken/details").asText()).contains("wav_files");
        assertThat(seen.at("/unknown/code").asInt()).isEqualTo(5);
    }
}
