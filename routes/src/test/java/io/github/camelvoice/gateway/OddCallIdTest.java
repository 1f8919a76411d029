package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Call-IDs as RFC 3261 allows them, and what a URL makes of them: the call is found under its own, once decoded. */
class OddCallIdTest {

    @TempDir
    static Path folder;
    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** An INVITE that is refused 404 is a call with a record. */
    private static void callWith(String callId) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(10_000);
            String head = " sip:nobody@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch=z9hG4bK"
                    + callId.hashCode()
                    + "\r\nMax-Forwards: 70\r\nFrom: <sip:odd@127.0.0.1>;tag=1\r\n";
            String rest = "Call-ID: " + callId + "\r\nContent-Length: 0\r\n";
            send(socket, "INVITE" + head + "To: <sip:nobody@127.0.0.1>\r\nCSeq: 1 INVITE\r\nContact: <sip:odd@127.0.0.1:"
                    + socket.getLocalPort() + ">\r\n"
                    + rest + "\r\n");
            String answer = receive(socket);
            while (answer.startsWith("SIP/2.0 1")) {
                answer = receive(socket);
            }
            assertThat(answer).startsWith("SIP/2.0 404");
            String to = answer.lines().filter(line -> line.startsWith("To:")).findAny().orElseThrow();
            send(socket, "ACK" + head + to + "\r\nCSeq: 1 ACK\r\n" + rest + "\r\n");
        }
    }

    private static void send(DatagramSocket socket, String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), running.sipPort()));
    }

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "1:2@[2001:db8::1]:5060", "a%40b", "a%2Fb", "a/b/../c@d", "../../etc/passwd", "a+b@c", "a b%20c", "%", "%zz",
        "%2e%2e",
        "{call}", "${header.id}", "a?raw=true", "a;b=c", "a'b\"c`d", "<a>(b)~c!*_\\", "sipInfo"})
    void isFoundUnderItsOwn(String callId) throws Exception {
        String clean = callId.replace(" ", "");
        callWith(clean);
        String segment = URLEncoder.encode(clean, StandardCharsets.UTF_8).replace("+", "%20");
        String path = "/v1beta1/projects/default/calls/" + segment + "/sipInfo";
        await().until(() -> running.get(path).statusCode() == 200);
        HttpResponse<String> sipInfo = running.get(path);
        assertThat(sipInfo.statusCode()).as(sipInfo.body()).isEqualTo(200);
        assertThat(Running.json(sipInfo).get("sipCallId").asText()).isEqualTo(clean);
        HttpResponse<String> record = running.get("/api/v1/history/" + segment);
        assertThat(record.statusCode()).as(record.body()).isEqualTo(200);
        assertThat(Running.json(record).get("sipCallId").asText()).isEqualTo(clean);
        assertThat(Running.json(record).get("sipCode").asInt()).isEqualTo(404);
    }
}
