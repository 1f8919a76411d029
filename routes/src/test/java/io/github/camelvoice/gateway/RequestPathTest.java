package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void decodesOnce() {
        assertThat(RequestPath.segments("/v1beta1/projects/p/calls/a%40b%3A5060%2Fx%252F+%C3%A9/sipInfo"))
                .containsExactly("v1beta1", "projects", "p", "calls", "a@b:5060/x%2F+é", "sipInfo");
        assertThat(RequestPath.segments("/")).isEmpty();
        assertThat(RequestPath.segments("/a/")).containsExactly("a");
        assertThat(RequestPath.segments("/a/...")).containsExactly("a", "...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*", "//", "/a//b", "/.", "/..", "/a/../b", "/%2e%2E/a", "/a/.%2e", "/%", "/%4", "/a%4/b", "/%zz", "/%00",
        "/a%0d%0ab",
        "/%7f", "/%c2%85", "/%ff", "/%c0%ae", "/%ed%a0%80", "/a b", "/é"})
    void refusesWhatNobodyServes(String raw) {
        assertThat(RequestPath.segments(raw)).isNull();
    }

    @Test
    void refusesPathsWithoutEnd() {
        assertThat(RequestPath.segments("/" + "a".repeat(20_000))).isNull();
    }
}
