package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageGuardTest {

    private static final String GOOD = Text.request("INVITE", "sip:a@b", "UDP", "c:1");

    private static String check(String text, boolean datagram) {
        return MessageGuard.check(text.getBytes(StandardCharsets.UTF_8), datagram);
    }

    private static String with(String line) {
        return GOOD.replace("Max-Forwards", line.replace("\\r\\n", "\r\n") + "\r\nMax-Forwards");
    }

    @Test
    void passesWhatIsFine() {
        assertThat(check(GOOD, true)).isNull();
        assertThat(check(GOOD, false)).isNull();
        assertThat(check(GOOD.replace("\r\n", "\n"), true)).isNull();
        assertThat(check(with("Subject: folded\\r\\n over: two lines"), true)).isNull();
        assertThat(check(with("Via: SIP/2.0/UDP x"), true)).isNull();
        assertThat(check(GOOD.replace("Content-Length: 0", "l:0"), false)).isNull();
        assertThat(check(GOOD + "extra", true)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "From: <sip:x@y>;tag=2, Repeated header field",
        "f: <sip:x@y>;tag=2, Repeated header field",
        "TO : <sip:x@y>, Repeated header field",
        "i: other, Repeated header field",
        "CSeq: 7 INVITE, Repeated header field",
        "max-forwards: 3, Repeated header field",
        "Content-Length: 0, Repeated header field",
        "no colon here, Malformed header field",
        ": nameless, Malformed header field",
    })
    void namesWhatIsWrong(String line, String problem) {
        assertThat(check(with(line), true)).isEqualTo(problem);
    }

    @Test
    void boundsEverything() {
        assertThat(check(with("Y: 1\\r\\n".repeat(64) + "Y: 1"), true)).isEqualTo("Too many header fields");
        assertThat(check(with("Contact: " + "<sip:a@b>,".repeat(20) + "<sip:a@b>"), true)).isEqualTo("Too many contacts");
        assertThat(check(with("m: <sip:a@b>\\r\\n" + " ,<sip:a@b>".repeat(20)), true)).isEqualTo("Too many contacts");
        assertThat(check(with("X: " + "a".repeat(9000)), true)).isEqualTo("Header field too long");
        assertThat(check(with("X: a\u0000b"), true)).isEqualTo("NUL in header");
        assertThat(check(GOOD.substring(0, GOOD.length() - 2), true)).isEqualTo("Header not terminated");
        assertThat(check("INVITE", true)).isEqualTo("No start line");
    }

    @ParameterizedTest
    @CsvSource({"-1", "4294967296", "10000000000000000000", "0x10", "1 2", "''", "999999999999999999999999"})
    void contentLengthIsAPlainNumber(String value) {
        String text = GOOD.replace("Content-Length: 0", "Content-Length: " + value);
        assertThat(check(text, true)).isEqualTo("Bad Content-Length");
    }

    @Test
    void aBodyIsNotShorterThanSaid() {
        String text = GOOD.replace("Content-Length: 0", "Content-Length: 5");
        assertThat(check(text + "abcd", true)).isEqualTo("Body shorter than Content-Length");
        assertThat(check(text + "abcde", true)).isNull();
        assertThat(check(GOOD.replace("Content-Length: 0\r\n", ""), true)).isNull();
        assertThat(check(GOOD.replace("Content-Length: 0\r\n", ""), false)).isEqualTo("Content-Length missing");
    }

    @Test
    void aStreamIsCutIntoMessagesWhereverItsBytesBreak() throws IOException {
        String body = GOOD.replace("Content-Length: 0", "Content-Length: 4") + "body";
        byte[] stream = ("\r\n" + GOOD + "\r\n\r\n" + body + GOOD).getBytes(StandardCharsets.UTF_8);
        for (int chunk : new int[] {1, 7, 333, 100_000}) {
            FrameReader reader = new FrameReader(inChunks(stream, chunk));
            assertThat(reader.next()).asString().isEqualTo(GOOD);
            assertThat(reader.next()).isEmpty();
            assertThat(reader.next()).asString().isEqualTo(body);
            assertThat(reader.next()).asString().isEqualTo(GOOD);
            assertThat(reader.next()).isNull();
        }
    }

    private static InputStream inChunks(byte[] bytes, int chunk) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, chunk));
            }
        };
    }

    @Test
    void aStreamThatIsNoSipIsGivenUp() {
        for (String bad : new String[] {"X".repeat(20_000), GOOD.replace("Content-Length: 0", "Content-Length: 70000"),
            GOOD.replace("Content-Length: 0\r\n", ""), GOOD.replace("Content-Length: 0", "Content-Length: 1\r\nl: 0")}) {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(reader::next).isInstanceOf(ProtocolException.class);
        }
    }
}
