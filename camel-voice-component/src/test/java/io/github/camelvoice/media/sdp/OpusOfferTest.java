package io.github.camelvoice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opus as RFC 7587 has it in SDP, its examples (section 7) among them; G.729; telephone events in two clocks. */
class OpusOfferTest {

    private static OfferAnswer side(String... codecs) {
        return new OfferAnswer(List.of(codecs), InetAddress.getLoopbackAddress(), 4000, 20, 1000);
    }

    private static String sdp(String... lines) {
        return "v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    @Test
    void isOfferedWithTwoChannelsAndEventsInBothClocks() {
        String offer = side("OPUS", "PCMU", "G729").offer();
        assertThat(offer).contains("m=audio 4000 RTP/AVP 96 0 18 101 102\r\n", "a=rtpmap:96 opus/48000/2\r\n",
                "a=fmtp:96 maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;sprop-stereo=0;useinbandfec=1\r\n",
                "a=rtpmap:18 G729/8000\r\n", "a=fmtp:18 annexb=no\r\n",
                "a=rtpmap:101 telephone-event/48000\r\n", "a=rtpmap:102 telephone-event/8000\r\n", "a=ptime:20\r\n");
        assertThat(side("PCMU").offer()).doesNotContain("48000", "opus");
    }

    /** The examples of section 7 of RFC 7587, as they stand there. */
    @ParameterizedTest
    @ValueSource(strings = {
        "m=audio 54312 RTP/AVP 101|a=rtpmap:101 opus/48000/2",
        "m=audio 54312 RTP/AVP 101|a=rtpmap:101 opus/48000/2|a=fmtp:101 maxplaybackrate=16000; sprop-maxcapturerate=16000;"
                + "maxaveragebitrate=20000; stereo=1; useinbandfec=1; usedtx=0|a=ptime:40|a=maxptime:40",
        "m=audio 54312 RTP/AVP 101|a=rtpmap:101 opus/48000/2|a=fmtp:101 stereo=1; sprop-stereo=1",
        "m=audio 54312 RTP/AVP 101|a=rtpmap:101 OPUS/48000/2", "m=audio 54312 RTP/AVP 101|a=rtpmap:101 opus/48000"})
    void isUnderstoodAsTheRfcWritesIt(String lines) throws Exception {
        OfferAnswer us = side("PCMU", "OPUS");
        String answer = us.answer(sdp(lines.split("\\|")));
        assertThat(us.agreed().encoding()).isEqualTo("OPUS");
        assertThat(us.agreed().sendPayload()).isEqualTo(101);
        assertThat(us.agreed().dtmfSend()).isEqualTo(-1);
        assertThat(answer).contains("m=audio 4000 RTP/AVP 101\r\n", "a=rtpmap:101 opus/48000/2\r\n", "a=fmtp:101 maxplaybackrate=16000;");
        if (lines.contains("ptime:40")) {
            assertThat(us.agreed().ptimeMillis()).isEqualTo(40);
            assertThat(us.agreed().parameters()).contains("maxaveragebitrate=20000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus/8000/2", "opus/48000/3", "opus/48000/2/2", "opus", "PCMU/8000/2"})
    void isNotTakenForWhatItIsNot(String map) {
        assertThatThrownBy(() -> side("PCMU", "OPUS").answer(sdp("m=audio 54312 RTP/AVP 101", "a=rtpmap:101 " + map)))
                .isInstanceOf(NotAcceptableException.class);
    }

    @ParameterizedTest
    @CsvSource({"3, 20", "10, 10", "60, 60", "120, 60", "100, 60", "x, 20"})
    void packetTimesBeyondOursAreTheNearest(String ptime, int ours) throws Exception {
        OfferAnswer us = side("OPUS");
        us.answer(sdp("m=audio 54312 RTP/AVP 96", "a=rtpmap:96 opus/48000/2", "a=ptime:" + ptime));
        assertThat(us.agreed().ptimeMillis()).isEqualTo(ours);
    }

    /** Events in the clock of the codec that is agreed; where the far end has only the other, that. */
    @ParameterizedTest
    @CsvSource({"96 0 100 101, 100, 48000", "0 96 100 101, 101, 8000", "96 101, 101, 8000", "0 100, 100, 48000", "96, -1, 8000"})
    void eventsFitTheCodec(String formats, int payload, int clock) throws Exception {
        OfferAnswer us = side("PCMU", "OPUS");
        String offer = sdp("m=audio 54312 RTP/AVP " + formats, "a=rtpmap:96 opus/48000/2", "a=rtpmap:100 telephone-event/48000",
                "a=rtpmap:101 telephone-event/8000");
        String answer = us.answer(offer);
        assertThat(us.agreed().dtmfSend()).isEqualTo(payload);
        assertThat(us.agreed().types().dtmfClock()).isEqualTo(clock);
        if (payload > 0) {
            assertThat(answer).contains("a=rtpmap:" + payload + " telephone-event/" + clock);
        }
    }

    @Test
    void anAnswerToUsIsTakenWithTheNumbersOfBothSides() throws Exception {
        OfferAnswer us = side("OPUS", "PCMU");
        us.offer();
        NegotiatedAudio audio = us.accept(sdp("m=audio 6000 RTP/AVP 109 110", "a=rtpmap:109 opus/48000/2", "a=fmtp:109 useinbandfec=1",
                "a=rtpmap:110 telephone-event/8000"));
        assertThat(audio.sendPayload()).isEqualTo(109);
        assertThat(audio.receivePayload()).isEqualTo(96);
        assertThat(audio.dtmfSend()).isEqualTo(110);
        assertThat(audio.dtmfReceive()).isEqualTo(102);
        assertThat(audio.types().dtmfClock()).isEqualTo(8000);
        assertThat(audio.parameters()).isEqualTo("useinbandfec=1");
    }

    /** RFC 3264, section 8.3.2: in a session a number never gets another meaning. */
    @Test
    void numbersKeepTheirMeaning() throws Exception {
        OfferAnswer us = side("PCMU", "OPUS");
        us.answer(sdp("m=audio 6000 RTP/AVP 111 96 101", "a=rtpmap:111 opus/48000/2", "a=rtpmap:96 speex/8000", "a=rtpmap:101 iLBC/8000"));
        String offer = us.offer();
        assertThat(offer).contains("m=audio 4000 RTP/AVP 111 0 ", "a=rtpmap:111 opus/48000/2").doesNotContain("a=rtpmap:96 ", "a=rtpmap:101 ");
        us.rollback();
        assertThat(us.offer()).contains("m=audio 4000 RTP/AVP 111 0 ");
        OfferAnswer other = side("PCMU", "OPUS");
        other.answer(sdp("m=audio 6000 RTP/AVP 0 96", "a=rtpmap:96 speex/8000"));
        assertThat(other.offer()).contains("m=audio 4000 RTP/AVP 0 97 ", "a=rtpmap:97 opus/48000/2");
    }

    /** What can only be passed on is taken if there is nothing else. */
    @Test
    void g729IsTheLastResort() throws Exception {
        OfferAnswer us = side("G729", "PCMA");
        us.answer(sdp("m=audio 6000 RTP/AVP 18 8", "a=fmtp:18 annexb=yes"));
        assertThat(us.agreed().encoding()).isEqualTo("PCMA");
        assertThat(us.answer(sdp("m=audio 6000 RTP/AVP 18 0"))).contains("a=rtpmap:18 G729/8000\r\n", "a=fmtp:18 annexb=no\r\n");
        assertThat(us.agreed().encoding()).isEqualTo("G729");
        assertThatThrownBy(() -> side("PCMU", "PCMA").answer(sdp("m=audio 6000 RTP/AVP 18"))).isInstanceOf(NotAcceptableException.class);
    }
}
