package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Commands, messages and time in any order, a thousand times: a leg never throws, tells its end once and nothing after it, and
 * leaves nothing behind.
 */
class RandomOrderTest {

    private static final int STEPS = 40;
    private static final int[] FINALS = {200, 200, 401, 407, 408, 422, 481, 486, 487, 488, 491, 500, 503, 302};

    @TestFactory
    Stream<DynamicTest> inbound() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(seed).inbound()));
    }

    @TestFactory
    Stream<DynamicTest> outbound() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(seed).outbound()));
    }

    private static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    private static final class Run {
        private final Random random;
        private final Rig rig = new Rig();
        private final List<String> steps = new ArrayList<>();
        private Rig.Asked invite;

        Run(int seed) {
            random = new Random(seed);
        }

        void inbound() {
            String[] more = {"Supported: 100rel", "Require: 100rel", "Supported: timer", "Allow: INVITE, UPDATE"};
            invite = rig.invite(random.nextInt(4) == 0 ? null : Rig.OFFER, more[random.nextInt(more.length)], "Session-Expires: 200").send();
            finish(() -> {
                for (int i = 0; i < STEPS; i++) {
                    step(random.nextInt(30));
                }
            });
        }

        void outbound() {
            SignallingLeg leg = rig.outbound();
            finish(() -> {
                leg.invite(random.nextInt(4) == 0 ? null : Rig.OFFER);
                for (int i = 0; i < STEPS; i++) {
                    step(random.nextInt(30));
                }
            });
        }

        private void finish(Runnable all) {
            try {
                all.run();
                rig.pass(600_000);
                rig.mailbox.execute(rig.claimed::abandon);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(String.join(", ", steps), failure);
            }
            assertThat(rig.told()).as(steps.toString()).endsWith("Closed").containsOnlyOnce("Closed");
            long ends = rig.events.stream().filter(e -> e instanceof SignalEvent.Lost || e instanceof SignalEvent.Rejected
                    || e instanceof SignalEvent.ByeReceived || e instanceof SignalEvent.Cancelled).count();
            assertThat(ends).as(rig.told().toString()).isLessThanOrEqualTo(1);
            rig.assertNothingLeft();
        }

        private void step(int what) {
            boolean inbound = invite != null;
            steps.add(String.valueOf(what));
            SignallingLeg leg = rig.claimed;
            switch (what) {
                case 0 -> leg.bye("SIP;cause=200", Rig.NONE);
                case 1 -> leg.confirmBye();
                case 2 -> leg.modify(Rig.OFFER, random.nextBoolean());
                case 3 -> leg.answerOffer(Rig.ANSWER);
                case 4 -> leg.refuseOffer(488, null);
                case 5 -> leg.info("text/plain", "x");
                case 6, 7 -> rig.pass(random.nextInt(5000));
                case 8 -> rig.pass(random.nextInt(100_000));
                case 9, 10, 11 -> ours();
                case 12 -> theirs("BYE", null);
                case 13 -> theirs("INVITE", random.nextBoolean() ? Rig.OFFER : null);
                case 14 -> theirs("UPDATE", random.nextBoolean() ? Rig.OFFER : null);
                case 15 -> theirs("INFO", null);
                case 16, 17 -> ack();
                case 24 -> refer();
                case 25 -> theirs("REFER", null);
                case 26 -> leg.answerRefer(random.nextInt(3) == 0 ? 603 : 202, null);
                case 27 -> leg.notifyRefer(random.nextBoolean() ? 180 : 200, null);
                case 28, 29 -> theirs("NOTIFY", null);
                default -> {
                    if (inbound) {
                        called(what);
                    } else {
                        calling(what);
                    }
                }
            }
        }

        /** Something becomes of a request of ours. */
        private void ours() {
            if (rig.door.sent.isEmpty()) {
                return;
            }
            FakeDoor.Sent sent = rig.door.sent.get(rig.door.sent.size() - 1 - random.nextInt(Math.min(3, rig.door.sent.size())));
            switch (random.nextInt(8)) {
                case 0 -> sent.timeout();
                case 1 -> sent.fail();
                default -> sent.respond(FINALS[random.nextInt(FINALS.length)], "b" + random.nextInt(3), random.nextBoolean() ? Rig.ANSWER : null,
                        new RawHeader("Min-SE", "300"));
            }
        }

        private void refer() {
            try {
                rig.claimed.refer(new ReferRequest("sip:carol@127.0.0.1", null, null, null, null, null));
            } catch (IllegalStateException underWay) {
                steps.add("not now");
            }
        }

        private void theirs(String method, String sdp) {
            String[] more = method.equals("REFER")
                    ? new String[] {"Refer-To: <sip:carol@127.0.0.1>", random.nextInt(4) == 0 ? "Refer-Sub: false" : "Supported: norefersub"}
                    : method.equals("NOTIFY") ? new String[] {"Event: refer", random.nextBoolean() ? "Subscription-State: terminated" : "Subscription-State: active",
                        "Content-Type: message/sipfrag"} : new String[0];
            if (method.equals("NOTIFY") && sdp == null && random.nextInt(4) > 0) {
                String fragment = "SIP/2.0 " + (random.nextBoolean() ? "180 Ringing" : "200 OK") + "\r\n";
                theirs(method, fragment, more);
            } else {
                theirs(method, sdp, more);
            }
        }

        private void theirs(String method, String body, String... more) {
            if (invite != null) {
                rig.inDialog(method, body, more).send();
            } else {
                rig.fromCallee(rig.door.sent.get(0).request, "b" + random.nextInt(3), method, random.nextInt(1, 100), body, more).send();
            }
        }

        private void ack() {
            if (invite != null) {
                rig.ack(random.nextBoolean() ? 1 : rig.seq(), random.nextBoolean() ? Rig.ANSWER : null).send();
            } else {
                rig.claimed.ack(Rig.ANSWER);
            }
        }

        private void called(int what) {
            switch (what) {
                case 18 -> rig.claimed.provisional(180 + random.nextInt(4), null, random.nextBoolean() ? Rig.ANSWER : null, true, Rig.NONE);
                case 19, 20 -> rig.claimed.accept(Rig.ANSWER, Rig.NONE);
                case 21 -> rig.legs.repeatedInvite(invite);
                case 22 -> {
                    String rseq = invite.responses.isEmpty() ? null : Messages.value(invite.last(), "RSeq");
                    if (rseq != null) {
                        rig.inDialog("PRACK", random.nextInt(4) == 0 ? Rig.OFFER : null, "RAck: " + rseq + " 1 INVITE").send();
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        Rig.Asked cancel = rig.request("CANCEL", "", "a1", 1, null);
                        cancel.cancelled = invite;
                        assertThat(cancel.send().code()).isEqualTo(200);
                    } else if (random.nextInt(3) == 0) {
                        rig.claimed.reject(486, null, Rig.NONE);
                    }
                }
            }
        }

        private void calling(int what) {
            FakeDoor.Sent first = rig.door.sent.get(0);
            String tag = "b" + random.nextInt(3);
            switch (what) {
                case 18 -> first.respond(180 + random.nextInt(4), tag, random.nextBoolean() ? Rig.ANSWER : null);
                case 19 -> first.respond(183, tag, Rig.ANSWER, Messages.REQUIRE_100REL, new RawHeader("RSeq", String.valueOf(random.nextInt(1, 4))));
                case 20, 21 -> first.respond(200, tag, Rig.ANSWER, Messages.ALLOW, new RawHeader("Session-Expires", "200;refresher=uac"));
                case 22 -> first.respond(100, null, null);
                default -> {
                    if (random.nextInt(3) == 0) {
                        rig.claimed.cancel(null);
                    }
                }
            }
        }
    }
}
