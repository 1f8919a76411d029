package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.testkit.Dnsmasq;
import io.github.camelvoice.testkit.NameServer;
import io.github.camelvoice.testkit.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on the wire: dnsmasq with what domains really have, and a server of our own with what none should have. */
class NameServersTest {

    private final NameServer server = NameServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @Tag("peer")
    void aRealNameServerTellsWhereTheDomainIs(@TempDir Path folder) {
        int port = Peers.freePort();
        try (StackRig rig = StackRig.start(SipConfig.loopback().withDnsServers(List.of("127.0.0.1:" + port)));
             UdpPeer overloaded = new UdpPeer(rig.port()); UdpPeer left = new UdpPeer(rig.port()); UdpPeer right = new UdpPeer(rig.port());
             Dnsmasq dns = Dnsmasq.start(folder, port,
                     // TLS is wanted most, and we have none; by TCP nobody listens; by UDP one is overloaded, and two share the work.
                     "naptr-record=example.com,5,10,S,SIPS+D2T,,_sips._tcp.example.com", "naptr-record=example.com,10,10,S,SIP+D2T,,_sip._tcp.example.com",
                     "naptr-record=example.com,20,10,S,SIP+D2U,,_sip._udp.example.com", "srv-host=_sip._tcp.example.com,dead.example.com,1,10,0",
                     "srv-host=_sip._udp.example.com,a.example.com," + overloaded.port() + ",10,0",
                     "srv-host=_sip._udp.example.com,b.example.com," + left.port() + ",20,50",
                     "srv-host=_sip._udp.example.com,alias.example.com," + right.port() + ",20,50", "host-record=dead.example.com,127.0.0.1,::1",
                     "host-record=a.example.com," + overloaded.address(), "host-record=b.example.com," + left.address(),
                     "host-record=c.example.com," + right.address(), "cname=alias.example.com,c.example.com")) {
            Set<UdpPeer> served = new HashSet<>();
            for (int i = 0; i < 30 && served.size() < 2; i++) {
                Heard heard = rig.send("OPTIONS", "sip:bob@example.com");
                if (i == 0) {
                    overloaded.send(UdpPeer.answer(overloaded.receive(), 503, "t", "Retry-After: 60"));
                }
                String atLeft = left.receive(200);
                UdpPeer who = atLeft != null ? left : right;
                who.send(UdpPeer.answer(atLeft != null ? atLeft : right.receive(), 200, "t"));
                assertThat(heard.next()).isEqualTo("200");
                served.add(who);
            }
            assertThat(served).hasSize(2);
            assertThat(overloaded.receive(50)).as("a request within its Retry-After").isNull();
            assertThat(rig.send("OPTIONS", "sip:bob@nobody.example.com:5060").next()).isEqualTo(
                    "failed: cannot send to udp:nobody.example.com:5060: unknown host nobody.example.com");
        }
    }

    private Dns dns() {
        return new Dns(List.of(server.address()));
    }

    private String found(String uri) throws IOException {
        LookUp lookUp = new LookUp(EngineClock.SYSTEM, dns(), transport -> true, LookUp.from(InetAddress.getByName("::")));
        return lookUp.ask(NextHop.of(StackRig.parse(Text.request("OPTIONS", uri, "UDP", "x:1")))).found().servers().stream()
                .map(s -> s.transport() + s.addresses() + s.port()).toList().toString();
    }

    @Test
    void namesAreLookedUpOnTheServerThatWasNamed() throws IOException {
        server.put("NAPTR", "example.com", "1 1 s SIP+D2T _sip._tcp.example.com").put("SRV", "_sip._tcp.example.com", "1 1 5061 a.example.com")
                .put("A", "a.example.com", "10.1.1.1", "10.1.1.2").put("AAAA", "a.example.com", "2001:db8::1");
        assertThat(found("sip:bob@example.com")).isEqualTo("[tcp[/10.1.1.1, /10.1.1.2, /2001:db8:0:0:0:0:0:1]5061]");
        assertThat(server.asked).containsExactly("NAPTR example.com", "SRV _sip._tcp.example.com", "A a.example.com", "AAAA a.example.com");
    }

    @Test
    void anAliasIsFollowedWhereTheAnswerHasItsEnd() throws IOException {
        server.answer("A a.example.com", "a.example.com", "CNAME", "b.example.com").answer("A a.example.com", "b.example.com", "A", "10.1.1.1");
        assertThat(found("sip:bob@a.example.com:5060")).isEqualTo("[udp[/10.1.1.1]5060]");
    }

    @Test
    void anAliasOfItselfIsNoHost() {
        server.answer("A a.example.com", "a.example.com", "CNAME", "b.example.com").answer("A a.example.com", "b.example.com", "CNAME", "a.example.com");
        assertThatThrownBy(() -> found("sip:bob@a.example.com:5060")).isInstanceOf(IOException.class);
    }

    @Test
    void ofThousandsOfRecordsTheFirstOnesCount() throws IOException {
        String[] many = new String[4_000];
        Arrays.setAll(many, i -> "10.3." + i / 250 + "." + (i % 250 + 1));
        server.put("A", "a.example.com", many).put("SRV", "_sip._udp.example.com", "1 1 5060 a.example.com");
        assertThat(found("sip:bob@example.com;transport=udp").split("/")).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.example.com", "a\\b.example.com", "a b.example.com", "a@b.example.com", "\"a.example.com", "ä.example.com", "-.example.com", "%00.example.com"})
    void oddNamesInRecordsAreNotAskedFor(String odd) throws IOException {
        server.put("SRV", "_sip._udp.example.com", "1 1 5060 " + odd, "2 1 5061 good.example.com").put("A", "good.example.com", "10.1.1.1");
        server.put("A", odd, "10.6.6.6");
        assertThat(found("sip:bob@example.com;transport=udp")).isEqualTo("[udp[/10.1.1.1]5061]");
    }

    @Test
    void aServerThatIsSilentCostsSecondsNotMinutes() {
        server.silence();
        long began = System.nanoTime();
        assertThatThrownBy(() -> found("sip:bob@example.com;transport=udp")).isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.53, 10.0.0.53:53", "10.0.0.53:5353, 10.0.0.53:5353", "::1, '[0:0:0:0:0:0:0:1]:53'", "[::1]:5353, '[0:0:0:0:0:0:0:1]:5353'"})
    void addressesOfNameServers(String setting, String meant) {
        assertThat(DnsServers.address(setting)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns.example.com", "10.0.0.256", "10.0.0.53:0", "10.0.0.53:65536", "10.0.0.53:x", "", "10.0.0", "[::1", "10.0.0.53/x"})
    void whatIsNoneIsNamed(String setting) {
        assertThatThrownBy(() -> SipConfig.loopback().withDnsServers(List.of(setting))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name server '" + setting + "'");
    }
}
