package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.spi.OutboundLeg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a call, and when nobody does. */
class CallRegistryTest {

    private final CallBench bench = new CallBench();

    @Test
    void nobodyWantsTheCall() {
        bench.registry.invited(bench.incoming("offer"));
        assertThat(bench.refused).isEqualTo("404 Not Found");
        List<Call> got = new ArrayList<>();
        bench.registry.receive(0, bench.receiver(got, true));
        bench.registry.invited(bench.incoming("offer"));
        assertThat(bench.refused).isEqualTo("503 Service Unavailable after 5");
        assertThat(got).isEmpty();
    }

    @Test
    void drainingTakesNoNewCalls() {
        bench.registry.drain();
        assertThat(bench.invite("offer")).isNull();
        assertThat(bench.refused).startsWith("503");
        assertThatThrownBy(bench::place).isInstanceOfSatisfying(CallException.class,
                e -> assertThat(e.kind()).isEqualTo(CallException.Kind.UNAVAILABLE));
    }

    @Test
    void capOfLiveCalls() {
        CallBench small = new CallBench(1);
        assertThat(small.invite("offer")).isNotNull();
        assertThat(small.invite("offer")).isNull();
        assertThat(small.refused).startsWith("503");
    }

    @Test
    void inClearNoKeysAreTold() throws Exception {
        PlaceCall request = new PlaceCall(new OutboundLeg("sip:bob@127.0.0.1", null, null, null, null, null, 0, null), List.of(),
                Duration.ofSeconds(30), Duration.ofMinutes(10));
        assertThatThrownBy(() -> bench.registry.place(request.withSecurity(MediaSecurity.REQUIRED)))
                .isInstanceOfSatisfying(CallException.class, e -> assertThat(e.kind()).isEqualTo(CallException.Kind.BAD_REQUEST))
                .hasMessageContaining("SRTP needs TLS");
        assertThat(bench.leg().sent).containsExactly("abandon");
        assertThat(bench.registry.count()).isZero();
        bench.registry.place(request.withSecurity(MediaSecurity.OPTIONAL));
        assertThat(SrtpPolicy.outbound(MediaSecurity.OPTIONAL, "udp", false)).isEqualTo(MediaSecurity.NONE);
        assertThat(SrtpPolicy.outbound(MediaSecurity.REQUIRED, "tcp", true)).isEqualTo(MediaSecurity.REQUIRED);
        assertThat(SrtpPolicy.outbound(MediaSecurity.OPTIONAL, "tls", false)).isEqualTo(MediaSecurity.OPTIONAL);
        assertThat(SrtpPolicy.outbound(MediaSecurity.NONE, "tls", true)).isEqualTo(MediaSecurity.NONE);
        assertThat(SrtpPolicy.inbound("tls", false)).isEqualTo(MediaSecurity.OPTIONAL);
        assertThat(SrtpPolicy.inbound("udp", false)).isEqualTo(MediaSecurity.NONE);
        assertThat(SrtpPolicy.inbound("udp", true)).isEqualTo(MediaSecurity.OPTIONAL);
    }

    @Test
    void wrongTargetIsSaidAtOnce() {
        assertThatThrownBy(() -> bench.registry.place(new PlaceCall(
                new OutboundLeg("mailto:x", null, null, null, null, null, 0, null), List.of(), Duration.ofSeconds(1),
                Duration.ofSeconds(1)))).isInstanceOf(CallException.class).hasMessageContaining("mailto:x");
        assertThatThrownBy(() -> bench.registry.find("nobody")).hasMessageContaining("nobody");
    }
}
