package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls between two contexts, read back through voice:sipinfo on both sides. */
class SipInfoEndToEndTest {

    @TempDir
    Path folder;
    private final List<Exchange> records = new CopyOnWriteArrayList<>();
    private CamelContext server;
    private CamelContext client;

    @BeforeEach
    void start() throws Exception {
        server = context("s", 36000);
        client = context("c", 38000);
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:call?called=hello").to("voice:call?operation=answer");
                from("voice:call?called=busy").to("voice:call?operation=reject&code=486");
                from("voice:sipinfo?settleTime=300ms").routeId("records").process(exchange -> records.add(exchange.copy()));
            }
        });
    }

    private CamelContext context(String node, int rtp) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setNodeId(node);
        component.setSipPort(0);
        component.setRtpPorts(rtp + "-" + (rtp + 1000));
        component.setRecordingsDir(folder.resolve(node).toString());
        component.setDrainTimeout(100);
        context.addComponent("voice", component);
        context.start();
        return context;
    }

    @AfterEach
    void stop() {
        client.stop();
        server.stop();
    }

    private Exchange send(CamelContext context, String uri, Map<String, Object> headers) {
        return context.createProducerTemplate().send(uri, exchange -> exchange.getMessage().getHeaders().putAll(headers));
    }

    private Exchange call(String user, String transport) {
        int port = server.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp");
        return send(client, "voice:call", Map.of(VoiceConstants.TARGET, "sip:" + user + "@127.0.0.1:" + port + ";transport=" + transport));
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    private static List<String> lines(SipInfo info) {
        return info.messages().stream().map(message -> new String(message.data(), StandardCharsets.UTF_8).lines().findFirst().orElse("")
                .replaceFirst("(^[A-Z]+) sip:.*", "$1").replaceFirst("^SIP/2.0 ", "")).toList();
    }

    @Test
    void bothSidesOfACallHaveTheSameMessages() throws Exception {
        Exchange answered = call("hello", "tcp");
        assertThat(answered.getException()).isNull();
        String sipCallId = header(answered, VoiceConstants.SIP_CALL_ID);
        assertThat(send(client, "voice:sipinfo", Map.of(VoiceConstants.CALL_ID, sipCallId)).getException())
                .isInstanceOf(VoiceCallStateException.class);
        send(client, "voice:call?operation=hangup", Map.of(VoiceConstants.CALL_ID, header(answered, VoiceConstants.CALL_ID)));
        await().until(() -> records.size() == 1);
        SipInfo heard = records.get(0).getMessage().getBody(SipInfo.class);
        assertThat(lines(heard)).contains("INVITE", "200 OK", "ACK", "BYE").endsWith("200 OK");
        assertThat(heard.call().sipCallId()).isEqualTo(sipCallId);
        SipInfo said = send(client, "voice:sipinfo", Map.of(VoiceConstants.CALL_ID, sipCallId)).getMessage().getBody(SipInfo.class);
        assertThat(lines(said)).isEqualTo(lines(heard));
        for (int i = 0; i < said.messages().size(); i++) {
            SipMessage one = said.messages().get(i);
            SipMessage other = heard.messages().get(i);
            assertThat(one.data()).isEqualTo(other.data());
            assertThat(one.sent()).isNotEqualTo(other.sent());
            assertThat(one.source()).isEqualTo(other.source());
            assertThat(one.destination()).isEqualTo(other.destination());
        }
        inAllForms(header(records.get(0), VoiceConstants.CALL_ID), heard);
    }

    private void inAllForms(String callId, SipInfo info) throws Exception {
        JsonNode json = new ObjectMapper().readTree(body(callId, "json", String.class));
        assertThat(json.get("name").asText()).isEqualTo("projects/default/calls/" + callId + "/sipInfo");
        assertThat(json.get("messages")).hasSize(info.messages().size());
        assertThat(json.get("messages").get(0).get("method").asText()).isEqualTo("INVITE");
        assertThat(Base64.getDecoder().decode(json.get("pcap").asText())).isEqualTo(body(callId, "pcap", byte[].class));
        assertThat(body(callId, "text", String.class)).contains("INVITE").contains("BYE").contains("200 OK");
        assertThat(body(callId, "mermaid", String.class)).startsWith("sequenceDiagram").contains("BYE");
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        assertThat(xml.newDocumentBuilder().parse(new ByteArrayInputStream(body(callId, "svg", byte[].class))).getDocumentElement().getTagName())
                .isEqualTo("svg");
    }

    private <T> T body(String callId, String format, Class<T> type) {
        Exchange exchange = send(server, "voice:sipinfo?format=" + format, Map.of(VoiceConstants.CALL_ID, callId));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(type);
    }

    @Test
    void callsThatNeverCameToBeHaveARecord() {
        assertThat(call("busy", "udp").getException()).isInstanceOf(VoiceBusyException.class);
        await().until(() -> records.size() == 1);
        assertThat(records.get(0).getMessage().getHeaders()).containsEntry(VoiceConstants.CAUSE, "busy").containsEntry(VoiceConstants.SIP_CODE, 486);
        assertThat(lines(records.get(0).getMessage().getBody(SipInfo.class))).contains("INVITE", "486 Busy Here").endsWith("ACK");
        String end = header(records.get(0), VoiceConstants.END_REASON);
        assertThat(end).contains("busy");
        Exchange lost = call("nobody", "udp");
        assertThat(lost.getException()).isInstanceOf(VoiceRejectedException.class);
        await().until(() -> records.size() == 2);
        assertThat(records.get(1).getMessage().getHeaders()).containsEntry(VoiceConstants.CAUSE, "not_found");
    }
}
