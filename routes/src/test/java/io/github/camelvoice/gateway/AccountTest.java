package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AccountTest {

    private final Account account = new Account("AC1", "token:with:colons");

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void admitsSidAndTokenOrTheTokenAlone() {
        assertThat(account.admits(basic("AC1:token:with:colons"))).isTrue();
        assertThat(account.admits("Bearer token:with:colons")).isTrue();
        assertThat(account.admits("bearer token:with:colons")).isTrue();
    }

    @Test
    void admitsNothingElse() {
        assertThat(account.admits(null)).isFalse();
        assertThat(account.admits("")).isFalse();
        assertThat(account.admits("Bearer")).isFalse();
        assertThat(account.admits("Bearer ")).isFalse();
        assertThat(account.admits("Bearer token:with:colonz")).isFalse();
        assertThat(account.admits("Digest token:with:colons")).isFalse();
        assertThat(account.admits(basic("AC2:token:with:colons"))).isFalse();
        assertThat(account.admits(basic("AC1:"))).isFalse();
        assertThat(account.admits(basic("AC1"))).isFalse();
        assertThat(account.admits("Basic ***")).isFalse();
        assertThat(account.admits("Bearer " + "x".repeat(5000))).isFalse();
    }
}
