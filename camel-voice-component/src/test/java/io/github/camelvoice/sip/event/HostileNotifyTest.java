package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.SubscriberRig.expires;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Damaged NOTIFYs, and everything in any order: each NOTIFY has one answer, each usage one end, and nothing stays. */
class HostileNotifyTest {

    private static final String[] HEADERS = {"Event: ", "Event: ;id=1", "Event: dialog;id=", "Event: dialog;id=a b", "Event: dialog;\"", "Event: refer",
        "Subscription-State: ", "Subscription-State: ;;", "Subscription-State: active;expires=999999999999999999999", "Subscription-State: active;expires=-5",
        "Subscription-State: terminated;reason=\"x\"", "Subscription-State: terminated;retry-after=", "Contact: *", "Contact: <tel:+1>",
        "Contact: <sip:@>", "Record-Route: <sip:>", "Record-Route: <tel:+1>;lr", "Require: eventlist", "Require: ", "Content-Encoding: gzip, deflate",
        "Content-Encoding: ", "Content-Type: x", "Content-Type: multipart/related;boundary=", "Expires: 99999999999", "Allow-Events: ,,,"};

    @TestFactory
    Stream<DynamicTest> notifies() {
        return IntStream.range(0, 40).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> notifies(new Random(seed))));
    }

    private static void notifies(Random random) {
        SubscriberRig rig = new SubscriberRig();
        Usage usage = rig.open();
        for (int i = 0; i < 150; i++) {
            SubscriberRig.Notify base = rig.notify(2 + i, "active;expires=" + random.nextInt(5000)).body("<x/>").send();
            assertThat(base.responses).hasSize(1);
            SIPRequest damaged = damaged(base.message().encode(), random);
            if (damaged != null) {
                SubscriberRig.Notify asked = rig.notify(0, null).of(damaged);
                assertThat(asked.responses).as(damaged.encode()).hasSize(damaged.getMethod().equals("ACK") ? 0 : 1)
                        .allSatisfy(r -> assertThat(r.getStatusCode()).isNotEqualTo(100));
            }
        }
        rig.run(usage::close);
        rig.assertNothingLeft();
    }

    private static SIPRequest damaged(String text, Random random) {
        String[] lines = text.split("\r\n", -1);
        int at = 1 + random.nextInt(Math.max(1, lines.length - 3));
        StringBuilder result = new StringBuilder();
        String with = HEADERS[random.nextInt(HEADERS.length)];
        String name = with.substring(0, with.indexOf(':'));
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (random.nextInt(3) == 0 && line.startsWith(name + ":")) {
                continue;
            }
            if (i == at && random.nextBoolean() && line.length() > 3) {
                int cut = random.nextInt(line.length());
                line = line.substring(0, cut) + (char) (33 + random.nextInt(90)) + line.substring(Math.min(line.length(), cut + 1 + random.nextInt(3)));
            }
            result.append(line).append(i == lines.length - 1 ? "" : "\r\n");
            if (i == 1) {
                result.append(with).append("\r\n");
            }
        }
        try {
            return new StringMsgParser().parseSIPMessage(result.toString().getBytes(StandardCharsets.UTF_8), true, false, null) instanceof SIPRequest request
                    && request.getCSeq() != null && request.getCallId() != null && request.getTo() != null && request.getFrom() != null
                    && request.getTopmostVia() != null && request.getToTag() != null ? request : null;
        } catch (ParseException | RuntimeException bad) {
            return null;
        }
    }

    @TestFactory
    Stream<DynamicTest> anyOrder() {
        return IntStream.range(0, 300).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> anyOrder(new Random(seed))));
    }

    private static void anyOrder(Random random) {
        SubscriberRig rig = new SubscriberRig();
        Usage usage = rig.subscribe(random.nextInt(4) == 0 ? 0 : 600);
        String[] states = {"active;expires=600", "pending;expires=30", "terminated;reason=deactivated", "active;expires=1", "terminated"};
        List<FakeDoor.Sent> answered = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> rig.notifyFrom("n" + random.nextInt(3), random.nextInt(8) == 0 ? 1 : i + 1, states[random.nextInt(random.nextInt(3) + 1 + 2)]).send();
                case 3, 4 -> {
                    FakeDoor.Sent sent = rig.door.sent.get(random.nextInt(rig.door.sent.size()));
                    if (!answered.contains(sent)) {
                        answered.add(sent);
                        switch (random.nextInt(5)) {
                            case 0 -> sent.timeout();
                            case 1 -> sent.respond(new int[] {423, 481, 500, 401, 403}[random.nextInt(5)], "n1", null);
                            default -> sent.respond(200, "n" + random.nextInt(3), null, expires(600));
                        }
                    }
                }
                case 5 -> rig.pass(random.nextInt(400));
                case 6 -> rig.run(usage::refresh);
                case 7 -> {
                    if (random.nextInt(6) == 0) {
                        rig.run(usage::end);
                    }
                }
                default -> rig.pass(1);
            }
        }
        rig.run(usage::end);
        for (int i = 0; i < rig.door.sent.size(); i++) {
            if (!answered.contains(rig.door.sent.get(i))) {
                rig.door.sent.get(i).timeout();
            }
        }
        rig.pass(100);
        long ends = rig.events.stream().filter(e -> e instanceof UsageEvent.Ended || e instanceof UsageEvent.Refused).count();
        assertThat(ends).as(rig.told().toString()).isEqualTo(1);
        assertThat(rig.events.get(rig.events.size() - 1)).isNotInstanceOf(UsageEvent.Notified.class).isNotInstanceOf(UsageEvent.Accepted.class);
        rig.assertNothingLeft();
    }

    /** Thousands come and go. */
    @Test
    void nothingStays() {
        for (int i = 0; i < 3_000; i++) {
            SubscriberRig rig = i % 500 == 0 ? fresh() : current;
            int first = rig.door.sent.size();
            Usage usage = rig.subscribe(600);
            FakeDoor.Sent subscribe = rig.door.sent.get(first);
            if (i % 5 == 0) {
                subscribe.respond(489, "n1", null);
                continue;
            }
            subscribe.respond(200, "n1", null, expires(600));
            rig.notifyTo(subscribe, "n1", 1, "active;expires=600").send();
            rig.notifyTo(subscribe, "n2", 1, "active;expires=600").send();
            switch (i % 4) {
                case 0 -> rig.run(usage::close);
                case 1 -> {
                    rig.notifyTo(subscribe, "n1", 2, "terminated").send();
                    rig.notifyTo(subscribe, "n2", 2, "terminated").send();
                }
                default -> {
                    rig.run(usage::end);
                    rig.pass(1);
                    rig.door.sent.get(first + 1).respond(200, null, null, expires(0));
                    rig.door.sent.get(first + 2).timeout();
                    rig.pass(33);
                }
            }
        }
        current.assertNothingLeft();
    }

    private SubscriberRig current;

    private SubscriberRig fresh() {
        if (current != null) {
            current.assertNothingLeft();
        }
        current = new SubscriberRig();
        return current;
    }
}
