package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LadderTest {

    private static SipInfo call() {
        SipMessage invite = Traces.message(false, 0,
                "INVITE sip:bob@192.0.2.1 SIP/2.0\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n");
        return Traces.of(invite, Traces.response(true, 2, "100 Trying", "INVITE"),
                new SipMessage(invite.time().plusMillis(500), "udp", false, invite.source(), invite.destination(), invite.data()),
                Traces.response(true, 1000, "200 OK", "INVITE"), Traces.request(false, 1020, "ACK"), Traces.request(false, 43_020, "BYE"),
                Traces.response(true, 43_021, "200 OK", "BYE"));
    }

    private static Document xml(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isDrawnForATerminal() {
        assertThat(Ladder.of(call()).text()).isEqualTo("""
                Call c-1 from sip:alice@192.0.2.77 to sip:bob@192.0.2.1 at 2026-11-21T10:00:00.000250Z
                hung up by the caller after 42 s

                        192.0.2.77:40123                                     192.0.2.1:5060
                                                                              this gateway
                   0.000        |------------------ INVITE (SDP) ------------------>|
                   0.002        |<-------------- 100 Trying (INVITE) ---------------|
                   0.500        |- - - - - - - - INVITE (SDP) again - - - - - - - ->|
                   1.000        |<---------------- 200 OK (INVITE) -----------------|
                   1.020        |----------------------- ACK ---------------------->|
                  43.020        |----------------------- BYE ---------------------->|
                  43.021        |<----------------- 200 OK (BYE) -------------------|
                """);
    }

    @Test
    void isWrittenForMermaid() {
        assertThat(Ladder.of(call()).mermaid()).isEqualTo("""
                sequenceDiagram
                    title hung up by the caller after 42 s
                    participant p0 as 192.0.2.77:40123
                    participant p1 as 192.0.2.1:5060 (this gateway)
                    p0->>p1: 0.000 INVITE (SDP)
                    p1->>p0: 0.002 100 Trying (INVITE)
                    p0-->>p1: 0.500 INVITE (SDP) again
                    p1->>p0: 1.000 200 OK (INVITE)
                    p0->>p1: 1.020 ACK
                    p0->>p1: 43.020 BYE
                    p1->>p0: 43.021 200 OK (BYE)
                """);
    }

    @Test
    void isAnImageWithATitleAndADescription() throws Exception {
        Element svg = xml(Ladder.of(call()).svg()).getDocumentElement();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).startsWith("Call c-1 from sip:alice@192.0.2.77");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("hung up by the caller after 42 s. 2 parties, 7 messages.");
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(7);
        assertThat(svg.getElementsByTagName("style").item(0).getTextContent()).contains("prefers-color-scheme:dark");
        assertThat(Ladder.of(call()).svg()).containsOnlyOnce("stroke-dasharray");
    }

    @Test
    void firstLinesHaveNoPasswords() {
        SipMessage invite = Traces.message(false, 0, "INVITE sip:bob:secret@192.0.2.1 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n");
        assertThat(Ladder.of(Traces.of(invite)).arrows().get(0).line()).isEqualTo("INVITE sip:bob:******@192.0.2.1 SIP/2.0");
    }

    @Test
    void modelHasPartiesAndArrows() {
        Ladder ladder = Ladder.of(call());
        assertThat(ladder.parties()).containsExactly(new Ladder.Party("192.0.2.77:40123", false), new Ladder.Party("192.0.2.1:5060", true));
        assertThat(ladder.arrows().get(3)).isEqualTo(new Ladder.Arrow(4, java.time.Duration.ofSeconds(1), 1, 0, "200 OK (INVITE)", "200 OK", 200,
                false));
        assertThat(ladder.arrows()).filteredOn(Ladder.Arrow::repeated).extracting(Ladder.Arrow::number).containsExactly(3);
    }

    @Test
    void whatBothEndsOfThisGatewaySawIsNoRepetition() {
        SipMessage out = Traces.request(true, 0, "INVITE");
        SipMessage in = new SipMessage(out.time(), "udp", false, out.source(), out.destination(), out.data());
        assertThat(Repetitions.of(List.of(out, in)).isEmpty()).isTrue();
        assertThat(Repetitions.of(List.of(out, in, out, in)).cardinality()).isEqualTo(2);
    }

    @Test
    void theMiddleOfALongTraceIsLeftOut() throws Exception {
        List<SipMessage> messages = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            messages.add(Traces.request(i % 2 == 0, i, "INFO", "X-Number: " + i));
        }
        Ladder ladder = Ladder.of(new SipInfo(Traces.record(), messages, 12));
        assertThat(ladder.arrows()).hasSize(400);
        assertThat(ladder.leftOut()).isEqualTo(4600);
        assertThat(ladder.arrows().get(399).number()).isEqualTo(5000);
        for (String form : List.of(ladder.text(), ladder.mermaid(), ladder.svg())) {
            assertThat(form).contains("4600 messages are left out here").contains("12 messages were too many to be kept").contains("4.999");
        }
        assertThat(ladder.mermaid().length()).isLessThan(50_000);
        xml(ladder.svg());
    }

    @Test
    void manyPartiesShareTheLastColumn() throws Exception {
        List<SipMessage> messages = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            messages.add(new SipMessage(Traces.START.plusMillis(i), "tcp", false,
                    Traces.at("2001:db8:1111:2222:3333:4444:5555:" + (1000 + i), 40_000 + i), Traces.at("2001:db8:1:2:3:4:5:1", 5060),
                    Traces.random(new Random(i), 0)));
        }
        Ladder ladder = Ladder.of(new SipInfo(Traces.record(), messages, 0));
        assertThat(ladder.parties()).hasSize(6);
        assertThat(ladder.parties().get(5).address()).isEqualTo("others");
        assertThat(ladder.text().lines()).allMatch(line -> line.length() <= 110);
        xml(ladder.svg());
    }

    @Test
    void aCallWithoutMessagesSaysSo() throws Exception {
        Ladder ladder = Ladder.of(Traces.of());
        assertThat(ladder.text()).contains("no messages were seen");
        assertThat(ladder.mermaid()).contains("participant p0 as nobody").contains("Note over p0: no messages were seen");
        xml(ladder.svg());
    }

    @ParameterizedTest
    @ValueSource(strings = {"</text><script>alert(1)</script>", "\"><svg onload=alert(1)>", "]]>&lt;&#x0;&amp",
        "a;b\nparticipant evil\np0->>p1: x", "%%{init: {\"theme\":\"x\"}}%%", "#35;#quot;<br/>", "end", "loop forever", "activate p0",
        "\u001b[31mred\u0007", "\u202egnirts", "\ud83d\ude00 \ufffe", "click p0 href \"javascript:alert(1)\"", "wrap:x"})
    void hostileTextBreaksNothing(String evil) throws Exception {
        EndCause cause = EndCause.ofStatus(486, evil, EndCause.Origin.REMOTE, evil);
        CallRecord call = Traces.record(CallDirection.OUTBOUND, cause, null, null);
        CallRecord hostile = new CallRecord(evil, evil, evil, call.direction(), evil, evil, evil, "udp", evil, evil, null, call.createdAt(), null,
                null, call.endedAt(), null, cause, call.received(), call.sent());
        Ladder ladder = Ladder.of(new SipInfo(hostile, List.of(
                Traces.message(true, 0, evil + " sip:a SIP/2.0\r\nCSeq: 1 " + evil + "\r\n\r\n"),
                Traces.message(false, 0, "SIP/2.0 486 " + evil + "\r\nCSeq: 1 " + evil + "\r\n\r\n")), 0));

        Document svg = xml(ladder.svg());
        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(all.item(i).getNodeName()).isIn("svg", "title", "desc", "style", "rect", "text", "line", "polygon", "g");
            for (int a = 0; a < all.item(i).getAttributes().getLength(); a++) {
                assertThat(all.item(i).getAttributes().item(a).getNodeName()).doesNotStartWith("on").isNotEqualTo("href");
            }
        }
        String[] lines = ladder.mermaid().split("\n");
        assertThat(lines).hasSize(6);
        assertThat(lines[4]).matches("    p0->>p1: 0\\.000 ([A-Za-z0-9 .,:/@()_+-]|#\\d+;)*");
        assertThat(lines[5]).matches("    p1->>p0: 0\\.000 486 ([A-Za-z0-9 .,:/@()_+-]|#\\d+;)*");
        assertThat(ladder.text()).matches("[ -~\n]*");
        assertThat(ladder.text().lines()).hasSizeLessThan(14).allMatch(line -> line.length() <= 110);
    }

    @Test
    void noiseCanBeDrawn() throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < 40; i++) {
            List<SipMessage> messages = new ArrayList<>();
            for (int j = random.nextInt(5); j >= 0; j--) {
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                messages.add(new SipMessage(Traces.START, "udp", random.nextBoolean(), Traces.US,
                        random.nextBoolean() ? Traces.US : Traces.PHONE, noise));
            }
            Ladder ladder = Ladder.of(new SipInfo(Traces.record(), messages, 0));
            xml(ladder.svg());
            assertThat(ladder.text()).matches("[ -~\n]*");
            assertThat(ladder.mermaid()).matches("(sequenceDiagram|    [ -~]*\n|\n)*");
        }
    }
}
