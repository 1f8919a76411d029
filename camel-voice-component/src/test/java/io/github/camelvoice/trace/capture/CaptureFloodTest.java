package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.STRANGER;
import static io.github.camelvoice.trace.capture.CaptureRig.request;
import static io.github.camelvoice.trace.capture.CaptureRig.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Much of everything: neither memory nor disk is filled by it, and no call suffers. */
class CaptureFloodTest {

    private static final String ID = "abc@host";

    @Test
    void refusedCallsBeyondTheAllowanceAreCountedOnly() {
        CaptureRig rig = new CaptureRig();
        for (int i = 0; i < 3000; i++) {
            rig.inInvite("flood-" + i);
            rig.refusedWith(404, "Not Found", "flood-" + i);
        }
        int kept = rig.log.ends().size();
        assertThat(kept).isEqualTo(1000);
        assertThat(rig.log.messages()).hasSize(kept * 4);
        assertThat(rig.capture.figures().unrecorded()).isEqualTo(3000 - kept);
        assertThat(rig.capture.figures().openTraces()).isEqualTo(kept);
        rig.pass(2);
        for (int i = 0; i < 200; i++) {
            rig.inInvite("more-" + i);
            rig.refusedWith(404, "Not Found", "more-" + i);
        }
        assertThat(rig.log.ends().size() - kept).isEqualTo(100);
        rig.pass(33);
        assertThat(rig.capture.figures().openTraces()).isZero();
    }

    @Test
    void undecidedOnesMakeRoomEldestFirst() {
        CaptureRig rig = new CaptureRig();
        for (int i = 0; i < 20_000; i++) {
            rig.inInvite("flood-" + i);
            assertThat(rig.capture.figures().undecided()).isLessThanOrEqualTo(5000);
        }
        rig.opened("n1-1", "flood-19999");
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 +n1-1");
        assertThat(rig.capture.figures().openTraces()).isEqualTo(5000);
        rig.opened("n1-2", "flood-0");
        assertThat(rig.log.story()).endsWith("2 +n1-2").hasSize(4);
        rig.pass(33);
        assertThat(rig.capture.figures().undecided()).isZero();
        assertThat(rig.log.ends()).hasSize(1000);
    }

    @Test
    void bytesOfUndecidedOnesAreBounded() {
        CaptureRig rig = new CaptureRig();
        String big = request("INVITE", ID, "") + "x".repeat(60_000);
        for (int i = 0; i < 2000; i++) {
            rig.in(big.replace(ID, "big-" + i));
        }
        assertThat(rig.capture.figures().undecided()).isBetween(400, 560);
        for (int i = 0; i < 100; i++) {
            rig.in(big.replace(ID, "big-1999"));
        }
        rig.opened("n1-1", "big-1999");
        assertThat(rig.log.messages()).hasSize(4);
        rig.ended("n1-1", "big-1999");
        assertThat(rig.log.ends().get(0).dropped()).isEqualTo(97);
    }

    @Test
    void aTraceIsBounded() {
        CaptureRig rig = new CaptureRig();
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        String info = request("INFO", ID, ";tag=b1") + "x".repeat(50_000);
        for (int i = 0; i < 300; i++) {
            rig.in(info);
        }
        rig.ended("n1-1", ID);
        assertThat(rig.log.messages().stream().mapToLong(message -> message.data().length).sum()).isBetween(8_000_000L, 8L << 20);
        TraceEntry.Ended end = rig.log.ends().get(0);
        assertThat(end.dropped()).isPositive().isEqualTo(302 - rig.log.messages().size()).isEqualTo(rig.capture.figures().dropped());
    }

    @Test
    void strangersCannotTakeTheRoomOfACall() {
        CaptureRig rig = new CaptureRig();
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        String noise = request("INVITE", ID, "") + "x".repeat(10_000);
        for (int i = 0; i < 2000; i++) {
            rig.in(noise, STRANGER);
        }
        rig.in(request("BYE", ID, ";tag=b1"));
        rig.ended("n1-1", ID);
        rig.out(response(200, "OK", "BYE", ID));
        assertThat(rig.log.story()).endsWith("1 BYE", "1 -0", "1 200");
        assertThat(rig.log.messages().stream().filter(message -> message.source().equals(STRANGER)).mapToLong(message -> message.data().length).sum())
                .isBetween(1_000_000L, 1L << 20);
    }

    @Test
    void aStrangersInviteDoesNotKeepATraceOpenForLong() {
        CaptureRig rig = new CaptureRig();
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        rig.ended("n1-1", ID);
        rig.capture.closed("n1-1");
        for (int i = 0; i < 25; i++) {
            rig.pass(1);
            rig.in(request("INVITE", ID, ""), STRANGER);
        }
        rig.pass(9);
        assertThat(rig.log.story()).endsWith("1 .");
    }

    @Test
    void lateMessagesOfARefusedCallCountAgainstTheAllowance() {
        CaptureRig rig = new CaptureRig();
        rig.inInvite(ID);
        rig.refusedWith(404, "Not Found", ID);
        String big = request("INVITE", ID, "") + "x".repeat(8_000);
        for (int i = 0; i < 1500; i++) {
            rig.in(big);
        }
        assertThat(rig.log.messages()).hasSizeBetween(950, 1010);
    }

    @Test
    void longCallIdsAreKeptWhole() {
        CaptureRig rig = new CaptureRig();
        String longId = "x".repeat(7000) + "ä@host";
        rig.inInvite(longId);
        rig.opened("n1-1", longId);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 +n1-1");
    }

    @Test
    void timesOfATraceNeverGoBack() {
        CaptureRig rig = new CaptureRig();
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        for (int i = 0; i < 100; i++) {
            rig.time.advance(Duration.ofNanos(777));
            rig.in(request("INFO", ID, ";tag=b1"));
        }
        assertThat(rig.log.messages()).extracting(SipMessage::time).isSorted().allMatch(time -> time.getNano() % 1000 == 0);
    }
}
