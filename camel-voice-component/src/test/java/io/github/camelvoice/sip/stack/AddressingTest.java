package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {

    private static NextHop hop(String uri, String... headers) {
        return NextHop.of(StackRig.parse(Text.request("OPTIONS", uri, "UDP", "x:1", headers)));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:bob@127.0.0.1, udp:127.0.0.1:5060",
        "sip:bob@127.0.0.1:5080;transport=TCP, tcp:127.0.0.1:5080",
        "sips:bob@Example.com, tls:example.com:5061",
        "sip:bob@example.com;transport=tls, tls:example.com:5061",
        "sip:[::1]:7000, udp:::1:7000",
    })
    void readsTheRequestUri(String uri, String expected) {
        assertThat(hop(uri)).hasToString(expected);
    }

    @Test
    void theFirstRouteComesFirst() {
        assertThat(hop("sip:bob@example.com", "Route: <sip:10.0.0.1;transport=tcp;lr>", "Route: <sip:10.0.0.2;lr>"))
                .hasToString("tcp:10.0.0.1:5060");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:bob@example.com;transport=sctp", "tel:+4912345"})
    void saysWhatItCannotReach(String uri) {
        assertThatThrownBy(() -> hop(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void networks() throws UnknownHostException {
        Networks networks = new Networks(List.of("10.0.0.0/8", "192.168.1.7", "2001:db8::/33", "172.16.0.0/12"));
        for (String in : List.of("10.255.1.2", "192.168.1.7", "2001:db8:7fff::1", "172.31.255.255")) {
            assertThat(networks.contains(InetAddress.getByName(in))).as(in).isTrue();
        }
        for (String out : List.of("11.0.0.1", "192.168.1.8", "2001:db8:8000::1", "172.32.0.0", "::1")) {
            assertThat(networks.contains(InetAddress.getByName(out))).as(out).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "example.com", "10.0.0", "2001:db8::/129", ""})
    void aTrustedSourceThatIsNoneIsNamed(String entry) {
        assertThatThrownBy(() -> new Networks(List.of(entry))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trusted source " + entry);
    }

    /** Records of a zone that exists here alone. */
    private static final class Zone extends Dns {
        private final Map<String, List<String>> records = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        List<String> records(String name, String type) {
            asked.add(type + ' ' + name);
            return records.getOrDefault(type + ' ' + name, List.of());
        }

        @Override
        InetAddress address(String host) throws UnknownHostException {
            asked.add("A " + host);
            List<String> address = records.get("A " + host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getByName(address.get(0));
        }
    }

    private final ManualTimers clock = new ManualTimers();
    private final Zone zone = new Zone();

    private Object resolve(Resolver resolver, String uri) {
        BlockingQueue<Object> result = new LinkedBlockingQueue<>();
        resolver.resolve(hop(uri), result::add, (at, why) -> result.add(why));
        return StackRig.take(result);
    }

    @Test
    void namesAreResolvedAsRfc3263Says() {
        zone.records.put("NAPTR example.com", List.of("20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com.",
                "10 10 \"s\" \"SIP+D2T\" \"\" _sip._tcp.example.com.", "5 10 \"s\" \"SIP+D2X\" \"\" _x.example.com."));
        zone.records.put("SRV _sip._tcp.example.com.", List.of("20 0 5070 late.example.com.", "10 0 5080 first.example.com."));
        zone.records.put("SRV _sips._tcp.example.com", List.of("1 1 5081 secure.example.com."));
        zone.records.put("A first.example.com.", List.of("10.1.1.1"));
        zone.records.put("A secure.example.com.", List.of("10.1.1.2"));
        zone.records.put("A example.com", List.of("10.1.1.3"));
        try (Resolver resolver = new Resolver(clock, zone)) {
            assertThat(resolve(resolver, "sip:bob@example.com")).hasToString("Target[transport=tcp, address=/10.1.1.1:5080, host=example.com]");
            assertThat(resolve(resolver, "sips:bob@example.com")).hasToString("Target[transport=tls, address=/10.1.1.2:5081, host=example.com]");
            assertThat(resolve(resolver, "sip:bob@example.com:5090")).hasToString("Target[transport=udp, address=/10.1.1.3:5090, host=example.com]");
            assertThat(resolve(resolver, "sip:bob@example.com;transport=udp"))
                    .hasToString("Target[transport=udp, address=/10.1.1.3:5060, host=example.com]");
            assertThat(resolve(resolver, "sip:bob@nowhere.example.com:5060")).isEqualTo("unknown host nowhere.example.com");
            assertThat(resolve(resolver, "sip:bob@10.9.9.9")).hasToString("Target[transport=udp, address=/10.9.9.9:5060, host=10.9.9.9]");
        }
    }

    @Test
    void answersAreKeptForHalfAMinute() {
        zone.records.put("A example.com", List.of("10.1.1.3"));
        try (Resolver resolver = new Resolver(clock, zone)) {
            resolve(resolver, "sip:bob@example.com:5090");
            resolve(resolver, "sip:bob@example.com:5090");
            assertThat(zone.asked).containsExactly("A example.com");
            clock.advance(Duration.ofSeconds(30));
            resolve(resolver, "sip:bob@example.com:5090");
            assertThat(zone.asked).hasSize(2);
        }
    }
}
