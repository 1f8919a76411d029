package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAddressesTest {

    private final LocalAddresses locals = new LocalAddresses();

    @ParameterizedTest
    @CsvSource({"0.0.0.0,127.0.0.1,127.0.0.1", "0.0.0.0,127.0.0.77,127.0.0.1", "0:0:0:0:0:0:0:0,127.0.0.1,127.0.0.1"})
    void theWildcardIsNeverShown(String bound, String peer, String shown) {
        assertThat(locals.real(at(bound, 5060), at(peer, 5062))).isEqualTo(at(shown, 5060));
        assertThat(locals.real(at(bound, 5060), at(peer, 0))).isEqualTo(at(shown, 5060));
        assertThat(locals.size()).isEqualTo(1);
    }

    @Test
    void noRouteIsNoReasonToFail() {
        assertThat(locals.real(at("0.0.0.0", 5060), at("240.0.0.1", 5062)).getAddress().isAnyLocalAddress()).isFalse();
        assertThat(locals.real(at("::", 5060), at("2001:db8::1", 5062)).getAddress().isAnyLocalAddress()).isFalse();
    }

    @Test
    void anAddressIsAnAddress() {
        InetSocketAddress bound = at("192.0.2.1", 5060);
        assertThat(locals.real(bound, at("127.0.0.1", 5062))).isSameAs(bound);
        assertThat(locals.size()).isZero();
    }

    @Test
    void whatIsRememberedIsBoundedAndForgotten() {
        for (int i = 0; i < 5000; i++) {
            locals.real(at("0.0.0.0", 5060), at("127.1." + i / 256 + "." + i % 256, 5062));
        }
        assertThat(locals.size()).isBetween(1, 4096);
        locals.forget();
        assertThat(locals.size()).isZero();
    }
}
