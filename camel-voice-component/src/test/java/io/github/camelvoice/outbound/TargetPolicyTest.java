package io.github.camelvoice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.outbound.TargetException.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where something may be sent, and where not, however it is spelled. */
class TargetPolicyTest {

    private static final Set<String> ALL = Set.of("http", "https", "ws", "wss", "rtp");
    /** A world without DNS: names and their addresses. */
    private final Map<String, String> names = new ConcurrentHashMap<>(Map.of("public.example", "93.184.216.34", "bots.example.com", "10.1.2.3",
            "a.example.org", "93.184.216.35", "in.example.org", "10.1.2.4", "metadata.example", "169.254.169.254", "localhost", "127.0.0.1 ::1",
            "both.example", "10.9.9.9 93.184.216.36", "mapped.example", "::ffff:10.0.0.1"));
    private final AtomicInteger lookUps = new AtomicInteger();
    private TargetPolicy policy;

    private TargetPolicy policy(String allow) {
        policy = new TargetPolicy(allow, name -> {
            lookUps.incrementAndGet();
            String found = names.get(name);
            if (found == null) {
                throw new UnknownHostException(name);
            }
            return Arrays.stream(found.split(" ")).map(TargetPolicyTest::address).toArray(InetAddress[]::new);
        });
        return policy;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        if (policy != null) {
            policy.close();
        }
    }

