package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.PEER;
import static io.github.camelvoice.trace.capture.CaptureRig.US;
import static io.github.camelvoice.trace.capture.CaptureRig.request;
import static io.github.camelvoice.trace.capture.CaptureRig.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CaptureTest {

    private static final String ID = "abc@host";

    private final CaptureRig rig = new CaptureRig();

    private void wholeCall() {
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        rig.out(response(200, "OK", "INVITE", ID));
        rig.in(request("ACK", ID, ";tag=b1"));
        rig.in(request("BYE", ID, ";tag=b1"));
        rig.ended("n1-1", ID);
        rig.out(response(200, "OK", "BYE", ID));
        rig.capture.closed("n1-1");
    }

    @Test
    void aCallIsWrittenDownFromItsInviteUntilNothingComesAnyMore() {
        wholeCall();
        rig.in(request("BYE", ID, ";tag=b1"));
        rig.pass(31);
        rig.out(response(200, "OK", "BYE", ID));
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 +n1-1", "1 200", "1 ACK", "1 BYE", "1 -0", "1 200", "1 BYE", "1 200");
        rig.pass(2);
        assertThat(rig.log.story()).endsWith("1 .").hasSize(11);
        rig.in(request("BYE", ID, ";tag=b1"));
        assertThat(rig.log.story()).hasSize(11);
        assertThat(rig.capture.figures()).isEqualTo(new CaptureFigures(0, 0, 8, 1, 0, 0));
    }

    @Test
    void messagesAreAsTheyWereOnTheWire() {
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        rig.time.advance(Duration.ofNanos(1_234_567));
        rig.out(response(200, "OK", "INVITE", ID));
        SipMessage invite = rig.log.messages().get(0);
        assertThat(new String(invite.data(), StandardCharsets.UTF_8)).isEqualTo(request("INVITE", ID, ""));
        assertThat(invite).extracting(SipMessage::transport, SipMessage::sent, SipMessage::source, SipMessage::destination)
                .containsExactly("udp", false, PEER, US);
        assertThat(rig.log.messages().get(2)).extracting(SipMessage::sent, SipMessage::source, SipMessage::destination)
                .containsExactly(true, US, PEER);
        assertThat(rig.log.messages().get(2).time()).isEqualTo(invite.time().plusNanos(1_234_000));
    }

    @Test
    void theRecordHasWhatTheCallHas() {
        wholeCall();
        CallRecord opened = ((TraceEntry.Opened) rig.log.entries().get(2)).call();
        assertThat(opened).extracting(CallRecord::callId, CallRecord::sipCallId, CallRecord::project, CallRecord::direction, CallRecord::from,
                CallRecord::to, CallRecord::target, CallRecord::remoteAddress, CallRecord::isOver).containsExactly("n1-1", ID, "acme",
                CallDirection.INBOUND, "sip:alice@198.51.100.7", "sip:bob@192.0.2.1", "sip:bob@192.0.2.1:5060", "198.51.100.7:5062", false);
        assertThat(rig.log.ends().get(0).call().isOver()).isTrue();
    }

    @Test
    void theEndIsTheLogsToConfirm() {
        rig.log.durable = new CompletableFuture<>();
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        EndCause cause = EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, "");
        assertThat(rig.capture.ended(rig.call("n1-1", ID, cause), MediaFigures.Pair.NONE)).isSameAs(rig.log.durable);
        assertThat(rig.capture.trouble()).isNull();
        rig.log.trouble = "the disk is full";
        assertThat(rig.capture.trouble()).isEqualTo("the disk is full");
    }

    @Test
    void whatIsNoCallIsNobodysBusiness() {
        rig.in(request("OPTIONS", "o", ""));
        rig.out(response(200, "OK", "OPTIONS", "o"));
        rig.in(request("REGISTER", "r", ""));
        rig.in(request("BYE", "b", ";tag=1"));
        rig.in(request("INVITE", "again", ";tag=1"));
        rig.in("INVITE sip:bob@192.0.2.1 SIP/2.0\r\nTo: <sip:bob@192.0.2.1>\r\n\r\nCall-ID: body\r\n");
        rig.in("\r\n\r\n");
        rig.in("");
        rig.in("INVITE sip:b@c SIP/2.0\r\nCall-ID: a\u0000b\r\n\r\n");
        assertThat(rig.capture.figures()).isEqualTo(new CaptureFigures(0, 0, 0, 9, 0, 0));
    }

    @Test
    void twoCallsCanShareACallId() {
        rig.opened("n1-out", ID);
        rig.out(request("INVITE", ID, ""));
        rig.in(request("INVITE", ID, ""));
        rig.opened("n1-in", ID);
        rig.ended("n1-out", ID);
        rig.capture.closed("n1-out");
        rig.pass(40);
        rig.in(request("BYE", ID, ";tag=1"));
        rig.ended("n1-in", ID);
        rig.capture.closed("n1-in");
        rig.pass(33);
        assertThat(rig.log.story()).containsExactly("1 +n1-out", "1 INVITE", "1 INVITE", "1 +n1-in", "1 -0", "1 BYE", "1 -0", "1 .");
        assertThat(rig.capture.figures().openTraces()).isZero();
    }

    @Test
    void aSecondCallWithTheCallIdOfAnEndedOneIsOfItsTraceOrOfANewOne() {
        wholeCall();
        rig.pass(31);
        rig.log.clear();
        rig.inInvite(ID);
        rig.pass(2);
        rig.opened("n1-2", ID);
        rig.ended("n1-2", ID);
        rig.capture.closed("n1-2");
        rig.pass(33);
        rig.inInvite(ID);
        rig.opened("n1-3", ID);
        assertThat(rig.log.story()).containsExactly("1 INVITE", "1 100", "1 +n1-2", "1 -0", "1 .", "2 INVITE", "2 100", "2 +n1-3");
    }

    @Test
    void closingSaysWhatIsOverAndLeavesOpenWhatLives() {
        wholeCall();
        rig.inInvite("live");
        rig.opened("n1-2", "live");
        rig.inInvite("refused");
        rig.out(response(503, "Service Unavailable", "INVITE", "refused"));
        rig.log.clear();
        rig.capture.close();
        assertThat(rig.log.story()).containsExactlyInAnyOrder("1 .", "3 INVITE", "3 100", "3 503", "3 -503", "3 .");
        rig.in(request("BYE", "live", ";tag=b1"));
        assertThat(rig.log.story()).hasSize(6);
        assertThat(rig.capture.figures().openTraces()).isZero();
        assertThat(rig.time.pending()).isZero();
    }

    @Test
    void aFullLogLosesMessagesNotCalls() {
        rig.inInvite(ID);
        rig.opened("n1-1", ID);
        rig.log.full = true;
        rig.in(request("INFO", ID, ";tag=b1"));
        rig.log.full = false;
        rig.ended("n1-1", ID);
        assertThat(rig.log.ends().get(0).dropped()).isEqualTo(1);
        assertThat(rig.capture.figures().dropped()).isEqualTo(1);
    }
}
