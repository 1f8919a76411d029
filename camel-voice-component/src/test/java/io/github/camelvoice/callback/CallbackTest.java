package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackTest {

    @ParameterizedTest
    @CsvSource({"https://Example.com/a?b#c, https://example.com", "http://u:p@h:8080/x@y, http://h:8080",
        "https://[2001:db8::1]:443, https://[2001:db8::1]:443", "crm, crm", "HTTPS://h?x=/@z, https://h", "https://a@b@c/, https://c"})
    void theReceiverIsToldWithoutSecrets(String target, String receiver) {
        assertThat(Callback.json("tap", "c1", target, "{}").receiver()).isEqualTo(receiver);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        assertThatThrownBy(() -> Callback.json("tap", "c1", "", "{}")).hasMessageContaining("target");
        assertThatThrownBy(() -> Callback.json("tap", "c1", "x".repeat(3000), "{}")).hasMessageContaining("target");
        assertThatThrownBy(() -> Callback.json("tap", " ", "x", "{}")).hasMessageContaining("call");
        assertThatThrownBy(() -> Callback.json("Tap!", "c1", "x", "{}")).hasMessageContaining("kind");
        assertThatThrownBy(() -> Callback.json("tap", "c1", "x", "x".repeat(Callback.MOST_BYTES + 1))).hasMessageContaining("65536");
        assertThatThrownBy(() -> new Callback("c1", "x", "a/b\r\nX: y", new byte[0], SignatureScheme.NONE, "tap", ""))
                .hasMessageContaining("type");
        assertThat(Callback.json("tap", "c1", "https://u:secret@h/?token=secret", "secret").toString()).doesNotContain("secret");
    }

    /** Figures of "openssl dgst -sha1 -hmac". */
    @Test
    void jsonIsSignedOverUrlAndBody() {
        byte[] body = "{\"event_type\":\"calling.call.tap\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(SignatureScheme.SIGNALWIRE_JSON.sign("PSK_secret", "https://example.com/status?x=1", body)).isEqualTo("4365047e0be628b1d79e95f269fee9a58940fffb");
        assertThat(SignatureScheme.NONE.sign("PSK_secret", "https://example.com/", body)).isNull();
    }
}
