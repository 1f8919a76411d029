package io.github.camelvoice.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.Flow;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers in all moods, ways that break, owners who change their minds: what is always so. */
class RegisterHistoriesTest {

    private final RegisterRig rig = new RegisterRig();
    private final Set<FakeDoor.Sent> answered = new HashSet<>();
    /** Watches that ended by themselves. */
    private final Set<FakeDoor.Kept> over = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void histories(long seed) {
        Random chance = new Random(seed);
        RegisterUsage usage = rig.register(new RegisterSpec("sip:alice@example.com", RegisterRig.REGISTRAR, List.of(), "alice", "secret",
                RegisterRig.TOKEN, RegisterRig.INSTANCE, List.of(), 600, 25, chance.nextBoolean()));
        for (int step = 0; step < 600; step++) {
            switch (chance.nextInt(8)) {
                case 0 -> usage.start();
                case 1 -> rig.pass(chance.nextInt(300));
                case 2 -> shake(chance);
                default -> answer(chance);
            }
            rig.random = chance.nextDouble();
            check();
        }
        usage.end();
        for (int step = 0; step < 20; step++) {
            answer(chance);
            check();
        }
        rig.pass(100_000);
        if (open() != null) {
            open().timeout();
        }
        assertThat(rig.told()).filteredOn("unregistered"::equals).hasSize(1);
        assertThat(rig.told()).endsWith("unregistered");
        assertThat(rig.door.admitted).isEmpty();
        assertThat(rig.door.kept).allMatch(each -> each.closed || over.contains(each));
        rig.assertNothingLeft();
    }

    private FakeDoor.Sent open() {
        FakeDoor.Sent last = rig.last();
        return answered.contains(last) || last.terminated ? null : last;
    }

    /** One at a time, ascending numbers, one Call-ID; a REGISTER under way or a timer while it is wanted and bound. */
    private void check() {
        long before = 0;
        for (FakeDoor.Sent sent : rig.door.sent) {
            SIPRequest request = sent.request;
            assertThat(request.getCSeq().getSeqNumber()).isGreaterThan(before);
            before = request.getCSeq().getSeqNumber();
            assertThat(request.getCallId().getCallId()).isEqualTo(rig.door.sent.get(0).request.getCallId().getCallId());
        }
        assertThat(rig.door.sent.stream().filter(sent -> !answered.contains(sent) && !sent.terminated).count()).isLessThanOrEqualTo(1);
        RegisterEvent last = rig.events.isEmpty() ? null : rig.events.get(rig.events.size() - 1);
        if (last instanceof RegisterEvent.Registered && open() == null) {
            assertThat(rig.timers.pending()).as("the refresh").isEqualTo(1);
        }
    }

    private void shake(Random chance) {
        if (rig.door.kept.isEmpty()) {
            return;
        }
        FakeDoor.Kept kept = rig.door.kept.get(rig.door.kept.size() - 1);
        if (kept.closed || over.contains(kept)) {
            return;
        }
        if (chance.nextBoolean()) {
            over.add(kept);
            kept.lost("closed");
        } else {
            kept.seen(new InetSocketAddress("203.0.113.7", 4000 + chance.nextInt(3)));
        }
    }

    private void answer(Random chance) {
        FakeDoor.Sent sent = open();
        if (sent == null) {
            return;
        }
        answered.add(sent);
        sent.flow = new Flow(chance.nextInt(5) == 0 ? "tcp" : "udp", new InetSocketAddress("127.0.0.1", 5090 + chance.nextInt(2)), "127.0.0.1");
        switch (chance.nextInt(12)) {
            case 0 -> sent.timeout();
            case 1 -> sent.fail();
            case 2 -> rig.challenge(401, "MD5", "n" + chance.nextInt(), chance.nextBoolean() ? ", stale=true" : "");
            case 3 -> rig.challenge(407, "SHA-256", "n" + chance.nextInt(), "");
            case 4 -> rig.answer(423, new RawHeader("Min-Expires", "" + chance.nextInt(2_000)));
            case 5 -> rig.answer(List.of(302, 403, 439, 500, 503).get(chance.nextInt(5)));
            case 6 -> rig.answer(200, RegisterRig.contact("sip:other@192.0.2.1", 60));
            case 7 -> rig.accept(0);
            default -> rig.answer(200, RegisterRig.contact("sip:" + RegisterRig.TOKEN + "@127.0.0.1:5060", 1 + chance.nextInt(900)),
                    new RawHeader("Flow-Timer", "" + chance.nextInt(100)));
        }
    }
}
