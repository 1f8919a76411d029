package io.github.camelvoice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.callback.Form;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallParametersTest {

    @Test
    void inboundCallHasTheStandardParametersAndThoseOfSip() {
        CallSnapshot call = Calls.inbound(SipHeaders.of("Via", "SIP/2.0/UDP x", "X-Customer", "7", "x-customer", "8", "X-Odd", "a\r\nX-Evil: 1",
                "Authorization", "Digest secret", "Camel-Http-Uri", "evil", "CamelFileName", "evil", "User-to-User", "abc"));
        assertThat(CallParameters.ofSip(call).fields()).containsExactly(Map.entry("CallSid", "n1-call"), Map.entry("AccountSid", "ACdefault"),
                Map.entry("From", "sip:alice@example.com"), Map.entry("To", "sip:100@here.example"), Map.entry("Caller", "sip:alice@example.com"),
                Map.entry("Called", "sip:100@here.example"), Map.entry("CallStatus", "ringing"), Map.entry("ApiVersion", "2010-04-01"),
                Map.entry("Direction", "inbound"), Map.entry("CallerName", "Alice"), Map.entry("SipCallId", "sip-id"),
                Map.entry("SipDomain", "here.example"), Map.entry("SipUsername", "alice"), Map.entry("SipSourceIp", "192.0.2.1"),
                Map.entry("SipHeader_X-Customer", "7"), Map.entry("SipHeader_X-Odd", "a??X-Evil: 1"));
    }

    @Test
    void childHasItsParentAndTheHeadersOfTheAnswer() {
        CallSnapshot call = Calls.outbound(CallState.ACTIVE, null, Calls.AT, null, null);
        Form form = CallParameters.ofSip(call);
        assertThat(form.first("ParentCallSid")).isEqualTo("n1-parent");
        assertThat(form.first("Direction")).isEqualTo("outbound-dial");
        assertThat(form.first("CallStatus")).isEqualTo("in-progress");
        assertThat(form.first("SipHeader_X-Answer")).isEqualTo("yes");
        assertThat(form.first("SipSourceIp")).isNull();
        assertThat(form.encoded()).doesNotContain("secret");
    }

    @Test
    void whatCannotBeToldIsLeftOutAndHeadersAreBounded() {
        String[] many = new String[400];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "X-H" + i;
            many[i + 1] = "v".repeat(5_000);
        }
        Form form = CallParameters.ofSip(Calls.inbound(SipHeaders.of(many)));
        assertThat(form.first("ForwardedFrom")).isNull();
        assertThat(form.first("ParentCallSid")).isNull();
        assertThat(form.bytes().length).isLessThan(20_000);
        assertThat(form.first("SipHeader_X-H0")).hasSize(1_024);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "Diversion | <sip:+4912@a.example;user=phone>;reason=no-answer, <sip:1@b.example> | sip:+4912@a.example",
        "Diversion | \"Doe, <J>\" <tel:+4912>;reason=unconditional | tel:+4912",
        "Diversion | sip:desk:pass@a.example;reason=deflection | sip:desk:****@a.example",
        "Diversion | nonsense | ",
        "History-Info | <sip:a@x.example>;index=1, <sip:b@x.example?Reason=SIP%3Bcause%3D302>;index=1.1, <sip:c@x.example>;index=1.2 | sip:b@x.example",
        "History-Info | <sip:a@x.example>;index=1 | "})
    void forwardedFrom(String header, String value, String expected) {
        Form form = CallParameters.of(Calls.inbound(SipHeaders.of(header, value)));
        assertThat(form.first("ForwardedFrom")).isEqualTo(expected == null || expected.isBlank() ? null : expected);
    }

    @ParameterizedTest
    @CsvSource({"BUSY, busy", "NO_ANSWER, no-answer", "UNAVAILABLE, no-answer", "CANCELLED, canceled", "DECLINED, failed", "NOT_FOUND, failed",
        "TRANSPORT, failed"})
    void statusOfACallThatWasNeverAnswered(EndCause.Kind kind, String word) {
        CallSnapshot call = Calls.outbound(CallState.ENDED, null, null, Calls.AT, EndCause.of(kind, EndCause.Origin.REMOTE, ""));
        assertThat(CallParameters.of(call).first("CallStatus")).isEqualTo(word);
    }
}