    private static TargetException refusal(TargetPolicy policy, String url) {
        try {
            CheckedTarget allowed = policy.check(url, ALL).toCompletableFuture().join();
            throw new AssertionError(url + " was allowed: " + allowed);
        } catch (CompletionException refused) {
            assertThat(refused.getCause()).as(url).isInstanceOf(TargetException.class);
            return (TargetException) refused.getCause();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // loopback, however it is written
        "http://127.0.0.1/", "http://127.0.0.1:8080/", "http://127.1.2.3/", "http://127.255.255.255/", "http://127.0.0.1./", "http://127.1/",
        "http://127.0.1/", "http://127/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0X7F.1/", "http://0177.0.0.1/",
        "http://0177.1/", "http://017700000001/", "http://127.0.0.01/", "http://127.0.0.0x1/", "http://127.000.000.001/", "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/", "http://[0000::0001]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://[::ffff:0:127.0.0.1]/", "http://[2001:db8::5efe:127.0.0.1]/", "http://[2600::5efe:127.0.0.1]/", "http://[::FFFF:127.0.0.1]/",
        "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://127.0.0.1%2f@public.example/", "http://127.0.0.1:80%2f/",
        // this host, broadcast, multicast
        "http://0.0.0.0/", "http://0/", "http://0.1.2.3/", "http://[::]/", "http://[0::0]/", "http://255.255.255.255/", "http://224.0.0.1/",
        "http://239.255.255.250:1900/", "http://[ff02::1]/", "http://[ff0e::1]/", "http://[::ffff:224.0.0.1]/", "http://[::ffff:0.0.0.0]/",
        // metadata services and other link-local
        "http://169.254.169.254/latest/meta-data/", "http://169.254.0.1/", "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/",
        "http://0xa9.0xfe.0xa9.0xfe/", "http://169.16689662/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/",
        "http://[64:ff9b::a9fe:a9fe]/", "http://[2002:a9fe:a9fe::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[febf::1]/",
        "http://[fe80::1%eth0]/", "http://metadata.example/", "http://[fd00:ec2::254]/",
        // private, carrier-grade NAT, reserved, documentation
        "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://100.64.0.1/",
        "http://100.127.255.255/", "http://[fc00::1]/", "http://[fdff::1]/", "http://[fec0::1]/", "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:c0a8:1]/", "http://[64:ff9b::10.0.0.1]/", "http://[2002:a00:1::1]/", "http://[64:ff9b:1::1]/", "http://192.0.0.1/",
        "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://240.0.0.1/", "http://[2001:db8::1]/",
        "http://[100::1]/", "http://[2001::1]/", "http://[3fff::1]/", "http://[4000::1]/", "http://[::8.8.8.8.8]/", "http://[::10.0.0.1]/",
        "http://192.88.99.1/", "http://mapped.example/", "http://bots.example.com/", "http://in.example.org/", "rtp://10.0.0.1:4000",
        "rtp://127.0.0.1:4000", "ws://127.0.0.1/", "wss://[::1]/",
        // not URLs, or more than one reading
        "", " ", "http:", "http:/", "http://", "http:///path", "http:///127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "http:127.0.0.1", "http://:80/",
        "http://public.example:0/", "http://public.example:65536/", "http://public.example:99999999999/", "http://public.example:-1/",
        "http://public.example:/", "http://public.example:8a/", "http://public.example\\@127.0.0.1/", "http://127.0.0.1\\.public.example/",
        "http:\\\\public.example/", "http://public.example/\r\nHost: x", "http://public.example/\n", "http://public.example/\u0000",
        "http://public.example/a b", " http://public.example/", "http://public.example/ ", "http://public.example/\t", "http://pub\u200blic.example/",
        "http://\u24d0.example/", "http://127\u30020.0.1/", "http://127\uff0e0\uff0e0\uff0e1/", "http://public%2eexample/", "http://%31%32%37.0.0.1/",
        "http://public_host.example/", "http://-public.example/", "http://public-.example/", "http://public..example/", "http://.public.example/",
        "http://[public.example]/", "http://[127.0.0.1]/", "http://[::1/", "http://::1/", "http://[::1]x/", "http://[:::1]/", "http://[1:2]/",
        "http://[::ffff:127.1]/", "http://[::ffff:0x7f.0.0.1]/", "http://[v1.x]/", "http://256.1.1.1/", "http://1.2.3.4.5/", "http://1.2.3/",
        "http://1.2.3.256/", "http://example.1/", "http://public.example/%zz", "http://public.example/#fragment", "http://public.example#@127.0.0.1/",
        "http://user@public.example/", "http://user:secret@public.example/", "http://@public.example/", "http://:@public.example/",
        "http://public.example@127.0.0.1/", "http://public.example:80@127.0.0.1/", "http://127.0.0.1@public.example/",
        // schemes
        "ftp://public.example/", "file:///etc/passwd", "gopher://public.example/", "jar:http://public.example!/", "javascript:alert(1)",
        "direct:start", "exec:ls", "bean:x", "{{secret}}", "${body}", "http+unix://x/", "sip:a@b", "udp://93.184.216.34:5", "data:,x", "dict://a:1/",
        // rtp
        "rtp://public.example:4000", "rtp://93.184.216.34", "rtp://93.184.216.34:0", "rtp://93.184.216.34:4000/", "rtp://93.184.216.34:4000/x",
        "rtp://93.184.216.34:4000?x=1", "rtp://u@93.184.216.34:4000", "rtp://93.184.216.34:70000", "rtp:93.184.216.34:4000",
        // names
        "http://nowhere.example/", "http://b.nowhere.example/"})
    void refusesWithoutAList(String url) {
        TargetException refused = refusal(policy(""), url);
        assertThat(refused.getMessage()).isNotBlank().doesNotContain("secret").doesNotContain("\n").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "http://public.example, http://public.example/, 80, 93.184.216.34",
        "HTTPS://Public.Example./a?b=c, https://public.example/a?b=c, 443, 93.184.216.34",
        "https://public.example:8443/a/../b, https://public.example:8443/a/../b, 8443, 93.184.216.34",
        "http://93.184.216.34:80/x%20y?, http://93.184.216.34/x%20y?, 80, 93.184.216.34",
        "http://[2606:2800:220:1::1]:8080/, http://[2606:2800:220:1::1]:8080/, 8080, 2606:2800:220:1:0:0:0:1",
        "http://[::ffff:93.184.216.34]/, http://[::ffff:93.184.216.34]/, 80, 93.184.216.34",
        "http://[64:ff9b::93.184.216.34]/, http://[64:ff9b::93.184.216.34]/, 80, 64:ff9b:0:0:0:0:5db8:d822",
        "wss://public.example/stream, wss://public.example/stream, 443, 93.184.216.34",
        "http://both.example/, http://both.example/, 80, 93.184.216.36",
        "rtp://93.184.216.34:4000, rtp://93.184.216.34:4000, 4000, 93.184.216.34",
        "rtp://[2606:2800:220:1::1]:4001, rtp://[2606:2800:220:1::1]:4001, 4001, 2606:2800:220:1:0:0:0:1",
        "http://172.15.0.1/, http://172.15.0.1/, 80, 172.15.0.1", "http://172.32.0.1/, http://172.32.0.1/, 80, 172.32.0.1",
        "http://100.63.0.1/, http://100.63.0.1/, 80, 100.63.0.1", "http://100.128.0.1/, http://100.128.0.1/, 80, 100.128.0.1",
        "http://11.0.0.1/, http://11.0.0.1/, 80, 11.0.0.1", "http://126.255.255.255/, http://126.255.255.255/, 80, 126.255.255.255"})
    void allowsPublicAddressesWithoutAList(String url, String read, int port, String address) {
        CheckedTarget target = policy(null).check(url, ALL).toCompletableFuture().join();
        assertThat(target.uri()).hasToString(read);
        assertThat(target.port()).isEqualTo(port);
        assertThat(target.address().getHostAddress()).isEqualTo(address);
        assertThat(target.socketAddress().getAddress()).isEqualTo(target.address());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "127.0.0.1|http://127.0.0.1:9/|yes", "127.0.0.1|http://localhost/|yes", "127.0.0.1|http://127.0.0.2/|no", "127.0.0.0/8|http://127.0.0.2/|yes",
        "127.0.0.1|http://public.example/|no", "127.0.0.1, public|http://public.example/|yes", "[::1]|http://[::1]/|yes", "::1|http://[::1]/|yes",
        "::1|http://localhost/|yes", "[::1]:80|http://[::1]:81/|no", "localhost|http://localhost/|yes", "localhost|http://127.0.0.1/|no",
        "10.1.0.0/16|http://bots.example.com/|yes", "10.1.0.0/16|http://10.2.0.0/|no", "10.1.0.0/16|rtp://10.1.255.255:4000|yes",
        "10.1.0.0/16|http://[::ffff:10.1.0.1]/|yes", "10.1.0.0/16|http://[64:ff9b::10.1.0.1]/|no", "bots.example.com|http://bots.example.com/|yes",
        "Bots.Example.Com|http://bots.example.com./|yes", "bots.example.com|http://10.1.2.3/|no", "bots.example.com|http://x.bots.example.com/|no",
        "bots.example.com:443|https://bots.example.com/|yes", "bots.example.com:443|http://bots.example.com/|no",
        "bots.example.com:8000-8999|ws://bots.example.com:8500/|yes", "bots.example.com:8000-8999|ws://bots.example.com:9000/|no",
        "*.example.org|http://a.example.org/|yes", "*.example.org|http://in.example.org/|no", "*.example.org|http://example.org/|no",
        "*.example.org,10.0.0.0/8|http://in.example.org/|yes", "*.example.org|http://aexample.org/|no", "metadata.example|http://metadata.example/|no",
        "169.254.169.254|http://metadata.example/|yes", "0.0.0.0/0|http://10.0.0.1/|yes", "0.0.0.0/0|http://0.0.0.0/|no",
        "0.0.0.0/0|http://224.0.0.1/|no", "0.0.0.0/0|http://255.255.255.255/|no", "0.0.0.0/0|http://[2606:2800:220:1::1]/|no",
        "[fd00::]/8|http://[fd12::1]/|yes", "[fd00::/8]:80|http://[fd12::1]/|yes", "fd00::/8|http://[fe12::1]/|no", "[::]/0|http://[::]/|no",
        "public:443|https://public.example/|yes", "public:443|http://public.example/|no", "10.1.2.3:4000-5000|rtp://10.1.2.3:4500|yes",
        "93.184.216.34|http://both.example/|no", "10.9.9.9|http://both.example/|yes"})
    void allowsWhatTheListNames(String allow, String url, String allowed) throws Exception {
        TargetPolicy listed = policy(allow);
        if (allowed.equals("yes")) {
            assertThat(listed.check(url, ALL).toCompletableFuture().join().target()).isEqualTo(listed.parse(url, ALL));
        } else {
            assertThat(refusal(listed, url).kind()).isIn(Kind.NOT_ALLOWED, Kind.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "a/8", "10.0.0.0/33", "::1/129", "[::1", "10.0.0.1:0", "a:70000", "a:5-4", "a:x", "*", "*.", "*.1.2.3.4/8",
        "a_b", "10.1", "0x7f.1", "300.1.1.1", "public/8", "[a]", "[::]/0/0", "[::/0]/0", "a b", "**.example.org", "a.*.org", "[::1]/x", "fe80::1%eth0"})
    void namesTheEntryThatIsWrong(String entry) {
        assertThatThrownBy(() -> TargetPolicy.checkList("ok.example," + entry)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'");
    }

    @Test
    void looksUpNothingThatCannotBeAllowed() {
        assertThat(refusal(policy("bots.example.com"), "http://other.example/").kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal(policy, "http://bots.example.com:0/").kind()).isEqualTo(Kind.MALFORMED);
        assertThat(lookUps).hasValue(0);
    }

    @Test
    void looksUpOnceAndKeepsWhatItChecked() {
        CheckedTarget target = policy("").check("http://public.example/", ALL).toCompletableFuture().join();
        names.put("public.example", "127.0.0.1");
        assertThat(target.address().getHostAddress()).isEqualTo("93.184.216.34");
        assertThat(target.server().host()).isEqualTo("93.184.216.34");
        assertThat(lookUps).hasValue(1);
        assertThat(refusal(policy, "http://public.example/").getMessage()).doesNotContain("127.0.0.1");
    }

    @Test
    void looksUpElsewhereThanOnTheThreadOfTheCaller() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        policy = new TargetPolicy("", name -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {address("93.184.216.34")};
        });
        var stage = policy.check("http://slow.example/", ALL).toCompletableFuture();
        asked.await();
        assertThat(stage).isNotDone();
        answer.countDown();
        assertThat(stage.join().host()).isEqualTo("slow.example");
    }

    @Test
    void takesCredentialsWhereTheUseHasThem() {
        CheckedTarget target = policy("").check("http://user:secret@public.example/x", ALL, true).toCompletableFuture().join();
        assertThat(target.target().userInfo()).isEqualTo("user:secret");
        assertThat(target.uri()).hasToString("http://public.example/x");
        assertThat(target.toString()).doesNotContain("secret");
    }

    @Test
    void anAddressIsJudgedEarlyAndANameIsNot() throws Exception {
        assertThatThrownBy(() -> policy("").parse("http://10.0.0.1/", ALL)).isInstanceOf(TargetException.class).hasMessageContaining("private");
        assertThat(policy("").parse("http://in.example.org/", ALL).host()).isEqualTo("in.example.org");
        assertThatThrownBy(() -> policy("").parse("http://public.example/", Schemes.MEDIA)).hasMessage("the URL must begin with rtp:// or ws:// or wss://");
    }
}
