package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls from servers that we registered at, where everybody has to say who he is. */
class CalleesTest {

    private static final String TOKEN = "k3v9x2m8q1w7z5t4n6p0";

    private final Zone zone = new Zone();
    private final StackRig rig = StackRig.frozen(SipConfig.loopback().withUsers(Map.of("alice", "secret")), zone);
    private final UdpPeer first = new UdpPeer(rig.port());
    private final UdpPeer second = new UdpPeer(rig.port());
    private final UdpPeer stranger = new UdpPeer(rig.port());

    CalleesTest() {
        zone.serve("example.com", first, second);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        stranger.close();
        rig.close();
    }

    private ClientTransactionHandle register() {
        SIPRequest request = StackRig.parse(Text.request("REGISTER", "sip:example.com", "UDP", "x:1"));
        request.removeHeader("Via");
        Heard heard = new Heard();
        ClientTransactionHandle handle = rig.host.send(request, heard, Runnable::run);
        first.send(UdpPeer.answer(first.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        return handle;
    }

    private String answer(UdpPeer peer, String method, String uri) {
        peer.send(Text.request(method, uri, "UDP", peer.sentBy()));
        return peer.receive().substring(8, 11);
    }

    @Test
    void everyAddressOfTheServerMayCallUsWhereWeAreRegistered() {
        String uri = "sip:" + TOKEN + "@127.0.0.1:" + rig.port() + ";ob";
        assertThat(answer(first, "INVITE", uri)).isEqualTo("401");
        rig.host.admit(TOKEN, register());
        assertThat(answer(first, "INVITE", uri)).isEqualTo("100");
        assertThat(answer(second, "INVITE", uri)).isEqualTo("100");
        try (UdpPeer otherPort = second.sibling()) {
            assertThat(answer(otherPort, "INVITE", uri)).isEqualTo("100");
        }
        assertThat(rig.request().authenticatedUser()).isEmpty();
        assertThat(answer(stranger, "INVITE", uri)).isEqualTo("401");
        rig.host.dismiss(TOKEN);
        assertThat(answer(first, "INVITE", uri)).isEqualTo("401");
        assertThat(answer(second, "INVITE", uri)).isEqualTo("401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"K3V9X2M8Q1W7Z5T4N6P0", "k3v9x2m8q1w7z5t4n6p", "k3v9x2m8q1w7z5t4n6p00", "alice", "%6b3v9x2m8q1w7z5t4n6p0;x", ""})
    void whoIsCalledDecides(String user) {
        rig.host.admit(TOKEN, register());
        assertThat(answer(first, "INVITE", "sip:" + (user.isEmpty() ? "" : user + "@") + "127.0.0.1")).isEqualTo("401");
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE, 401", "SUBSCRIBE, 401", "REGISTER, 401", "REFER, 401", "OPTIONS, 200"})
    void nothingButACallComesIn(String method, String expected) {
        rig.host.admit(TOKEN, register());
        assertThat(answer(first, method, "sip:" + TOKEN + "@127.0.0.1")).isEqualTo(expected);
    }

    @Test
    void aRefreshAtAnotherServerTakesThePlaceOfTheFirst() {
        rig.host.admit(TOKEN, register());
        zone.serve("example.com", second);
        rig.advanceSeconds(31);
        SIPRequest request = StackRig.parse(Text.request("REGISTER", "sip:example.com", "UDP", "x:1"));
        request.removeHeader("Via");
        Heard heard = new Heard();
        ClientTransactionHandle handle = rig.host.send(request, heard, Runnable::run);
        second.send(UdpPeer.answer(second.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        rig.host.admit(TOKEN, handle);
        String uri = "sip:" + TOKEN + "@127.0.0.1";
        assertThat(answer(first, "INVITE", uri)).isEqualTo("401");
        assertThat(answer(second, "INVITE", uri)).isEqualTo("100");
    }
}
