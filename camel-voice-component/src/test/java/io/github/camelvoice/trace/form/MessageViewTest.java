package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageViewTest {

    private static MessageView view(String text) {
        return MessageView.of(Traces.bytes(text));
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE sip:a@b SIP/2.0, INVITE, INVITE sip:a@b SIP/2.0, false, 0",
        "SIP/2.0 100 Trying, 100, 100 Trying, true, 100",
        "sip/2.0 404 Not Found, 404, 404 Not Found, true, 404",
        "SIP/2.0 200, 200, 200, true, 200",
        "SIP/2.0 99999 x, 99999, 99999 x, true, 0",
        "SIP/2.0  486  Busy, 486, 486  Busy, true, 486",
        "nonsense, nonsense, nonsense, false, 0"})
    void readsTheFirstLine(String line, String method, String shown, boolean response, int code) {
        for (String message : new String[] {line, line + "\r\n", line + "\nCSeq: 1 X\n\n", "\r\n\r\n" + line + "\r\n"}) {
            MessageView view = view(message);
            assertThat(view.method()).isEqualTo(method);
            assertThat(view.line()).isEqualTo(shown);
            assertThat(view.isResponse()).isEqualTo(response);
            assertThat(view.code()).isEqualTo(code);
        }
    }

    @Test
    void findsHeadersFoldedAndInAnyCase() {
        MessageView view = view("SIP/2.0 200 OK\r\nx-long: a\r\n b\r\ncseq:\r\n\t7  INVITE\r\nc: application/sdp\r\n\r\nv=0\r\n");
        assertThat(view.cseqMethod()).isEqualTo("INVITE");
        assertThat(view.header("x-long")).isEqualTo("a\r\n b");
        assertThat(view.hasSdp()).isTrue();
    }

    @Test
    void aBodyIsNoHeader() {
        assertThat(view("BYE sip:a SIP/2.0\r\n\r\nCSeq: 1 BYE\r\n").cseqMethod()).isEmpty();
        assertThat(view("BYE sip:a SIP/2.0\r\nContent-Type: text/plain\r\n\r\nContent-Type: application/sdp\r\n").hasSdp()).isFalse();
        assertThat(view("BYE sip:a SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n").hasSdp()).isFalse();
    }

    @Test
    void takesAnyBytes() {
        Random random = new Random(3);
        byte[] alphabet = Traces.bytes("SIP/2.0 \r\n\t:CSeq:c ;,\"\\=");
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = random.nextInt(10) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            MessageView view = MessageView.of(noise);
            assertThat(view.line()).doesNotContain("\r", "\n");
            assertThat(view.method()).isNotNull();
            assertThat(view.cseqMethod()).isNotNull();
            view.hasSdp();
        }
    }
}
