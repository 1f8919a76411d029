package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures against the vectors that the vendors publish (SignalWire's page on webhook signatures, tests of Twilio's Java library). */
class SignatureTest {

    private static final String KEY = "PSKtest1234567890abcdef";
    private static final String URL = "https://example.ngrok.io/webhook";
    private static final byte[] EVENT = bytes("{\"event\":\"call.state\",\"params\":{\"call_id\":\"abc-123\",\"state\":\"answered\"}}");
    private static final String PAGE = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final List<Map.Entry<String, String>> FIELDS = List.of(Map.entry("Digits", "1234"), Map.entry("CallSid", "CA1234567890ABCDE"),
            Map.entry("To", "+18005551212"), Map.entry("Caller", "+14158675309"), Map.entry("From", "+14158675309"));
    private static final byte[] FORM = bytes("Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&Caller=%2B14158675309&From=%2B14158675309");
    private static final byte[] JSON = bytes("{\"property\": \"value\", \"boolean\": true}");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void signsJson() {
        String signature = "c3c08c1fefaf9ee198a100d5906765a6f394bf0f";
        assertThat(Signature.json(KEY, URL, EVENT)).isEqualTo(signature);
        assertThat(Signature.verify(KEY, signature, URL, EVENT)).isTrue();
        assertThat(Signature.verify(KEY, signature, "https://example.ngrok.io:443/webhook", EVENT)).isTrue();
        assertThat(Signature.verify(KEY, signature, "https://example.ngrok.io/different", EVENT)).isFalse();
        assertThat(Signature.verify(KEY, signature, URL, bytes(new String(EVENT, StandardCharsets.UTF_8).replace("answered", "ringing")))).isFalse();
        assertThat(Signature.verify("wrong-key", signature, URL, EVENT)).isFalse();
    }

    @Test
    void signsForms() {
        assertThat(Signature.form("12345", PAGE, FIELDS)).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(Signature.verify("12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", PAGE, FORM)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"https://mycompany.com/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=", "http://mycompany.com/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", "https://mycompany.com:443/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8="})
    void takesTheUrlWithAndWithoutTheSchemesOwnPort(String url, String signature) {
        assertThat(Signature.verify("12345", signature, url, FORM)).isTrue();
    }

    @Test
    void signsOtherBodiesByTheirHash() {
        assertThat(Signature.withBodyHash(PAGE, JSON)).isEqualTo(PAGE + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
        assertThat(Signature.form("12345", Signature.withBodyHash(PAGE, JSON), List.of())).isEqualTo("a9nBmqA0ju/hNViExpshrM61xv4=");
        String plain = Signature.withBodyHash("https://mycompany.com/myapp.php", JSON);
        assertThat(Signature.verify("12345", "y77kIzt2vzLz71DgmJGsen2scGs=", plain, JSON)).isTrue();
        assertThat(Signature.verify("12345", "y77kIzt2vzLz71DgmJGsen2scGs=", plain, EVENT)).isFalse();
        String event = Signature.withBodyHash(URL, bytes("{\"event\":\"call.state\"}"));
        assertThat(event).endsWith("?bodySHA256=69f3cbfc18e386ef8236cb7008cd5a54b7fed637a8cb3373b5a1591d7f0fd5f4");
        assertThat(Signature.verify(KEY, "dfO9ek8mxyFtn2nMz24plPmPfIY=", event, bytes("{\"event\":\"call.state\"}"))).isTrue();
        assertThat(Signature.verify(KEY, "dfO9ek8mxyFtn2nMz24plPmPfIY=", event, bytes("{\"event\":\"DIFFERENT\"}"))).isFalse();
    }

    @Test
    void aSignatureOfTheUrlAloneIsNoneOfABody() {
        String bare = Signature.form("12345", PAGE, List.of());
        assertThat(Signature.verify("12345", bare, PAGE, JSON)).isFalse();
        assertThat(Signature.verify("12345", bare, PAGE, new byte[0])).isTrue();
    }

    @Test
    void keepsTheOrderOfFieldsWithTheSameName() {
        String signature = Signature.form(KEY, URL, List.of(Map.entry("To", "b"), Map.entry("From", "x"), Map.entry("To", "a")));
        assertThat(signature).isEqualTo(Signature.form(KEY, URL, List.of(Map.entry("FromxTob", "Toa"))));
        assertThat(Signature.verify(KEY, signature, URL, bytes("To=b&From=x&To=a"))).isTrue();
        assertThat(Signature.verify(KEY, signature, URL, bytes("To=a&From=x&To=b"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"xyz", "!!!!", "%%notbase64%%", "C3C08C1FEFAF9EE198A100D5906765A6F394BF0F", "\u00fc", "''"})
    void anythingElseIsWrongAndNoError(String signature) {
        assertThat(Signature.verify(KEY, signature, URL, EVENT)).isFalse();
        assertThat(Signature.verify(KEY, signature, "not a url", bytes("%zz"))).isFalse();
        assertThat(Signature.verify(KEY, null, URL, EVENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"https://a/, https://a:443/", "https://a:443, https://a", "http://a?x, http://a:80?x", "http://[::1]/x, http://[::1]:80/x",
        "http://[::1]:80/x, http://[::1]/x", "https://u:p@a/, https://u:p@a:443/", "https://a:80/, ", "http://[::1]:8080/, ", "https://a:4430/, "})
    void changesNoOtherPort(String url, String other) {
        assertThat(Signature.candidates(url)).isEqualTo(other == null ? List.of(url) : List.of(url, other));
    }

    @Test
    void needsAKey() {
        assertThatThrownBy(() -> Signature.json("", URL, EVENT)).isInstanceOf(IllegalArgumentException.class);
    }
}
