package io.github.camelvoice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceUriTest {

    /** A server that is guessed is where the resource is: its port and its transport are not lost. */
    @ParameterizedTest
    @CsvSource({"sip:alice@Example.com,sip:example.com", "sip:alice@127.0.0.1:5080,sip:127.0.0.1:5080", "SIPS:a@example.com;x=y,sips:example.com",
        "sip:a@[::1]:5061;transport=TCP;lr,sip:[::1]:5061;transport=tcp", "sip:a;phone-context=x@example.com?Subject=;transport=tls,sip:example.com"})
    void itsServer(String uri, String server) {
        assertThat(ResourceUri.server(uri)).isEqualTo(server);
        assertThat(ResourceUri.problem(uri)).isNull();
        assertThat(ResourceUri.problem(server)).isNull();
    }
}
