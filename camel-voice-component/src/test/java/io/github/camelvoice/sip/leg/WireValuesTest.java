package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Multipart;
import io.github.camelvoice.sip.dialog.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, addresses and bodies between the wire and the call room. */
class WireValuesTest {

    private final Rig rig = new Rig();

    private static Party party(String from) {
        SIPRequest request = (SIPRequest) Wire.parse("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: " + from
                + "\r\nTo: <sip:b@h>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        return Addresses.party((From) request.getFrom());
    }

    @Test
    void parties() {
        assertThat(party("\"Bob B\" <sip:bob@example.com:5070;transport=tcp>;tag=1"))
                .isEqualTo(new Party("sip:bob@example.com:5070;transport=tcp", "bob", "example.com", "Bob B"));
        assertThat(party("<tel:+49301234>;tag=1")).isEqualTo(new Party("tel:+49301234", "+49301234", "", ""));
        assertThat(party("sip:example.com;tag=1")).isEqualTo(new Party("sip:example.com", "", "example.com", ""));
        assertThat(party("Anonymous <sip:anonymous@anonymous.invalid>;tag=1").displayName()).isEqualTo("Anonymous");
    }

    @Test
    void everyHeaderIsSeen() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "X-Custom: some  value;a=b", "Diversion: <sip:x@y>;reason=no-answer",
                "P-Asserted-Identity: \"A\" <sip:a@b>, <tel:+1>", "s: subject", "Record-Route: <sip:p1;lr>", "Record-Route: <sip:p2;lr>").send();
        SipHeaders headers = rig.invitation.headers();
        assertThat(headers.first("x-custom")).contains("some  value;a=b");
        assertThat(headers.first("Diversion")).contains("<sip:x@y>;reason=no-answer");
        assertThat(headers.all("P-Asserted-Identity")).containsExactly("\"A\" <sip:a@b>", "<tel:+1>");
        assertThat(headers.first("Subject")).contains("subject");
        assertThat(headers.all("Record-Route")).containsExactly("<sip:p1;lr>", "<sip:p2;lr>");
        assertThat(headers.first("Call-ID")).contains("call1");
        assertThat(headers.first("From")).contains("<sip:alice@127.0.0.1>;tag=a1");
        assertThat(rig.invitation.requestUri().user()).isEqualTo("bob");
        assertThat(rig.invitation.offer()).isEqualTo(Rig.OFFER);
        rig.claimed.reject(480, null, Rig.NONE);
        assertThat(invite.code()).isEqualTo(480);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "v", "FROM", "to", "Call-Id", "i", "CSeq", "contact", "m", "Route", "Record-Route", "Max-Forwards",
        "Content-Type", "c", "content-length", "l", "Authorization", "Proxy-Authorization", "Session-Expires", "Min-SE", "RSeq", "RAck",
        "Require", "Supported", "Allow"})
    void coreHeaders(String name) {
        assertThatThrownBy(() -> HeaderRules.check(SipHeaders.of(name, "x"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:Y", "X\r\nVia", "Ü", "X\0"})
    void malformedNames(String name) {
        assertThatThrownBy(() -> HeaderRules.check(SipHeaders.of(name, "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b"})
    void malformedValues(String value) {
        assertThatThrownBy(() -> HeaderRules.check(SipHeaders.of("X-A", value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A");
    }

    @Test
    void aPhraseCannotBreakTheMessage() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.reject(486, "Busy\r\nVia: x", Rig.NONE);
        assertThat(invite.last().getReasonPhrase()).isEqualTo("Busy here");
    }

    @Test
    void sdpInAMultipartBody() {
        String body = "--b\r\nContent-Type: application/sdp\r\n\r\n" + Rig.OFFER + "\r\n--b\r\nContent-Type: application/isup\r\n\r\nxx\r\n--b--\r\n";
        assertThat(Multipart.sdp(body, "multipart/mixed; boundary=\"b\"")).isEqualTo(Rig.OFFER);
        assertThat(Multipart.sdp(body, "multipart/mixed; boundary=c")).isNull();
        assertThat(Multipart.sdp(body, "multipart/mixed")).isNull();
        assertThat(Multipart.sdp("--b\r\n", "multipart/mixed;boundary=b")).isNull();
    }

    @Test
    void aBodyThatIsNoSdpIsNotAnOffer() {
        Rig.Asked invite = rig.invite(null);
        invite.message.setMessageContent("application", "isup", "xx".getBytes());
        assertThat(invite.send().code()).isEqualTo(415);
        assertThat(Messages.value(invite.last(), "Accept")).isEqualTo("application/sdp");
    }

    @Test
    void requestsOutsideADialog() {
        assertThat(rig.request("BYE", "", "a1", 1, null).send().code()).isEqualTo(481);
        assertThat(rig.request("CANCEL", "", "a1", 1, null).send().code()).isEqualTo(481);
        assertThat(rig.request("MESSAGE", "", "a1", 1, null).send().code()).isEqualTo(405);
        assertThat(rig.request("ACK", "", "a1", 1, null).send().codes()).isEmpty();
        Rig.Asked update = rig.request("UPDATE", "", "a1", 1, null).send();
        assertThat(update.last().getToTag()).isNotEmpty();
    }

    @Test
    void aHandlerThatFailsOrDoesNotDecideCostsOneCall() {
        rig.legs.onInvite(invite -> {
            throw new IllegalStateException("handler");
        });
        assertThat(rig.invite(Rig.OFFER).send().code()).isEqualTo(500);
        rig.legs.onInvite(invite -> invite.refuse(503, null, SipHeaders.of("Retry-After", "5")));
        Rig.Asked refused = rig.invite(Rig.OFFER).send();
        assertThat(Messages.value(refused.last(), "Retry-After")).isEqualTo("5");
        rig.legs.onInvite(null);
        assertThat(rig.invite(Rig.OFFER).send().code()).isEqualTo(480);
        rig.assertNothingLeft();
    }

    @Test
    void redirectsNameUris() {
        assertThatThrownBy(() -> Redirects.headers(List.of("not a uri"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Redirects.headers(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(Redirects.headers(List.of("tel:+123")).encode()).isEqualTo("Contact: <tel:+123>\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a@b>;tag=1,<sip:c@d", "<sip:a@b>", "sip:a@b sip:c@d", "sip:a@b\tx", "sip:\"a\"@b", "sip:a@b\u0000", ""})
    void whatIsMoreThanAUriIsNone(String text) {
        assertThatThrownBy(() -> Addresses.sipUri(text, "from")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("from");
    }
}
