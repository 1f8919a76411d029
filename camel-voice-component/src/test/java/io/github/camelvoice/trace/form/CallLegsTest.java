package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLegsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final InetSocketAddress US = new InetSocketAddress("192.0.2.1", 5060);

    private static SipInfo leg(int number, String peer, Integer code, long... offsets) {
        boolean caller = number == 0;
        String uri = "sip:p" + number + "@192.0.2." + (10 + number);
        EndCause cause = code == null ? EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, "OK")
                : EndCause.ofStatus(code, "No", EndCause.Origin.REMOTE, "");
        CallRecord call = new CallRecord("c" + number, "sip" + number, "default", caller ? CallDirection.INBOUND : CallDirection.OUTBOUND,
                caller ? uri : "sip:voice@192.0.2.1", caller ? "sip:team@192.0.2.1" : uri, uri, "udp", "", "", peer, caller ? null : "c0", NOON, null,
                peer == null ? null : NOON.plusSeconds(1), NOON.plusSeconds(5), "PCMU", cause, MediaFigures.NONE, MediaFigures.NONE);
        List<SipMessage> messages = new ArrayList<>();
        InetSocketAddress far = new InetSocketAddress("192.0.2." + (10 + number), 5060);
        for (long offset : offsets) {
            messages.add(new SipMessage(NOON.plusMillis(offset), "udp", !caller, caller ? far : US, caller ? US : far,
                    ("INVITE " + uri + " SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
        }
        return new SipInfo(call, messages, number);
    }

    @Test
    void messagesOfAllLegsComeInOrderOfTime() {
        CallLegs legs = new CallLegs(List.of(leg(0, "c1", null, 0, 50), leg(1, "c0", null, 20, 60), leg(2, null, 486, 10)));
        assertThat(legs.messages()).extracting(CallLegs.Said::leg).containsExactly(0, 2, 1, 0, 1);
        assertThat(legs.dropped()).isEqualTo(3);
        assertThat(legs.merged().messages()).hasSize(5);
        assertThat(legs.merged().call().callId()).isEqualTo("c0");
        assertThat(Pcap.write(legs.merged(), true)).isNotEmpty();
    }

    @Test
    void eachLegHasAColumnThatSaysWhatBecameOfIt() {
        Ladder ladder = new CallLegs(List.of(leg(0, "c1", null, 0), leg(1, "c0", null, 20), leg(2, null, 486, 10), leg(3, null, 487, 15))).ladder();
        assertThat(ladder.parties()).containsExactly(new Ladder.Party("p0@192.0.2.10", false, "caller"), new Ladder.Party("gateway", true, "this gateway"),
                new Ladder.Party("p1@192.0.2.11", false, "bridged"), new Ladder.Party("p2@192.0.2.12", false, "busy (486)"),
                new Ladder.Party("p3@192.0.2.13", false, "cancelled (487)"));
        assertThat(ladder.arrows()).extracting(arrow -> arrow.from() + ">" + arrow.to()).containsExactly("0>1", "1>3", "1>4", "1>2");
        assertThat(ladder.svg()).contains("busy (486)", "p3@192.0.2.13");
        assertThat(ladder.mermaid()).contains("participant p4 as p3@192.0.2.13 (cancelled (487))");
    }

    @Test
    void tenCalleesFitAndFurtherOnesShareTheLastColumn() {
        List<SipInfo> legs = new ArrayList<>(List.of(leg(0, "c1", null, 0)));
        for (int i = 1; i <= 10; i++) {
            legs.add(leg(i, null, 486, 10 + i));
        }
        String text = new CallLegs(legs).ladder().text();
        assertThat(text).contains("p0@192.0.2.10", "p10@192.0.2.20").doesNotContain("others");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(240));
        legs.add(leg(11, null, 486, 30));
        Ladder more = new CallLegs(legs).ladder();
        assertThat(more.parties()).hasSize(12).last().isEqualTo(new Ladder.Party("others", false, ""));
        assertThat(more.arrows()).last().returns(11, Ladder.Arrow::to);
    }

    @Test
    void aTraceThatTwoLegsShareIsThereOnce() {
        SipInfo one = leg(1, "c0", null, 20);
        assertThat(new CallLegs(List.of(one, one)).messages()).hasSize(1);
    }

    @Test
    void thereIsAtLeastOneLeg() {
        assertThatThrownBy(() -> new CallLegs(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
