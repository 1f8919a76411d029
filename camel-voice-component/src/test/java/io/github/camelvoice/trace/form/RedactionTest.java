package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.trace.SipInfo;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    /** What stands between angle brackets is a secret: the text without the brackets must come out with asterisks there. */
    private static void hides(String marked) {
        String open = marked.replace("\u2039", "").replace("\u203a", "");
        StringBuilder hidden = new StringBuilder();
        boolean secret = false;
        for (char c : marked.toCharArray()) {
            if (c == '\u2039' || c == '\u203a') {
                secret = c == '\u2039';
            } else {
                hidden.append(secret && !Character.isWhitespace(c) ? '*' : c);
            }
        }
        assertThat(masked(open)).isEqualTo(hidden.toString());
        assertThat(masked(hidden.toString())).isEqualTo(hidden.toString());
    }

    private static String masked(String text) {
        return new String(Redaction.mask(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    private static String inHeader(String header) {
        return "INVITE sip:a@b SIP/2.0\r\nVia: x\r\n" + header + "\r\nCSeq: 1 INVITE\r\n\r\n";
    }

    private static String inSdp(String line) {
        return "SIP/2.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n" + line + "\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Digest username=\"bob\", realm=\"r\", nonce=\"n\", response=\"‹5ec2e7›\", algorithm=MD5, cnonce=\"c\", nc=00000001",
        "Proxy-Authorization: Digest response=\"‹5ec2e7›\"",
        "authorization:Digest username=\"bob\",response=‹5ec2e7›,opaque=\"\"",
        "AUTHORIZATION \t: DIGEST  username = \"bob\" , RESPONSE\t=\t\"‹5ec2e7›\" ,uri=sip:a",
        "Authorization: Digest username=\"bob\",\r\n response=\"‹5ec2e7›\",\r\n\tqop=auth",
        "Authorization:\r\n Digest\r\n username=\"bob\",response\r\n =\r\n \"‹5ec2e7›\"",
        "Authorization: Digest username=\"x, response=\\\"not this\\\", \", response=\"‹5ec2e7›\"",
        "Authorization: Digest response=\"‹5e›\", response=\"‹c2›\"",
        "Authorization: Basic ‹Ym9iOnNlY3JldA==›",
        "Proxy-Authorization: bearer ‹eyJhbGciOi.J9.x-y_z›",
        "Authorization: Negotiate ‹YII=›",
        "Authorization: ‹c2VjcmV0›",
        "Authorization: ‹Token abc def›",
        "Authorization: ‹Digest,response=\"5ec2e7\"›",
        "Authorization: Digest ‹username=\"bob, response=\"5ec2e7\"›",
        "Authorization: Digest ‹username=\"bob\" response=\"5ec2e7\"›",
        "Authorization: Digest ‹response=\"5ec2e7›",
        "Authorization: Digest ‹5ec2e7›",
        "Authorization: Digest",
        "Authorization:",
        "Authentication-Info: qop=auth, rspauth=\"‹5ec2e7›\", cnonce=\"c\", nc=00000001, nextnonce=\"n\"",
        "Proxy-Authentication-Info: rspauth=‹5ec2e7›",
        "Authorization: Basic ‹YTpi›\r\nAuthorization: Digest response=\"‹5ec2e7›\"\r\nProxy-Authorization: Basic ‹YTpi›",
        "WWW-Authenticate: Digest realm=\"r\", nonce=\"response=1\", response=\"no\"",
        "X-Authorization: Basic YTpi",
        "Subject: Authorization: Basic YTpi",
        "Subject: a\r\n Authorization: Basic YTpi"})
    void hidesCredentials(String header) {
        hides(inHeader(header));
        hides(inHeader(header).replace("\r\n", "\n"));
        hides(inHeader(header).replace("\r\n", "\r"));
        hides(inHeader(header).replaceAll("\r\n\r\n$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:‹d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj›|2^20|1:32",
        "a=crypto:1 F8_128 inline:‹a/b+c=›|2^20|1:4;inline:‹d/e+f=›|2^20|2:4 FEC_ORDER=FEC_SRTP",
        "A=CRYPTO : 1 X INLINE: ‹abc›",
        " a = crypto:1 X inline:‹abc›;inline:‹def›",
        "a=crypto:1 X ‹other:abc KDR=1›",
        "a=key-mgmt:mikey ‹AQAFgM0X›",
        "k=clear:‹secret words›",
        "k=base64:‹c2VjcmV0›",
        "k=uri:‹https://a/b?c›",
        "k=‹whatever›",
        "k=prompt",
        "a=crypto",
        "a=cryptographic:inline:x",
        "a=ice-pwd:asd88fgpdd777uzjYhagZg",
        "a=fmtp:96 inline:x",
        "i=k=clear:x"})
    void hidesKeys(String line) {
        hides(inSdp(line));
        hides(inSdp(line).replace("\r\n", "\n"));
        hides(inSdp(line).replace("Content-Type: application/sdp\r\n", ""));
        hides(inSdp(line).replace("Content-Type: application/sdp", "c:multipart/mixed;boundary=x"));
        hides(inSdp(line).replace("Content-Type: application/sdp", "Content-Type: Multipart / mixed ; boundary=x"));
        hides(inSdp(line).replace("Content-Type: application/sdp", "CONTENT-TYPE:\r\n application/SDP"));
    }

    @Test
    void aBodyThatIsNoSdpIsLeftAlone() {
        hides("INFO sip:a SIP/2.0\r\nContent-Type: text/plain\r\n\r\nk=clear:x\r\na=crypto:1 X inline:abc\r\nAuthorization: Basic YTpi\r\n");
        hides("INFO sip:a SIP/2.0\r\nVia: x;\r\n k=clear:x\r\nContent-Type: text/plain\r\n\r\nk=1");
    }

    @Test
    void hidesPasswordsInUrisWhereverTheyStand() {
        hides("INVITE sip:bob:‹secret›@example.com SIP/2.0\r\nFrom: <sip:a:‹b›@c>;tag=1\r\nTo: <sip:proxy.example.com:5060>\r\n"
                + "Contact: <sips:a:‹b,c;d›@192.0.2.1:5061;transport=tls>\r\nAuthorization: Digest uri=\"sip:bob:‹secret›@example.com\","
                + "response=\"‹5e›\"\r\nContent-Type: text/plain\r\n\r\ncall sip:d:‹e›@f, or sip:g@h");
        hides("INVITE sip:a@b SIP/2.0\r\nRoute: sip:p1.example.com:5060;lr,sip:p2.example.com:5060;lr\r\n"
                + "Refer-To: <sip:c:5060?Replaces=12345@192.0.2.1>\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/dtmf-relay\r\n\r\nSignal=‹5›\r\nDuration=160\r\n",
        "Application/DTMF-Relay ; x=y\r\n\r\n signal = ‹#›\n DURATION = 100",
        "application/dtmf-relay\r\n\r\n‹5›",
        "application/dtmf-relay\r\n\r\nDigits=‹12 34›\r\nDuration=160\r\n",
        "application/dtmf\r\n\r\n‹1›\r\n",
        "application/dtmf\r\n\r\n",
        "application/vnd.example.dtmf+x\r\n\r\n‹12›",
        "multipart/mixed;boundary=b\r\n\r\n--b\r\nContent-Type: application/dtmf-relay\r\n\r\nSignal=‹5›\r\nDuration=160\r\n--b--\r\n",
        "text/plain\r\n\r\nSignal=5\r\n",
        "application/sdp\r\n\r\nv=0\r\na=rtpmap:101 telephone-event/8000\r\n"})
    void hidesDigitsInInfo(String typeAndBody) {
        hides("INFO sip:a@b SIP/2.0\r\nContent-Length: 24\r\nContent-Type: " + typeAndBody);
        hides("INFO sip:a@b SIP/2.0\r\nc:" + typeAndBody);
    }

    @Test
    void messagesInMessagesAreLookedAt() {
        hides("NOTIFY sip:a SIP/2.0\r\nContent-Type: message/sipfrag\r\n\r\nSIP/2.0 200 OK\r\nAuthorization: Basic ‹YTpi›\r\n");
        hides("NOTIFY sip:a SIP/2.0\r\nContent-Type: multipart/signed;boundary=b\r\n\r\n--b\r\nContent-Type: message/sip\r\n\r\n"
                + "INVITE sip:a SIP/2.0\r\nAuthorization: Digest response=\"‹5e›\"\r\n\r\nk=clear:‹x›\r\n--b--\r\n");
    }

    @Test
    void anEmptyLineWithBlanksHidesNothingFromUs() {
        hides("INVITE sip:a SIP/2.0\r\nVia: x\r\n \t\r\nAuthorization: Basic ‹YTpi›\r\nContent-Type: text/plain\r\n\r\nk=clear:‹x›\r\n");
    }

    @Test
    void aMessageWithoutSecretsIsTheSameArray() {
        byte[] message = Traces.random(new Random(1), 300);
        assertThat(Redaction.mask(message)).isSameAs(message);
    }

    @Test
    void theGivenMessageIsNotChanged() {
        SipInfo info = Traces.of(Traces.request(false, 0, "INVITE", "Authorization: Basic YTpi"));
        byte[] before = info.messages().get(0).data().clone();
        SipInfo masked = Redaction.mask(info);
        assertThat(info.messages().get(0).data()).isEqualTo(before);
        assertThat(masked.messages().get(0).data()).isNotEqualTo(before).hasSameSizeAs(before);
    }

    /** Messages put together at random from parts whose secrets are known. */
    @Test
    void nothingSecretStaysAndNothingElseIsTouched() {
        for (int seed = 0; seed < 1_000; seed++) {
            hides(marked(new Random(seed)));
        }
    }

    private static String marked(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "INVITE sip:a@b SIP/2.0" : "SIP/2.0 200 OK");
        String end = random.nextInt(4) == 0 ? "\n" : "\r\n";
        text.append(end);
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(header(random, end)).append(end);
        }
        String[] types = {"", "Content-Type: application/sdp", "c : multipart/mixed;boundary=x", "content-type:APPLICATION/sdp;x=\"y\""};
        String type = types[random.nextInt(types.length)];
        text.append(type.isEmpty() ? "" : type + end).append(end);
        for (int i = random.nextInt(6); i > 0; i--) {
            String[] lines = {"v=0", "a=sendrecv", "k=prompt", "k=clear:‹" + word(random) + "›", "k=BASE64:‹" + word(random) + "=›",
                "a=crypto:" + i + " AES_CM_128_HMAC_SHA1_80 inline:‹" + word(random) + "›|2^20", "a=key-mgmt:mikey ‹" + word(random) + "›"};
            text.append(lines[random.nextInt(lines.length)]).append(end);
        }
        return text.toString();
    }

    private static String header(Random random, String end) {
        String[] names = {"Authorization", "Proxy-Authorization", "authorization ", "PROXY-AUTHORIZATION\t", "Subject", "From"};
        String name = names[random.nextInt(names.length)];
        String space = new String[] {"", " ", "\t ", end + " ", end + "\t  "}[random.nextInt(5)];
        String one = space.isEmpty() ? " " : space;
        boolean secret = name.toLowerCase(java.util.Locale.ROOT).contains("auth");
        if (name.equals("From")) {
            return name + ":" + space + "<sip:" + word(random) + (random.nextBoolean() ? ":‹" + word(random) + "›" : "") + "@example.com:5060>;tag=x";
        }
        if (!secret) {
            return name + ":" + space + "response=\"" + word(random) + "\"";
        }
        if (random.nextInt(3) == 0) {
            return name + ":" + space + (random.nextBoolean() ? "Basic" : "bEARER") + one + "‹" + word(random) + "=›";
        }
        StringBuilder value = new StringBuilder(name).append(':').append(space).append(random.nextBoolean() ? "Digest" : "dIGEST").append(one);
        int parameters = 1 + random.nextInt(5);
        for (int i = 0; i < parameters; i++) {
            boolean hidden = random.nextInt(3) == 0;
            String mark = hidden ? "‹" : "";
            String close = hidden ? "›" : "";
            value.append(i == 0 ? "" : "," + space).append(hidden ? random.nextBoolean() ? "response" : "ResPonse" : "username").append(space)
                    .append('=').append(space);
            value.append(random.nextBoolean() ? mark + word(random) + close : '"' + mark + word(random) + "\\\"," + close + '"');
        }
        return value.toString();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            word.append("abcdefXYZ0123456789/+._-".charAt(random.nextInt(24)));
        }
        return word.toString();
    }

    /** Damaged messages: the length stays, twice is as once, and a changed byte is an asterisk. */
    @Test
    void anyBytesCanBeMasked() {
        Random random = new Random(5);
        byte[] alphabet = Traces.bytes("\r\n\t :,=\"\\|;kaK@<>?\u0000");
        for (int i = 0; i < 5_000; i++) {
            byte[] message = marked(random).replace("‹", "").replace("›", "").getBytes(StandardCharsets.ISO_8859_1);
            for (int hits = random.nextInt(8); hits >= 0; hits--) {
                int at = random.nextInt(message.length);
                message[at] = random.nextInt(4) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            byte[] once = Redaction.mask(message);
            assertThat(once.length).isEqualTo(message.length);
            for (int at = 0; at < once.length; at++) {
                if (once[at] != message[at] && once[at] != '*') {
                    throw new AssertionError(new String(message, StandardCharsets.ISO_8859_1));
                }
            }
            if (!java.util.Arrays.equals(Redaction.mask(once), once)) {
                throw new AssertionError(new String(message, StandardCharsets.ISO_8859_1) + "\n->\n" + new String(once, StandardCharsets.ISO_8859_1)
                        + "\n->\n" + new String(Redaction.mask(once), StandardCharsets.ISO_8859_1));
            }
        }
    }
}
