package io.github.camelvoice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {

    private static final String GOOD = "Bearer right-token";

    @TempDir
    Path folder;
    private final AccountsTest.ManualClock clock = new AccountsTest.ManualClock();
    private Logins logins;

    @BeforeEach
    void make() throws Exception {
        logins = new Logins(Accounts.withSetting(folder, "voice", "right-token", clock), clock);
    }

    private void guess(String source) {
        for (int i = 0; i < Logins.BURST; i++) {
            assertThat(logins.login("Bearer guess" + i, source)).isEqualTo(new Logins.Result(null, 0));
        }
    }

    @Test
    void whoGuessesTooOftenWaits() {
        guess("192.0.2.1");
        assertThat(logins.login("Bearer more", "192.0.2.1").retryAfter()).isEqualTo(1);
        assertThat(logins.login(GOOD, "192.0.2.1").account()).as("not even the right one, until the wait is over").isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(logins.login(GOOD, "192.0.2.1").account()).isNotNull();
    }

    @Test
    void shutsNobodyElseOut() {
        assertThat(logins.login(GOOD, "192.0.2.1").account()).isNotNull();
        guess("192.0.2.1");
        assertThat(logins.login(GOOD, "192.0.2.1").account()).as("opened something before").isNotNull();
        assertThat(logins.login(GOOD, "192.0.2.2").account()).as("another source").isNotNull();
    }

    @Test
    void aNetworkOfIpv6IsOneSource() {
        guess("2001:db8::1");
        assertThat(logins.login("Bearer more", "2001:db8::ffff:2").retryAfter()).isPositive();
        assertThat(logins.login("Bearer more", "2001:db8:0:1::1").retryAfter()).isZero();
    }

    @Test
    void toSayNothingIsNoFailure() {
        for (int i = 0; i < 3 * Logins.BURST; i++) {
            assertThat(logins.login(null, "192.0.2.1").retryAfter()).isZero();
        }
    }

    @Test
    void bucketsRefillAndForgetTheEldest() {
        TokenBuckets buckets = new TokenBuckets(2, 3, 2, clock);
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isEqualTo(1);
        clock.advance(Duration.ofMillis(500));
        assertThat(buckets.peek("a")).isZero();
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();
        buckets.take("b");
        buckets.take("c");
        assertThat(buckets.peek("a")).isZero();
    }
}
