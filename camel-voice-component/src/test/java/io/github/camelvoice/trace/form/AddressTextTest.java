package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8:0:0:0:0:0:1, 2001:db8::1", "0:0:0:0:0:0:0:1, ::1", "0:0:0:0:0:0:0:0, ::",
        "fe80:0:0:0:1:0:0:1, fe80::1:0:0:1", "1:0:0:2:0:0:0:3, 1:0:0:2::3", "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7", "1:0:0:0:0:0:0:0, 1::",
        "2001:DB8:0:0:A:0:0:1, 2001:db8::a:0:0:1", "::ffff:192.0.2.1, 192.0.2.1"})
    void isCanonical(String given, String canonical) {
        InetSocketAddress address = Traces.at(given, 5060);
        assertThat(AddressText.ip(address)).isEqualTo(canonical);
        assertThat(AddressText.ipAndPort(address)).isEqualTo(canonical.contains(":") ? "[" + canonical + "]:5060" : canonical + ":5060");
    }
}
