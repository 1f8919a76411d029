package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.request;
import static io.github.camelvoice.trace.capture.CaptureRig.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.trace.CallRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that no route ever had. */
class RefusedCallsTest {

    private static final String ID = "abc@host";

    private final CaptureRig rig = new CaptureRig();

    @Test
    void aRefusedCallHasARecordAsSoonAsTheCallerKnows() {
        rig.inInvite(ID);
        rig.pass(1);
        assertThat(rig.log.entries()).isEmpty();
        rig.refusedWith(404, "Not Found", ID);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 404", "1 ACK", "1 -404");
        CallRecord call = rig.log.ends().get(0).call();
        assertThat(call.callId()).startsWith("n1-");
        assertThat(call).extracting(CallRecord::sipCallId, CallRecord::project, CallRecord::direction, CallRecord::from, CallRecord::to,
                CallRecord::target, CallRecord::transport, CallRecord::remoteAddress, CallRecord::codec).containsExactly(ID, "acme",
                CallDirection.INBOUND, "sip:alice@198.51.100.7", "sip:bob@192.0.2.1", "sip:bob@192.0.2.1:5060", "udp", "198.51.100.7:5062", null);
        assertThat(call.cause()).isEqualTo(new EndCause(EndCause.Kind.NOT_FOUND, EndCause.Origin.LOCAL, 404, "Not Found", ""));
        assertThat(Duration.between(call.createdAt(), call.endedAt())).isEqualTo(Duration.ofSeconds(1));
        rig.in(request("ACK", ID, ";tag=b1"));
        rig.pass(33);
        assertThat(rig.log.story()).endsWith("1 ACK", "1 .").hasSize(7);
        assertThat(rig.capture.figures()).isEqualTo(new CaptureFigures(0, 0, 5, 0, 0, 0));
    }

    @Test
    void passwordsInItsUrisStayInItsMessages() {
        rig.in(request("INVITE", ID, "").replace("sip:alice@", "sip:alice:secret@").replace("sip:bob@", "sip:bob:" + "x".repeat(600) + "@"));
        rig.refusedWith(404, "Not Found", ID);
        CallRecord call = rig.log.ends().get(0).call();
        assertThat(call.from()).isEqualTo("sip:alice:******@198.51.100.7");
        assertThat(call.to()).startsWith("sip:bob:***").doesNotContain("x");
        assertThat(call.target()).startsWith("sip:bob:***").doesNotContain("x");
    }

    @ParameterizedTest
    @CsvSource({"400,BAD_REQUEST", "403,UNAUTHORIZED", "482,BAD_REQUEST", "503,OVERLOADED", "500,SERVER_ERROR", "486,BUSY"})
    void withoutAckItIsWrittenDownAfterThirtyTwoSeconds(int code, EndCause.Kind kind) {
        rig.inInvite(ID);
        rig.out(response(code, "No", "INVITE", ID));
        rig.pass(31);
        assertThat(rig.log.entries()).isEmpty();
        rig.pass(2);
        assertThat(rig.log.ends()).hasSize(1).allMatch(end -> end.call().cause().kind() == kind && end.call().cause().sipCode() == code);
    }

    @Test
    void aChallengedCallerHasTimeToProveItself() {
        rig.inInvite(ID);
        rig.refusedWith(401, "Unauthorized", ID);
        rig.pass(30);
        rig.in(request("INVITE", ID, ""));
        rig.pass(10);
        rig.opened("n1-1", ID);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 401", "1 ACK", "1 INVITE", "1 +n1-1");
    }

    @Test
    void aRepeatedInviteIsNoSecondAttempt() {
        rig.inInvite(ID);
        rig.refusedWith(401, "Unauthorized", ID);
        rig.inInvite(ID);
        rig.refusedWith(401, "Unauthorized", ID);
        assertThat(rig.log.entries()).isEmpty();
    }

    @Test
    void aChallengedCallerThatGivesUpHasARecord() {
        rig.inInvite(ID);
        rig.refusedWith(407, "Proxy Authentication Required", ID);
        rig.pass(31);
        assertThat(rig.log.entries()).isEmpty();
        rig.pass(2);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 407", "1 ACK", "1 -407");
    }

    @Test
    void aCallerThatCouldNotProveItselfHasARecordAtOnce() {
        rig.inInvite(ID);
        rig.refusedWith(401, "Unauthorized", ID);
        rig.pass(20);
        assertThat(rig.log.entries()).isEmpty();
        rig.in(request("INVITE", ID, "").replace("CSeq: 1", "CSeq: 2"));
        rig.refusedWith(401, "Unauthorized", ID);
        assertThat(rig.log.story()).endsWith("1 401", "1 ACK", "1 -401").hasSize(8);
    }

    @Test
    void anInviteThatNobodyAnsweredHasARecord() {
        rig.in(request("INVITE", ID, ""));
        rig.in(request("INVITE", ID, ""));
        rig.pass(33);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 INVITE", "1 -0");
        assertThat(rig.log.ends().get(0).call().cause().phrase()).isEqualTo("the INVITE got no final response");
    }

    @Test
    void anAcceptedCallWaitsForNobody() {
        rig.inInvite(ID);
        rig.out(response(486, "Busy Here", "INVITE", ID));
        rig.opened("n1-1", ID);
        rig.in(request("ACK", ID, ";tag=b1"));
        rig.ended("n1-1", ID);
        rig.capture.closed("n1-1");
        rig.pass(33);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 486", "1 +n1-1", "1 ACK", "1 -0", "1 .");
    }

    @Test
    void aLateAcceptanceAfterTheRecordIsACallOfTheSameTrace() {
        rig.inInvite(ID);
        rig.refusedWith(486, "Busy Here", ID);
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        assertThat(rig.log.story()).endsWith("1 -486", "1 INVITE", "1 100", "1 +n1-1");
    }

    @Test
    void whatStrangersWriteIsCleaned() {
        rig.in("INVITE sip:\u0007bob@x SIP/2.0\r\nVia: x\r\nFrom: <sip:a\u0000b@c>;tag=1\r\nTo: sip:" + "x".repeat(2000)
                + "\r\nCall-ID: " + ID + "\r\nCSeq: 1 INVITE\r\n\r\n");
        rig.out(response(400, "Bad\u001bRequest", "INVITE", ID));
        rig.in(request("ACK", ID, ";tag=b1"));
        CallRecord call = rig.log.ends().get(0).call();
        assertThat(call.from()).isEqualTo("sip:a?b@c");
        assertThat(call.target()).isEqualTo("sip:?bob@x");
        assertThat(call.to()).hasSize(512);
        assertThat(call.cause().phrase()).isEqualTo("Bad?Request");
        assertThat(rig.log.messages().get(0).data()).contains(0);
    }
}
