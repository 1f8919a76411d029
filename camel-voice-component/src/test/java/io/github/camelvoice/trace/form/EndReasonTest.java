package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class EndReasonTest {

    private static final String AUTH = "Authorization: Digest username=\"a\", response=\"0\"";

    /** A call that waited for 3 s and, if it was answered, talked for 42 s. */
    private static CallRecord call(CallDirection direction, boolean answered, EndCause cause) {
        CallRecord call = Traces.record(direction, cause, Duration.ofSeconds(3), answered ? Duration.ofSeconds(42) : null);
        return new CallRecord(call.callId(), call.sipCallId(), call.project(), direction, call.from(), call.to(), call.target(), "udp", "", "", null,
                Traces.START, Traces.START.plusSeconds(1), call.answeredAt(), call.endedAt(), null, cause, call.received(), call.sent());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/trace/end-reasons.txt", delimiter = '|', numLinesToSkip = 1)
    void saysWhy(Kind kind, Origin by, CallDirection direction, String answered, int code, String phrase, String line) {
        EndCause cause = new EndCause(kind, by, code, phrase, "");
        assertThat(EndReason.of(call(direction, answered.equals("yes"), cause))).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/trace/unreachable.txt", delimiter = '|', numLinesToSkip = 1)
    void saysWhyNobodyCouldBeReached(String where, String why, String line) {
        EndCause cause = EndCause.of(Kind.TRANSPORT, Origin.TRANSPORT, "cannot send to " + where + ": " + why);
        assertThat(EndReason.of(call(CallDirection.OUTBOUND, false, cause))).isEqualTo(line);
        assertThat(EndReason.of(call(CallDirection.OUTBOUND, true, cause))).isEqualTo("lost after 42 s: " + line);
    }

    /** No kind, origin and direction is without words, and none says null. */
    @Test
    void alwaysHasAnAnswer() {
        for (Kind kind : Kind.values()) {
            for (Origin origin : Origin.values()) {
                for (CallDirection direction : CallDirection.values()) {
                    for (boolean answered : new boolean[] {true, false}) {
                        for (String phrase : new String[] {"", "Some Phrase", "a sentence"}) {
                            EndCause cause = new EndCause(kind, origin, kind.defaultCode(), phrase, "Q.850;cause=16");
                            assertThat(EndReason.of(call(direction, answered, cause))).isNotBlank().doesNotContain("null", "\n")
                                    .endsWith(" (reason given: Q.850;cause=16)");
                        }
                    }
                }
            }
        }
        assertThat(EndReason.of(Traces.record(CallDirection.INBOUND, null, null, null))).isEqualTo("the call is up");
    }

    private static String refused(int code, String phrase, SipMessage... messages) {
        Instant end = messages[messages.length - 2].time();
        EndCause cause = EndCause.ofStatus(code, phrase, Origin.LOCAL, "");
        CallRecord call = call(CallDirection.INBOUND, false, cause);
        CallRecord made = new CallRecord(call.callId(), call.sipCallId(), call.project(), call.direction(), call.from(), call.to(), call.target(),
                "udp", "", "", null, messages[0].time(), null, null, end, null, cause, call.received(), call.sent());
        return EndReason.of(new SipInfo(made, List.of(messages), 0));
    }

    @Test
    void whatNoRouteTakesIsSaid() {
        assertThat(refused(404, "Not Found", Traces.request(false, 0, "INVITE"), Traces.response(true, 5, "404 Not Found", "INVITE"),
                Traces.request(false, 9, "ACK"))).isEqualTo("unknown number: we answered 404 Not Found, no route takes it");
        assertThat(refused(503, "Service Unavailable", Traces.request(false, 0, "INVITE"),
                Traces.response(true, 5, "503 Service Unavailable", "INVITE"), Traces.request(false, 9, "ACK")))
                .isEqualTo("overloaded: we answered 503 Service Unavailable, no room for the call");
    }

    @Test
    void wrongPasswordsOfCallersAreCounted() {
        SipMessage invite = Traces.request(false, 0, "INVITE");
        SipMessage challenge = Traces.response(true, 1, "401 Unauthorized", "INVITE", "WWW-Authenticate: Digest nonce=\"a\"");
        SipMessage ack = Traces.request(false, 2, "ACK");
        SipMessage again = Traces.request(false, 3, "INVITE", AUTH);
        SipMessage second = Traces.response(true, 4, "401 Unauthorized", "INVITE", "WWW-Authenticate: Digest nonce=\"b\"");
        assertThat(refused(401, "Unauthorized", invite, challenge, ack)).isEqualTo("no password: we asked for one (401) and the caller gave up");
        assertThat(refused(401, "Unauthorized", invite, challenge, ack, again, second, ack))
                .isEqualTo("wrong password: we challenged twice and the caller gave up");
    }

    private static String outbound(EndCause cause, SipMessage... messages) {
        return EndReason.of(new SipInfo(call(CallDirection.OUTBOUND, false, cause), List.of(messages), 0));
    }

    @Test
    void ourWrongPasswordIsSaid() {
        SipMessage invite = Traces.request(true, 0, "INVITE");
        SipMessage challenge = Traces.response(false, 1, "407 Proxy Authentication Required", "INVITE");
        SipMessage again = Traces.request(true, 2, "INVITE", "Proxy-" + AUTH);
        assertThat(outbound(EndCause.ofStatus(407, "Proxy Authentication Required", Origin.REMOTE, ""), invite, challenge, again, challenge))
                .isEqualTo("wrong password: the far end refused ours with 407 Proxy Authentication Required");
        assertThat(outbound(EndCause.ofStatus(403, "Forbidden", Origin.REMOTE, ""), invite, challenge, again,
                Traces.response(false, 3, "403 Forbidden", "INVITE")))
                .isEqualTo("wrong password, or not allowed: the far end answered our password with 403 Forbidden");
        assertThat(outbound(EndCause.ofStatus(407, "Proxy Authentication Required", Origin.REMOTE, ""), invite, challenge))
                .isEqualTo("no password: the far end asked for one, and we have none for it (407 Proxy Authentication Required)");
    }

    @Test
    void silenceIsToldFromRinging() {
        List<SipMessage> invites = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            invites.add(Traces.request(true, 500L << i, "INVITE"));
        }
        SipMessage[] seven = invites.toArray(SipMessage[]::new);
        assertThat(outbound(EndCause.of(Kind.NO_ANSWER, Origin.TIMEOUT, "no response to the INVITE"), seven))
                .isEqualTo("no answer: nothing came back to our INVITE, sent 7 times, given up after 3 s");
        assertThat(outbound(EndCause.of(Kind.NO_ANSWER, Origin.TIMEOUT, "no answer within 3 s"), seven))
                .isEqualTo("no answer: nothing came back to our INVITE, sent 7 times, given up after 3 s");
        assertThat(outbound(EndCause.of(Kind.NO_ANSWER, Origin.TIMEOUT, "no answer within 3 s"), seven[0],
                Traces.response(false, 600, "180 Ringing", "INVITE"))).isEqualTo("no answer: cancelled by us after 3 s");
    }

    @Test
    void aRedirectionSaysWhereTo() {
        assertThat(outbound(EndCause.ofStatus(302, "Moved Temporarily", Origin.REMOTE, ""), Traces.request(true, 0, "INVITE"),
                Traces.response(false, 5, "302 Moved Temporarily", "INVITE", "Contact: \"New\" <sip:carol@192.0.2.8>;q=1")))
                .isEqualTo("redirected: the far end answered 302 Moved Temporarily, to sip:carol@192.0.2.8");
    }

    @Test
    void foreignTextIsOneBoundedLine() {
        EndCause cause = EndCause.ofStatus(486, "Bu\r\nsy\u0000 \u001b[31m" + "x".repeat(5000), Origin.REMOTE, "a\r\nb".repeat(1000));
        assertThat(EndReason.of(call(CallDirection.OUTBOUND, false, cause))).startsWith("busy: the far end answered 486 Bu sy [31mxxx")
                .hasSizeLessThan(400).doesNotContain("\r", "\n", "\u001b", "\u0000");
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "320,320 ms", "999,999 ms", "1400,1 s", "30002,30 s", "120000,120 s", "125000,2 min 5 s", "1800000,30 min",
        "3720000,1 h 2 min"})
    void spansAreRounded(long millis, String text) {
        assertThat(Wording.span(Traces.START, Traces.START.plusMillis(millis))).isEqualTo(text);
    }
}
