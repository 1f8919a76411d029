package io.github.camelvoice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static OfferAnswer side(int port, String... codecs) {
        return new OfferAnswer(codecs.length == 0 ? List.of("PCMU", "PCMA", "G722") : List.of(codecs), HERE, port, 20, 1000 + port);
    }

    private static String offer(String... lines) {
        return "v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    @Test
    void twoSidesAgree() throws Exception {
        OfferAnswer caller = side(4000);
        OfferAnswer callee = side(5000, "PCMA", "PCMU");
        NegotiatedAudio atCaller = caller.accept(callee.answer(caller.offer()));
        NegotiatedAudio atCallee = callee.agreed();
        assertThat(atCaller.encoding()).isEqualTo("PCMU").isEqualTo(atCallee.encoding());
        assertThat(atCaller.remoteRtp()).isEqualTo(new InetSocketAddress(HERE, 5000));
        assertThat(atCaller.remoteRtcp().getPort()).isEqualTo(5001);
        assertThat(atCallee.remoteRtp().getPort()).isEqualTo(4000);
        assertThat(atCaller.dtmfSend()).isEqualTo(101).isEqualTo(atCallee.dtmfReceive());
        assertThat(atCaller.direction()).isEqualTo(MediaDirection.SENDRECV);
        assertThat(atCaller.ptimeMillis()).isEqualTo(20);
        assertThat(caller.state()).isEqualTo(NegotiationState.AGREED);
    }

    @Test
    void offererChoosesTheCodec() throws Exception {
        OfferAnswer callee = side(5000);
        String answer = callee.answer(offer("m=audio 4000 RTP/AVP 18 8 0 96", "a=rtpmap:18 G729/8000", "a=rtpmap:96 telephone-event/8000"));
        assertThat(callee.agreed().encoding()).isEqualTo("PCMA");
        assertThat(callee.agreed().dtmfSend()).isEqualTo(96);
        assertThat(answer).contains("m=audio 5000 RTP/AVP 8 96\r\n", "a=rtpmap:8 PCMA/8000\r\n", "a=rtpmap:96 telephone-event/8000\r\n");
    }

    @Test
    void dynamicPayloadTypesOfEachSideAreKept() throws Exception {
        OfferAnswer caller = side(4000, "G722");
        caller.offer();
        NegotiatedAudio audio = caller.accept(offer("m=audio 6000 RTP/AVP 97 98", "a=rtpmap:97 g722/8000", "a=rtpmap:98 Telephone-Event/8000"));
        assertThat(audio.sendPayload()).isEqualTo(97);
        assertThat(audio.receivePayload()).isEqualTo(9);
        assertThat(audio.dtmfSend()).isEqualTo(98);
        assertThat(audio.dtmfReceive()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, false, sendrecv, SENDRECV, false", "sendonly, false, recvonly, RECVONLY, true",
        "recvonly, false, sendonly, SENDONLY, false", "inactive, false, inactive, INACTIVE, true",
        "sendrecv, true, sendonly, SENDONLY, false", "sendonly, true, inactive, INACTIVE, true"})
    void directionOfTheAnswer(String offered, boolean weHold, String answered, MediaDirection ours, boolean held) throws Exception {
        OfferAnswer callee = side(5000);
        callee.hold(weHold);
        String answer = callee.answer(offer("m=audio 4000 RTP/AVP 0", "a=" + offered));
        assertThat(answer).contains("a=" + answered + "\r\n");
        assertThat(callee.agreed().direction()).isEqualTo(ours);
        assertThat(callee.agreed().heldByRemote()).isEqualTo(held);
    }

    @Test
    void sessionDirectionCountsAndOldHoldIsHold() throws Exception {
        OfferAnswer callee = side(5000);
        callee.answer("v=0\no=x 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\na=sendonly\nm=audio 4000 RTP/AVP 0\n");
        assertThat(callee.agreed().heldByRemote()).isTrue();
        callee.answer("v=0\no=x 1 2 IN IP4 192.0.2.1\ns=-\nc=IN IP4 0.0.0.0\nt=0 0\nm=audio 4000 RTP/AVP 0\n");
        assertThat(callee.agreed().heldByRemote()).isTrue();
        assertThat(callee.agreed().direction().sends()).isFalse();
    }

    @Test
    void holdAndResumeRaiseTheVersion() throws Exception {
        OfferAnswer us = side(4000);
        OfferAnswer them = side(5000);
        String first = us.offer();
        us.accept(them.answer(first));
        us.hold(true);
        String hold = us.offer();
        assertThat(hold).contains("a=sendonly").contains("o=- 5000 5001 IN IP4 127.0.0.1");
        us.accept(them.answer(hold));
        assertThat(us.agreed().direction()).isEqualTo(MediaDirection.SENDONLY);
        assertThat(them.agreed().heldByRemote()).isTrue();
        assertThat(us.offer()).isEqualTo(hold);
        us.rollback();
        us.hold(false);
        us.accept(them.answer(us.offer()));
        assertThat(us.agreed().direction()).isEqualTo(MediaDirection.SENDRECV);
    }

    @Test
    void otherStreamsAreRefusedInPlace() throws Exception {
        OfferAnswer callee = side(5000);
        String answer = callee.answer(offer("m=video 4100 RTP/AVP 99", "a=rtpmap:99 H264/90000", "m=audio 4200 RTP/SAVP 0",
                "m=audio 4000 RTP/AVP 0", "m=image 4300 udptl t38"));
        SdpSession session = SdpParser.parse(answer);
        assertThat(session.media()).extracting(SdpMedia::port).containsExactly(0, 0, 5000, 0);
        assertThat(session.media()).extracting(SdpMedia::type).containsExactly("video", "audio", "audio", "image");
        SdpSession reoffer = SdpParser.parse(callee.offer());
        assertThat(reoffer.media()).extracting(SdpMedia::port).containsExactly(0, 0, 5000, 0);
    }

    @Test
    void rtcpAttributeAndPacketTimes() throws Exception {
        OfferAnswer callee = side(5000);
        callee.answer(offer("m=audio 4000 RTP/AVP 0", "a=rtcp:4444 IN IP4 192.0.2.9", "a=ptime:30", "a=maxptime:150"));
        assertThat(callee.agreed().remoteRtcp()).isEqualTo(new InetSocketAddress(InetAddress.getByName("192.0.2.9"), 4444));
        assertThat(callee.agreed().ptimeMillis()).isEqualTo(30);
        callee.answer(offer("m=audio 4000 RTP/AVP 0", "a=ptime:200"));
        assertThat(callee.agreed().ptimeMillis()).isEqualTo(60);
        callee.answer(offer("m=audio 4000 RTP/AVP 0", "a=ptime:x"));
        assertThat(callee.agreed().ptimeMillis()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "m=audio 0 RTP/AVP 0 | switched off", "m=audio 4000 RTP/SAVP 0 | RTP/SAVP", "m=audio 4000 RTP/AVP 18 | no common codec",
        "m=video 4000 RTP/AVP 99 | no audio", "m=audio 4000 RTP/AVP 96 | no common codec"})
    void whatCannotBeUsedIsSaid(String stream, String why) {
        assertThatThrownBy(() -> side(5000).answer(offer(stream))).isInstanceOf(NotAcceptableException.class).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"example.com", "239.1.2.3", "999.1.1.1", "1.2.3", "::zz"})
    void addressMustBeAUnicastLiteral(String address) {
        assertThatThrownBy(() -> side(5000).answer("v=0\no=x 1 1 IN IP4 a\ns=-\nc=IN IP4 " + address + "\nt=0 0\nm=audio 4000 RTP/AVP 0\n"))
                .isInstanceOf(NotAcceptableException.class);
    }

    @Test
    void ip6() throws Exception {
        OfferAnswer callee = new OfferAnswer(List.of("PCMU"), InetAddress.getByName("::1"), 5000, 20, 1);
        String answer = callee.answer("v=0\no=x 1 1 IN IP6 2001:db8::1\ns=-\nc=IN IP6 2001:db8::1\nt=0 0\nm=audio 4000 RTP/AVP 0\n");
        assertThat(answer).contains("c=IN IP6 0:0:0:0:0:0:0:1");
        assertThat(callee.agreed().remoteRtp().getAddress()).isEqualTo(InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void forkedAnswersReplaceEachOther() throws Exception {
        OfferAnswer caller = side(4000);
        caller.offer();
        caller.accept(offer("m=audio 6000 RTP/AVP 0"));
        NegotiatedAudio second = caller.accept(offer("m=audio 7000 RTP/AVP 8"));
        assertThat(second.remoteRtp().getPort()).isEqualTo(7000);
        assertThat(second.encoding()).isEqualTo("PCMA");
    }

    @Test
    void answersWithoutOurStream() {
        OfferAnswer caller = side(4000);
        caller.offer();
        assertThatThrownBy(() -> caller.accept(offer())).hasMessageContaining("leaves our audio stream out");
        assertThatThrownBy(() -> caller.accept(offer("m=audio 0 RTP/AVP 0"))).hasMessageContaining("refuses");
        assertThatThrownBy(() -> caller.accept(offer("m=audio 6000 RTP/AVP 3"))).hasMessageContaining("no codec");
        assertThat(caller.state()).isEqualTo(NegotiationState.OFFERED);
    }

    @Test
    void stepsOutOfOrderAreRefused() throws Exception {
        OfferAnswer us = side(4000);
        assertThatThrownBy(() -> us.accept(offer("m=audio 6000 RTP/AVP 0"))).isInstanceOf(IllegalStateException.class);
        us.offer();
        assertThatThrownBy(() -> us.answer(offer("m=audio 6000 RTP/AVP 0"))).isInstanceOf(IllegalStateException.class);
        us.rollback();
        us.answer(offer("m=audio 6000 RTP/AVP 0"));
        assertThatThrownBy(() -> us.accept(offer("m=audio 6000 RTP/AVP 0"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> side(1, "SPEEX")).hasMessageContaining("SPEEX");
    }

    @ParameterizedTest
    @CsvSource({
        "FRESH, OFFER, OFFERED", "FRESH, ACCEPT,", "FRESH, ANSWER, AGREED", "FRESH, ROLLBACK, FRESH",
        "OFFERED, OFFER, OFFERED", "OFFERED, ACCEPT, AGREED", "OFFERED, ANSWER,", "OFFERED, ROLLBACK, FRESH",
        "AGREED, OFFER, REOFFERED", "AGREED, ACCEPT, AGREED", "AGREED, ANSWER, AGREED", "AGREED, ROLLBACK, AGREED",
        "REOFFERED, OFFER, REOFFERED", "REOFFERED, ACCEPT, AGREED", "REOFFERED, ANSWER,", "REOFFERED, ROLLBACK, AGREED"})
    void everyStepInEveryState(NegotiationState state, NegotiationState.Step step, NegotiationState next) {
        assertThat(state.after(step)).isEqualTo(next);
    }
}
