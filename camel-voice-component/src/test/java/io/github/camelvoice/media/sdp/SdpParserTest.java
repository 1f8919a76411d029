package io.github.camelvoice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpParserTest {

    private static final String RICH = """
            v=0
            o=jdoe 20518446744073709551 20518446744073709552 IN IP4 198.51.100.1
            s=SDP Seminar
            i=A Seminar
            c=IN IP4 198.51.100.1
            b=X-YZ:128
            t=2873397496 2873404696
            y=what is this
            a=tool: with blanks
            a=recvonly
            m=audio 49170/2 RTP/AVP 0 101
            b=AS:64
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            m=video 51372 RTP/AVP 99
            c=IN IP6 2001:db8::2
            a=rtpmap:99 h263-1998/90000
            """;

    @Test
    void everythingIsKept() throws Exception {
        SdpSession session = SdpParser.parse(RICH);
        assertThat(session.origin()).startsWith("jdoe 20518446744073709551 20518446744073709552 ");
        assertThat(session.attributes().get(0)).isEqualTo(new SdpAttribute("tool", " with blanks"));
        assertThat(session.other()).containsExactly("i=A Seminar", "b=X-YZ:128", "t=2873397496 2873404696", "y=what is this");
        assertThat(session.media()).hasSize(2);
        assertThat(session.media().get(0).port()).isEqualTo(49170);
        assertThat(session.directionOf(session.media().get(0))).isEqualTo(MediaDirection.RECVONLY);
        assertThat(session.connectionOf(session.media().get(1)).address()).isEqualTo("2001:db8::2");
        assertThat(SdpParser.parse(session.toString())).isEqualTo(session);
    }

    @Test
    void lineEndsOfEitherKind() throws Exception {
        assertThat(SdpParser.parse(RICH.replace("\n", "\r\n"))).isEqualTo(SdpParser.parse(RICH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hello | line 1", "v=1 | line 1", "v=0;s=-;m=audio | line 3", "v=0;m=audio x RTP/AVP 0 | line 2", "v=0;m=audio 70000 RTP/AVP 0 | line 2",
        "v=0;c=IN IP4 | line 2", "v=0;nonsense | line 2"})
    void wrongLineIsNamed(String text, String where) {
        assertThatThrownBy(() -> SdpParser.parse(text.replace(';', '\n'))).isInstanceOf(SdpException.class).hasMessageContaining(where);
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> SdpParser.parse("")).isInstanceOf(SdpException.class);
        assertThatThrownBy(() -> SdpParser.parse("v=0\n" + "a=x\n".repeat(1000))).hasMessageContaining("lines");
        assertThatThrownBy(() -> SdpParser.parse("v=0\na=" + "x".repeat(20000))).hasMessageContaining("longer");
        assertThatThrownBy(() -> SdpParser.parse("v=0\n" + "m=audio 1 RTP/AVP 0\n".repeat(17))).hasMessageContaining("streams");
    }

    /** Whatever comes: an answer or one of the two exceptions, nothing else. */
    @Test
    void mutatedOffersNeverBreakAnything() {
        Random random = new Random(42);
        String offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\na=rtcp:4001\r\na=ptime:20\r\na=sendrecv\r\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(offer);
            for (int n = random.nextInt(6); n >= 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
                }
            }
            OfferAnswer us = new OfferAnswer(List.of("PCMU"), InetAddress.getLoopbackAddress(), 5000, 20, i);
            try {
                assertThat(us.answer(text.toString())).startsWith("v=0\r\n");
            } catch (SdpException | NotAcceptableException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }
}
