package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventBusTest {

    private static VoiceEvent event(long sequence) {
        return new VoiceEvent.Muted(new VoiceEvent.Head("c", sequence, Instant.EPOCH, "s", CallDirection.INBOUND, "sip:a@h", "sip:b@h"));
    }

    @Test
    void slowSubscriberLosesTheNewestAndCountsThem() throws Exception {
        EventBus bus = new EventBus();
        try (EventBus.Subscription slow = bus.subscribe(2, e -> true); EventBus.Subscription other = bus.subscribe(10, e -> true)) {
            for (int i = 0; i < 5; i++) {
                bus.publish(event(i));
            }
            assertThat(slow.dropped()).isEqualTo(3);
            assertThat(other.dropped()).isZero();
            List<VoiceEvent> got = new ArrayList<>();
            assertThat(slow.drainTo(got, 10)).isEqualTo(2);
            assertThat(got).extracting(e -> e.head().sequence()).containsExactly(0L, 1L);
            assertThat(other.waiting()).isEqualTo(5);
        }
    }

    @Test
    void filterAndEndOfSubscription() {
        EventBus bus = new EventBus();
        EventBus.Subscription none = bus.subscribe(2, e -> e.kind() == VoiceEvent.Kind.DTMF);
        bus.publish(event(0));
        assertThat(none.waiting()).isZero();
        none.close();
        bus.publish(event(1));
        assertThat(none.dropped()).isZero();
    }

    @Test
    void everyEventHasItsLabel() {
        assertThat(event(0).kind().label()).isEqualTo("muted");
        assertThat(VoiceEvent.class.getPermittedSubclasses()).hasSize(VoiceEvent.Kind.values().length);
        assertThat(VoiceEvent.Kind.ofLabel("call-ended")).isEqualTo(VoiceEvent.Kind.CALL_ENDED);
    }
}
