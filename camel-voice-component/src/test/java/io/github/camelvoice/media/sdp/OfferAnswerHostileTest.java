package io.github.camelvoice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that are broken, or mean harm. */
class OfferAnswerHostileTest {

    private static final String GOOD = session("192.0.2.1", "m=audio 6000 RTP/AVP 0");

    private static OfferAnswer side() {
        return new OfferAnswer(List.of("PCMU", "PCMA", "G722"), InetAddress.getLoopbackAddress(), 4000, 20, 7);
    }

    private static String session(String address, String... lines) {
        return "v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    private static List<String> payloads(String sdp) throws SdpException {
        return SdpParser.parse(sdp).media().get(0).formats();
    }

    /** InetAddress asks the resolver for what does not start with a digit or a colon: refused by form, before it sees them. */
    @ParameterizedTest
    @ValueSource(strings = {".a:b", ".:1", "host.example"})
    void addressesThatWouldBeLookedUp(String address) {
        assertThatThrownBy(() -> side().answer(session(address, "m=audio 5000 RTP/AVP 0"))).isInstanceOf(NotAcceptableException.class)
                .hasMessageContaining("must be an IP address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.:b", "255.255.255.255", "::ffff:255.255.255.255", "ff02::1"})
    void addressesThatAreNoUnicastLiterals(String address) {
        assertThatThrownBy(() -> side().answer(session(address, "m=audio 5000 RTP/AVP 0"))).isInstanceOf(NotAcceptableException.class);
        assertThatThrownBy(() -> side().answer(session("192.0.2.1", "m=audio 5000 RTP/AVP 0", "a=rtcp:5001 IN IP4 " + address)))
                .isInstanceOf(NotAcceptableException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"m=audio 5000 RTP/SAVP 0 | RTP/SAVP", "m=image 5000 RTP/AVP 0 | not audio"})
    void anAnswerMayNotTurnTheStreamIntoAnother(String stream, String why) {
        OfferAnswer us = side();
        us.offer();
        assertThatThrownBy(() -> us.accept(session("192.0.2.1", stream))).isInstanceOf(NotAcceptableException.class).hasMessageContaining(why);
    }

    @Test
    void eventsTakeNoPayloadTypeThatMeansSomethingElse() throws Exception {
        OfferAnswer us = side();
        us.answer(session("192.0.2.1", "m=audio 5000 RTP/AVP 101 102", "a=rtpmap:101 PCMU/8000", "a=rtpmap:102 opus/48000/2"));
        List<String> offered = payloads(us.offer());
        assertThat(new HashSet<>(offered)).hasSameSizeAs(offered);
        assertThat(offered).containsExactly("101", "8", "9", "103");
    }

    @Test
    void anEarlyAnswerThatCannotBeUsedLeavesTheFirstOfferOpen() throws Exception {
        OfferAnswer us = side();
        us.offer();
        assertThatThrownBy(() -> us.accept("nonsense")).isInstanceOf(SdpException.class);
        assertThat(us.accept(GOOD).sendPayload()).isZero();
        assertThatThrownBy(() -> us.accept(session("host.example", "m=audio 5000 RTP/AVP 0"))).isInstanceOf(NotAcceptableException.class);
        us.rollback();
        assertThat(us.accept(session("192.0.2.1", "m=audio 6002 RTP/AVP 0")).remoteRtp().getPort()).isEqualTo(6002);
    }

    @Test
    void anUnusableAnswerRollsARepeatedOfferBack() throws Exception {
        OfferAnswer us = side();
        us.offer();
        NegotiatedAudio before = us.accept(GOOD);
        us.offer();
        assertThatThrownBy(() -> us.accept("nonsense")).isInstanceOf(SdpException.class);
        assertThat(us.state()).isEqualTo(NegotiationState.AGREED);
        assertThat(us.agreed()).isEqualTo(before);
        assertThat(us.answer(GOOD)).contains("m=audio 4000 RTP/AVP 0");
    }

    @Test
    void numberOfStreamsNeverFalls() throws Exception {
        OfferAnswer us = side();
        us.answer(session("192.0.2.1", "m=audio 5000 RTP/AVP 0", "m=video 6000 RTP/AVP 96"));
        us.offer();
        us.accept(GOOD);
        assertThat(SdpParser.parse(us.offer()).media()).extracting(SdpMedia::port).containsExactly(4000, 0);
    }

    @Test
    void theFirstUsableStreamCountsWhateverIsWrongWithOthers() throws Exception {
        OfferAnswer us = side();
        String answer = us.answer(session("192.0.2.1", "m=audio 5000 RTP/AVP 0", "c=IN IP4 host.example", "m=audio 5002 RTP/AVP 0"));
        assertThat(SdpParser.parse(answer).media()).extracting(SdpMedia::port).containsExactly(0, 4000);
    }

    @Test
    void reasonsAreShortAndPrintable() {
        assertThatThrownBy(() -> side().answer(session("192.0.2.1", "m=audio 5000 \"X" + "y".repeat(9000) + " 0")))
                .isInstanceOf(NotAcceptableException.class).message().hasSizeLessThan(120).doesNotContain("\"");
        assertThatThrownBy(() -> side().answer(session("h\u001b\u2028\\", "m=audio 5000 RTP/AVP 0")))
                .isInstanceOf(NotAcceptableException.class).message().matches("[\\x20-\\x7E&&[^\"\\\\]]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=vid\0eo 5000 X 0", "m=vid\u00e9o 5000 X 0", "a=x\ra=y"})
    void charactersThatAnAnswerWouldRepeat(String line) {
        assertThatThrownBy(() -> side().answer(session("192.0.2.1", line, "m=audio 5000 RTP/AVP 0"))).isInstanceOf(SdpException.class)
                .hasMessageContaining("line 6");
    }

    @Test
    void formatsAreBounded() {
        assertThatThrownBy(() -> side().answer(session("192.0.2.1", "m=audio 5000 RTP/AVP" + " 0".repeat(129))))
                .isInstanceOf(SdpException.class).hasMessageContaining("128 formats");
    }
}
