package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
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

    private final ManualTimers clock = new ManualTimers();
    private final Zone zone = new Zone();

    private final Targets targets = new Targets(clock);

    private Resolver resolver(String... transports) {
        return new Resolver(clock, new LookUp(clock, zone, List.of(transports)::contains, LookUp.from(InetAddress.getLoopbackAddress())));
    }

    /** {@code tcp:10.1.1.1:5080 …}, or why not. */
    private String resolve(Resolver resolver, String uri, String callId) {
        BlockingQueue<String> result = new LinkedBlockingQueue<>();
        resolver.resolve(hop(uri), found -> result.add(targets.inTurn(found, callId, null).stream().map(f -> f.transport() + ":" + f.where())
                .collect(Collectors.joining(" "))), (at, why) -> result.add(why));
        return StackRig.take(result);
    }

    private String resolve(Resolver resolver, String uri) {
        return resolve(resolver, uri, "c");
    }

    private void put(String question, String... answers) {
        zone.put(question, answers);
    }

    @Test
    void namesAreResolvedAsRfc3263Says() {
        put("NAPTR example.com", "20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com.", "10 10 \"s\" \"SIP+D2T\" \"\" _sip._tcp.example.com.",
                "5 10 \"s\" \"SIP+D2X\" \"\" _x.example.com.", "1 1 \"u\" \"SIP+D2T\" \"!x!y!\" .", "1 1 s SIPS+D2T \"\" _sips._tcp.example.com.");
        put("SRV _sip._tcp.example.com.", "20 0 5070 late.example.com.", "10 0 5080 first.example.com.");
        put("SRV _sip._udp.example.com.", "20 0 5070 late.example.com.");
        put("SRV _sips._tcp.example.com", "1 1 5081 secure.example.com.");
        put("SRV _sips._tcp.example.com.", "1 1 5081 secure.example.com.");
        put("A first.example.com.", "10.1.1.1", "10.1.1.11", "2001:db8::1");
        put("A late.example.com.", "10.1.1.4");
        put("A secure.example.com.", "10.1.1.2");
        put("A example.com", "10.1.1.3");
        try (Resolver resolver = resolver("udp", "tcp")) {
            assertThat(resolve(resolver, "sip:bob@example.com"))
                    .isEqualTo("tcp:10.1.1.1:5080 tcp:10.1.1.11:5080 tcp:10.1.1.4:5070 udp:10.1.1.4:5070");
            assertThat(resolve(resolver, "sips:bob@example.com")).isEqualTo("tls:10.1.1.2:5081");
            assertThat(resolve(resolver, "sip:bob@example.com:5090")).isEqualTo("udp:10.1.1.3:5090");
            assertThat(resolve(resolver, "sip:bob@example.com;transport=udp")).isEqualTo("udp:10.1.1.3:5060");
            assertThat(resolve(resolver, "sip:bob@nowhere.example.com:5060")).isEqualTo("unknown host nowhere.example.com");
            assertThat(resolve(resolver, "sip:bob@10.9.9.9")).isEqualTo("udp:10.9.9.9:5060");
        }
        try (Resolver resolver = resolver("udp", "tcp", "tls")) {
            assertThat(resolve(resolver, "sip:bob@example.com")).startsWith("tls:10.1.1.2:5081 tcp:10.1.1.1:5080");
        }
    }

    @Test
    void withoutNaptrEachTransportIsAskedFor() {
        put("SRV _sip._tcp.example.com", "10 0 5070 a.example.com.");
        put("SRV _sip._udp.example.com", "10 0 5080 a.example.com.");
        put("A a.example.com.", "10.1.1.1");
        try (Resolver resolver = resolver("udp", "tcp")) {
            assertThat(resolve(resolver, "sip:bob@example.com")).isEqualTo("udp:10.1.1.1:5080 tcp:10.1.1.1:5070");
        }
    }

    @Test
    void aServiceThatIsDecidedlyNotThereIsNotLookedForElsewhere() {
        put("SRV _sip._tcp.example.com", "0 0 0 .");
        put("A example.com", "10.1.1.3");
        try (Resolver resolver = resolver("udp", "tcp")) {
            assertThat(resolve(resolver, "sip:bob@example.com;transport=tcp")).isEqualTo("example.com names no server that can be reached");
        }
    }

    @Test
    void recordsThatMakeNoSenseAreLeftOut() {
        put("SRV _sip._udp.example.com", "10 0 0 a.example.com.", "x", "10 0 5060 a/b.example.com.", "10 0 5060 a\\.b.example.com.",
                "10 0 5060 gone.example.com.", "11 0 70000 six.example.com.", "99 0 5061 a.example.com.");
        put("A a.example.com.", "10.1.1.1");
        put("A six.example.com.", "2001:db8::1");
        try (Resolver resolver = resolver("udp", "tcp")) {
            assertThat(resolve(resolver, "sip:bob@example.com")).isEqualTo("udp:10.1.1.1:5061");
            assertThat(zone.asked).doesNotContain("A a/b.example.com.", "A a\\.b.example.com.");
        }
    }

    @Test
    void aDomainWithThousandsOfRecordsCostsAFewQuestions() {
        String[] many = new String[10_000];
        Arrays.setAll(many, i -> i % 100 + " 1 5060 h" + i + ".example.com.");
        put("SRV _sip._udp.example.com", many);
        for (int i = 0; i < many.length; i++) {
            put("A h" + i + ".example.com.", "10.2.0.1", "10.2.0.2", "10.2.0.3");
        }
        try (Resolver resolver = resolver("udp", "tcp")) {
            assertThat(resolve(resolver, "sip:bob@example.com").split(" ")).hasSize(Targets.MAX_TRIED);
            assertThat(zone.asked).hasSizeLessThan(20);
        }
    }

    @Test
    void weightsSpreadAndACallIdStays() {
        put("SRV _sip._udp.example.com", "10 60 5060 a.example.com.", "10 30 5060 b.example.com.", "10 10 5060 c.example.com.", "20 0 5060 d.example.com.");
        put("A a.example.com.", "10.1.1.1");
        put("A b.example.com.", "10.1.1.2");
        put("A c.example.com.", "10.1.1.3");
        put("A d.example.com.", "10.1.1.4");
        Map<String, Integer> first = new HashMap<>();
        try (Resolver resolver = resolver("udp", "tcp")) {
            for (int i = 0; i < 6_000; i++) {
                String order = resolve(resolver, "sip:bob@example.com", "call" + i);
                assertThat(order).isEqualTo(resolve(resolver, "sip:bob@example.com", "call" + i)).endsWith("udp:10.1.1.4:5060");
                first.merge(order.substring(0, order.indexOf(' ')), 1, Integer::sum);
            }
        }
        // RFC 2782 takes a number from 0 to the sum: shares are off by less than one in a hundred.
        assertThat(first.get("udp:10.1.1.1:5060")).isBetween(3_400, 3_800);
        assertThat(first.get("udp:10.1.1.2:5060")).isBetween(1_600, 2_000);
        assertThat(first.get("udp:10.1.1.3:5060")).isBetween(450, 750);
    }

    @Test
    void whoFailedComesLastForAWhile() {
        put("A example.com", "10.1.1.1", "10.1.1.2");
        try (Resolver resolver = resolver("udp")) {
            assertThat(resolve(resolver, "sip:bob@example.com:5060")).isEqualTo("udp:10.1.1.1:5060 udp:10.1.1.2:5060");
            Flow bad = new Flow("udp", new InetSocketAddress("10.1.1.1", 5060), "example.com");
            targets.dead(bad, 20_000);
            assertThat(resolve(resolver, "sip:bob@example.com:5060")).isEqualTo("udp:10.1.1.2:5060 udp:10.1.1.1:5060");
            targets.alive(bad);
            assertThat(resolve(resolver, "sip:bob@example.com:5060")).isEqualTo("udp:10.1.1.1:5060 udp:10.1.1.2:5060");
            targets.dead(bad, 20_000);
            clock.advance(Duration.ofSeconds(20));
            assertThat(resolve(resolver, "sip:bob@example.com:5060")).isEqualTo("udp:10.1.1.1:5060 udp:10.1.1.2:5060");
        }
    }

    @Test
    void answersAreKeptForHalfAMinuteAndFailuresForFiveSeconds() {
        put("A example.com", "10.1.1.3");
        try (Resolver resolver = resolver("udp")) {
            resolve(resolver, "sip:bob@example.com:5090");
            resolve(resolver, "sip:bob@example.com:5090");
            assertThat(zone.asked).containsExactly("A example.com");
            clock.advance(Duration.ofSeconds(30));
            resolve(resolver, "sip:bob@example.com:5090");
            assertThat(zone.asked).hasSize(2);
            resolve(resolver, "sip:bob@example.org:5090");
            resolve(resolver, "sip:bob@example.org:5090");
            assertThat(zone.asked).hasSize(3);
            clock.advance(Duration.ofSeconds(5));
            put("A example.org", "10.1.1.4");
            assertThat(resolve(resolver, "sip:bob@example.org:5090")).isEqualTo("udp:10.1.1.4:5090");
        }
    }

    @Test
    void whatWasKnownIsGoodForAnHourWhereNobodyAnswers() {
        put("SRV _sip._udp.example.com", "10 0 5080 a.example.com.");
        put("A a.example.com.", "10.1.1.1");
        put("A example.com", "10.1.1.99");
        try (Resolver resolver = resolver("udp")) {
            assertThat(resolve(resolver, "sip:bob@example.com")).isEqualTo("udp:10.1.1.1:5080");
            zone.down = true;
            clock.advance(Duration.ofMinutes(50));
            assertThat(resolve(resolver, "sip:bob@example.com")).isEqualTo("udp:10.1.1.1:5080");
            clock.advance(Duration.ofMinutes(11));
            assertThat(resolve(resolver, "sip:bob@example.com")).isEqualTo("udp:10.1.1.99:5060");
        }
    }

    @Test
    void namesThatTakeForEverDoNotHoldUpThoseThatAreKnown() throws InterruptedException {
        put("A example.com", "10.1.1.3");
        CountDownLatch answers = new CountDownLatch(1);
        zone.onAddress = host -> {
            if (host.startsWith("slow")) {
                try {
                    answers.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        BlockingQueue<String> slow = new LinkedBlockingQueue<>();
        try (Resolver resolver = resolver("udp")) {
            resolve(resolver, "sip:bob@example.com:5090");
            clock.advance(Duration.ofSeconds(31));
            for (int i = 0; i < 1_100; i++) {
                resolver.resolve(hop("sip:bob@slow" + i + ".example.org:5060"), found -> slow.add("found"), (at, why) -> slow.add(why));
            }
            assertThat(resolve(resolver, "sip:bob@example.com:5090")).isEqualTo("udp:10.1.1.3:5090");
            assertThat(slow).isNotEmpty().containsOnly("too many names wait to be resolved");
            int refused = slow.size();
            answers.countDown();
            await().until(() -> slow.size() == 1_100);
            assertThat(refused).isBetween(84, 100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999.1.1.1", "256.0.0.1", "1.2.3"})
    void whatIsNoAddressIsNotLookedUpAsOne(String host) {
        assertThatThrownBy(() -> Addresses.literal(host)).isInstanceOf(UnknownHostException.class).hasMessageContaining("is no IP address");
    }
}
