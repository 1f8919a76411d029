package io.github.camelvoice.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthParamsTest {

    @Test
    void readsQuotedAndPlainValues() {
        AuthParams params = AuthParams.parse("Digest realm=\"a, \\\"b\\\"\" ,NONCE=\"\", qop=\"auth, auth-int\",stale=TRUE , nc=00000001");
        assertThat(params.get("realm")).isEqualTo("a, \"b\"");
        assertThat(params.get("nonce")).isEmpty();
        assertThat(params.tokens("qop")).containsExactly("auth", "auth-int");
        assertThat(params.get("stale")).isEqualTo("TRUE");
        assertThat(params.get("nc")).isEqualTo("00000001");
        assertThat(params.get("opaque")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Digest", "Basic realm=\"x\"", "Digestrealm=x", "Digest realm", "Digest realm=\"x", "Digest realm=\"x\"y",
        "Digest realm=\"x\\", "Digest realm=a, realm=b", "Digest =x", "Digest ,,,,"})
    void refusesWhatIsMalformed(String header) {
        assertThat(AuthParams.parse(header)).isNull();
    }

    @Test
    void refusesTooMuch() {
        assertThat(AuthParams.parse("Digest realm=\"" + "x".repeat(2000) + '"')).isNull();
        StringBuilder many = new StringBuilder("Digest a0=1");
        for (int i = 1; i < 100; i++) {
            many.append(", a").append(i).append("=1");
        }
        assertThat(AuthParams.parse(many.toString())).isNull();
    }

    @Test
    void quotes() {
        assertThat(AuthParams.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    }
}
