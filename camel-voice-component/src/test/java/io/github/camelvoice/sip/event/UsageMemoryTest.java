package io.github.camelvoice.sip.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.subscription.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscription costs while nothing happens. */
class UsageMemoryTest {

    private static final int MANY = 10_000;
    /** Far above what was measured: it is for what grows by mistake. */
    private static final long MOST_BYTES = 12_000;

    @Test
    void manyUsagesAreSmall() {
        SubscriberRig rig = new SubscriberRig();
        List<Usage> usages = new ArrayList<>(MANY);
        open(rig, usages);
        rig.run(usages.get(0)::close);
        long before = used();
        for (int i = 1; i < MANY; i++) {
            open(rig, usages);
        }
        long each = (used() - before) / MANY;
        assertThat(rig.subscriber.live()).isEqualTo(MANY - 1);
        assertThat(each).isLessThan(MOST_BYTES);
        usages.forEach(usage -> rig.run(usage::close));
        rig.assertNothingLeft();
    }

    private static void open(SubscriberRig rig, List<Usage> usages) {
        usages.add(rig.subscribe(3600));
        FakeDoor.Sent subscribe = rig.last();
        subscribe.respond(200, "n1", null, SubscriberRig.expires(3600));
        rig.notifyTo(subscribe, "n1", 1, SubscriberRig.ACTIVE).send();
        rig.door.sent.clear();
        rig.events.clear();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
