package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.spi.MediaEvent;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation on a live call, by options and by headers. */
class OperationsTest extends VoiceRouteTest {

    @TempDir
    Path folder;
    private FakePhone alice;
    private Call call;

    @BeforeEach
    void aCallComesIn() throws Exception {
        component.setRecordingsDir(folder.toString());
        engine.registry.receive(0, new io.github.camelvoice.call.Calls.Receiver() {
            @Override
            public boolean wants(io.github.camelvoice.call.Calls.IncomingCall incoming) {
                return true;
            }

            @Override
            public boolean isBusy(io.github.camelvoice.call.Calls.IncomingCall incoming) {
                return false;
            }

            @Override
            public void received(Call received, io.github.camelvoice.call.Calls.IncomingCall incoming) {
                call = received;
            }
        });
        alice = engine.invite("alice", "hello");
        eventually(() -> call != null);
    }

    private Exchange does(String operation, Object... headers) {
        Exchange exchange = exchange(operation, null, headers);
        if (exchange.getException() != null) {
            throw new CamelExecutionException("failed", exchange, exchange.getException());
        }
        return exchange;
    }

    private Exchange exchange(String operation, Object body, Object... headers) {
        return template.send("voice:call?operation=" + operation, each -> {
            each.getMessage().setBody(body);
            each.getMessage().setHeader(VoiceConstants.CALL_ID, call.id());
            for (int i = 0; i < headers.length; i += 2) {
                each.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    private void answered() {
        does("answer");
    }

    @Test
    void answerAndHangUp() {
        Exchange answered = does("answer&codecs=PCMA,PCMU", "CamelVoiceSetSipHeader.X-Agent", "7");
        assertThat(answered.getMessage().getHeaders()).containsEntry(VoiceConstants.CODEC, "PCMA")
                .containsEntry(VoiceConstants.DIRECTION, "INBOUND").containsKey(VoiceConstants.SETUP_TIME)
                .doesNotContainKeys(VoiceConstants.CAUSE, VoiceConstants.SIP_CODE);
        assertThat(alice.headers.get(0).first("X-Agent")).contains("7");
        Exchange over = does("hangup&reason=Q.850;cause=16");
        hears(alice, "200", "BYE Q.850;cause=16");
        assertThat(over.getMessage().getHeaders()).containsEntry(VoiceConstants.CAUSE, "normal").containsEntry(VoiceConstants.ENDED_BY, "LOCAL")
                .containsEntry(VoiceConstants.RETRYABLE, false).containsKey(VoiceConstants.DURATION);
    }

    @Test
    void theOptionsOfRing() {
        does("ring");
        does("ring", VoiceConstants.CODE, "182");
        does("ring&earlyMedia=true&reliable=true");
        hears(alice, "180", "182", "183 sdp reliable");
    }

    @Test
    void rejectWithCodePhraseAndReason() {
        does("reject", VoiceConstants.CODE, 487, VoiceConstants.PHRASE, "Not now", VoiceConstants.REASON, "Q.850;cause=21");
        hears(alice, "487 Not now");
        assertThat(alice.headers.get(0).first("Reason")).contains("Q.850;cause=21");
    }

    @Test
    void rejectDeclinesByDefault() {
        does("reject");
        hears(alice, "603 Decline");
    }

    @Test
    void redirect() {
        does("redirect&contacts=sip:bob@127.0.0.1,sip:carol@127.0.0.1");
        hears(alice, "302 [sip:bob@127.0.0.1, sip:carol@127.0.0.1]");
    }

    @Test
    void playsAFileAResourceAndBodies() throws Exception {
        answered();
        Path wav = Files.write(folder.resolve("a.wav"), new byte[10]);
        Exchange played = does("play", VoiceConstants.SOURCE, wav.toString());
        assertThat(played.getMessage().getHeaders()).containsEntry(VoiceConstants.OUTCOME, "completed")
                .containsEntry(VoiceConstants.LENGTH, 1.5).containsKey(VoiceConstants.OPERATION_ID);
        does("play&repeat=3&source=RAW(file:" + wav + ")");
        does("play&source=classpath:logback-test.xml");
        exchange("play", new byte[7]);
        exchange("play", new ByteArrayInputStream(new byte[8]));
        exchange("play", new File(wav.toString()));
        assertThat(engine.lastAudio().told.get(0)).isEqualTo("play " + wav + " x1 10");
        assertThat(engine.lastAudio().told.get(1)).isEqualTo("play file:" + wav + " x3 10");
        assertThat(engine.lastAudio().told.get(2)).startsWith("play classpath:logback-test.xml x1 ");
        assertThat(engine.lastAudio().told.subList(3, 6)).containsExactly("play body x1 7", "play body x1 8", "play " + wav + " x1 10");
    }

    @Test
    void anUnreadableSourceIsAMediaFailure() {
        answered();
        assertThatThrownBy(() -> does("play", VoiceConstants.SOURCE, "nowhere.wav")).hasCauseInstanceOf(VoiceMediaException.class)
                .cause().hasMessageContaining("nowhere.wav");
        assertThat(exchange("play", "text").getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("nothing to play");
        assertThatThrownBy(() -> does("play", VoiceConstants.SOURCE, "http://example.com/a.wav"))
                .hasCauseInstanceOf(VoiceRequestException.class).cause().hasMessageContaining("source must be");
    }

    @Test
    void playWithoutWaitingAndStop() {
        engine.slowAudio = true;
        answered();
        does("play&wait=false&source=classpath:logback-test.xml");
        assertThat(engine.toldKinds()).contains("play-started").doesNotContain("play-ended");
        does("stopPlay");
        eventually(() -> engine.toldKinds().contains("play-ended"));
    }

    @Test
    void playWithoutWaitingTellsARefusal() {
        assertThatThrownBy(() -> does("play&wait=false&source=classpath:logback-test.xml")).hasCauseInstanceOf(VoiceCallStateException.class);
    }

    @Test
    void records() {
        answered();
        Exchange started = does("startRecording&file=sub/one.wav&layout=stereo&recordLimit=10m");
        assertThat(started.getMessage().getHeader(VoiceConstants.RECORDING)).isEqualTo(folder.resolve("sub/one.wav").toString());
        does("pauseRecording");
        does("resumeRecording");
        Exchange stopped = does("stopRecording");
        assertThat(stopped.getMessage().getHeaders()).containsEntry(VoiceConstants.OUTCOME, "completed")
                .containsEntry(VoiceConstants.LENGTH, 3.0).containsEntry(VoiceConstants.RECORDING, folder.resolve("sub/one.wav").toString());
        assertThat(does("startRecording").getMessage().getHeader(VoiceConstants.RECORDING))
                .isEqualTo(folder.resolve(call.id() + ".wav").toString());
        assertThat(engine.lastAudio().told).containsExactly("record STEREO PT10M", "pause true", "pause false", "record MIXED null");
    }

    @Test
    void aRecordingStaysInItsFolder() throws Exception {
        answered();
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/tmp"));
        for (String file : new String[] {"../a.wav", "/tmp/a.wav", "sub/../../a.wav", "out/a.wav", "a.txt"}) {
            assertThatThrownBy(() -> does("startRecording", VoiceConstants.FILE, file)).hasCauseInstanceOf(VoiceRequestException.class)
                    .cause().hasMessageContaining(file);
        }
    }

    @Test
    void muteEchoHoldDtmfInfo() {
        answered();
        does("mute");
        does("unmute");
        does("echo");
        does("stopEcho");
        does("sendDtmf&digits=12w%23&toneLength=120ms", VoiceConstants.TONE_GAP, Duration.ofMillis(60));
        does("hold");
        does("resume");
        exchange("sendInfo&contentType=text/plain", "hello");
        assertThat(engine.lastAudio().told).containsExactly("mute true", "mute false", "echo true", "echo false", "dtmf 12w# 120 60",
                "hold true", "hold false");
        hears(alice, "200", "re-INVITE", "re-INVITE", "INFO text/plain hello");
    }

    @Test
    void dtmfByInfo() {
        answered();
        Exchange[] sent = new Exchange[1];
        Thread sender = new Thread(() -> sent[0] = does("sendDtmf&digits=5&dtmfMethod=info"));
        sender.start();
        eventually(() -> alice.heard.size() > 1);
        // The digit is heard before its timer is set.
        eventually(() -> {
            engine.timers.advance(Duration.ofSeconds(5));
            return sent[0] != null;
        });
        assertThat(alice.heard.get(1)).contains("application/dtmf-relay");
    }

    @Test
    void showAndList() {
        answered();
        Exchange shown = does("show");
        assertThat(shown.getMessage().getBody()).isInstanceOf(CallSnapshot.class);
        assertThat(shown.getMessage().getBody(String.class)).startsWith("{\"callId\":\"" + call.id() + "\"");
        Exchange listed = does("list");
        assertThat(listed.getMessage().getBody()).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
        assertThat(listed.getMessage().getBody(String.class)).startsWith("[{\"callId\":\"" + call.id() + "\"").endsWith("}]");
    }

    @Test
    void theOperationCanComeByHeaderWhereTheEndpointNamesNone() {
        template.sendBodyAndHeaders("voice:call", null, Map.of(VoiceConstants.CALL_ID, call.id(), VoiceConstants.OPERATION, "answer"));
        hears(alice, "200");
        assertThatThrownBy(() -> template.sendBodyAndHeaders("voice:call", null,
                Map.of(VoiceConstants.CALL_ID, call.id(), VoiceConstants.OPERATION, "dance"))).cause()
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("dance").hasMessageContaining("startRecording");
    }

    @Test
    void theOptionCallIdComesBeforeTheHeader() {
        answered();
        template.sendBodyAndHeader("voice:call?operation=mute&callId=" + call.id(), null, VoiceConstants.CALL_ID, "t-other");
        assertThat(engine.lastAudio().told).containsExactly("mute true");
    }

    @Test
    void unknownCallsAndWrongStatesAreToldApart() {
        assertThatThrownBy(() -> does("answer", VoiceConstants.CALL_ID, "t-nobody")).hasCauseInstanceOf(VoiceCallNotFoundException.class);
        assertThatThrownBy(() -> does("hangup", VoiceConstants.CALL_ID, "t-nobody")).hasCauseInstanceOf(VoiceCallNotFoundException.class);
        assertThatThrownBy(() -> does("hold")).hasCauseInstanceOf(VoiceCallStateException.class);
        assertThatThrownBy(() -> template.sendBody("voice:call?operation=hold", null)).hasCauseInstanceOf(VoiceRequestException.class)
                .cause().hasMessageContaining("callId").hasMessageContaining("CamelVoiceCallId");
    }

    @Test
    void wrongArgumentsAreNamed() {
        answered();
        assertWrong("sendDtmf", "digits");
        assertWrong("sendDtmf", "X9", VoiceConstants.DIGITS, "X9");
        assertWrong("reject", "CamelVoiceCode", VoiceConstants.CODE, "abc");
        assertWrong("reject", "399", VoiceConstants.CODE, 399);
        assertWrong("startRecording", "layout", VoiceConstants.LAYOUT, "round");
        assertWrong("redirect", "contacts");
        assertWrong("sendInfo", "contentType");
        assertWrong("bridge", "bridgedCallId");
        assertWrong("play", "CamelVoiceWait", VoiceConstants.WAIT, "maybe", VoiceConstants.SOURCE, "classpath:logback-test.xml");
        assertWrong("answer", "CamelVoiceSetSipHeader.X", "CamelVoiceSetSipHeader.X", "a\r\nVia: b");
    }

    private void assertWrong(String operation, String named, Object... headers) {
        assertThat(exchange(operation, null, headers).getException()).as(operation).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aSipHeaderThatSteersCamelIsNotSent() {
        does("answer", "CamelVoiceSetSipHeader.CamelFileName", "x", "CamelVoiceSetSipHeader.X-Ok", "y");
        assertThat(alice.headers.get(0).first("CamelFileName")).isEmpty();
        assertThat(alice.headers.get(0).first("X-Ok")).contains("y");
    }

    @Test
    void theFarEndIsQuickerThanTheHangup() {
        answered();
        engine.lastAudio().says(new MediaEvent.Silent(Duration.ofSeconds(30)));
        alice.hangsUp();
        eventually(() -> engine.registry.count() == 0);
        assertThatThrownBy(() -> does("hangup")).hasCauseInstanceOf(VoiceCallNotFoundException.class);
    }
}
