package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipParserTest {

    private static final String RICH = "INVITE sips:b%40c@example.com:5061;maddr=x?subject=y SIP/2.0\r\n"
            + "VIA: SIP/2.0/TLS a;branch=z9hG4bK1;received=1.2.3.4, SIP/2.0/UDP b:5070\r\nv: SIP / 2.0 / TCP c\r\n"
            + "From: \"A \\\"quoted\\\" name\" <sip:a@b>;tag=1;x=y\r\nt: sip:b@c;tag=2\r\ni: abc@host\r\nCSeq: 0042   INVITE\r\nMax-Forwards: 7\r\n"
            + "m: <sip:a@b:1;transport=tcp>;q=0.5;expires=3600, \"x\" <sip:c@d>\r\nRoute: <sip:p;lr>,<sip:q;lr>\r\nRecord-Route: <sip:r;lr>;a=b\r\n"
            + "allow: INVITE, ACK\r\nAllow: BYE\r\nk: timer, 100rel\r\nRequire: x\r\nSession-Expires: 1800;refresher=uac\r\nMin-SE: 90\r\n"
            + "User-Agent: Phone/1.0 (x)\r\nP-Asserted-Identity: <sip:z@y>\r\nX-Own: one\r\nX-Own: two, three\r\nx-own: four\r\n"
            + "Subject: folded\r\n  line\r\nAuthorization: Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"0\", nc=00000001\r\n"
            + "Reason: SIP;cause=200;text=\"x\"\r\nc: application/sdp\r\nl: 4\r\n\r\nbody";

    private final SipParser parser = new SipParser();

    private SIPMessage parse(String text) {
        try {
            return parser.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (ParseException bad) {
            throw new AssertionError(text, bad);
        }
    }

    @Test
    void readsWhatJainSipsOwnChoiceReads() throws ParseException {
        SIPMessage theirs = new StringMsgParser().parseSIPMessage(RICH.getBytes(StandardCharsets.UTF_8), true, false, null);
        SIPMessage ours = parse(RICH);
        assertThat(ours.encode().lines().map(l -> l.toLowerCase(java.util.Locale.ROOT)).sorted().toList())
                .isEqualTo(theirs.encode().lines().map(l -> l.toLowerCase(java.util.Locale.ROOT)).sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refer-To", "refer-to", "r", "REFER-TO"})
    void whomAReferNamesIsAnAddress(String name) {
        SIPMessage refer = parse("REFER sip:b@c SIP/2.0\r\nVia: SIP/2.0/UDP b;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>;tag=2\r\n"
                + "Call-ID: x\r\nCSeq: 2 REFER\r\nMax-Forwards: 7\r\n" + name + ": \"C\" <sip:c@d?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>\r\n\r\n");
        assertThat(refer.getHeader("Refer-To")).isInstanceOf(gov.nist.javax.sip.header.ReferTo.class);
    }

    @Test
    void fieldsThatNobodyKnowsAreKeptInTheirOrder() {
        SIPMessage message = parse(RICH);
        Iterable<SIPHeader> own = () -> (Iterator<SIPHeader>) message.getHeaders("X-Own");
        assertThat(StreamSupport.stream(own.spliterator(), false).map(h -> ((SIPHeader) h).getHeaderValue()).collect(Collectors.toList()))
                .containsExactly("one", "two, three", "four");
        assertThat(((SIPRequest) message).getRawContent()).asString().isEqualTo("body");
    }

    @Test
    void whoSendsManyNamesDoesNotTakeThemFromOthers() throws ParseException {
        HeaderFields fields = new HeaderFields();
        for (int i = 0; i < HeaderFields.MAX_NAMES; i++) {
            fields.parse("X-Taken-" + i, "x-taken-" + i, "v");
        }
        assertThat(fields.parse("X-Customer", "x-customer", "7")).isNotNull();
        assertThat(fields.parse("X-Taken-0", "x-taken-0", "v")).isNotNull();
    }

    @Test
    void namesFromOutsideDoNotFillTheMemory() {
        HeaderFields fields = new HeaderFields();
        for (int i = 0; i < 10_000; i++) {
            try {
                fields.parse("X-Random-" + i, "x-random-" + i, "v");
            } catch (ParseException impossible) {
                throw new AssertionError(impossible);
            }
        }
        assertThat(fields.extensionNames()).isPositive().isLessThanOrEqualTo(HeaderFields.MAX_NAMES);
        String request = Text.request("OPTIONS", "sip:a@b", "UDP", "c:1", "Y".repeat(65) + ": long", "Z-Fine: 1");
        assertThat(parse(request).getHeader("Z-Fine")).isNotNull();
        assertThat(parse(request).encode()).doesNotContain("YYY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSeq: 2147483648 INVITE", "CSeq: 1", "CSeq: one INVITE", "CSeq: 1 IN VITE", "CSeq: 1 <x>", "Call-ID: a b", "Call-ID:",
        "Max-Forwards: 256", "Max-Forwards: +1", "Content-Length: 1e1", "Via: SIP/2.0/UDP", "Contact: <sip:a@b", "From: <<>>"})
    void whatDecidesMustBeRight(String line) {
        String name = line.substring(0, line.indexOf(':'));
        String text = Text.request("INVITE", "sip:a@b", "UDP", "c:1").replaceAll(name + ": [^\r]*", line.replace("$", "\\$"));
        assertThatThrownBy(() -> parser.parse(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(ParseException.class);
    }
}
