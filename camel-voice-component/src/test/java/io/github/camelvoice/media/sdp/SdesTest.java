package io.github.camelvoice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.media.srtp.CryptoSuite;
import io.github.camelvoice.media.srtp.SrtpKeys;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in SDP (RFC 4568). */
class SdesTest {

    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String OTHER_KEY = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    private static final String GOOD = "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY;

    private static OfferAnswer side(MediaSecurity security) {
        return new OfferAnswer(List.of("PCMU", "PCMA"), security, new SecureRandom(), InetAddress.getLoopbackAddress(), 4000, 20, 7);
    }

    private static String sdp(String protocol, String... lines) {
        StringBuilder text = new StringBuilder("v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 6000 " + protocol + " 0\r\n");
        for (String line : lines) {
            text.append("a=crypto:").append(line).append("\r\n");
        }
        return text.toString();
    }

    private static List<String> cryptoLines(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("a=crypto:")).toList();
    }

    private static void agreeOnTheSame(OfferAnswer one, OfferAnswer two) {
        assertThat(one.keys()).isEqualTo(new SrtpKeys(two.keys().theirs(), two.keys().ours()));
        assertThat(one.keys().ours()).isNotEqualTo(one.keys().theirs());
    }

    @Test
    void whoMustHaveSrtpOffersItAlone() throws Exception {
        OfferAnswer caller = side(MediaSecurity.REQUIRED);
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        String offer = caller.offer();
        assertThat(offer).contains("m=audio 4000 RTP/SAVP 0 8 101\r\n");
        assertThat(cryptoLines(offer)).hasSize(2);
        assertThat(cryptoLines(offer).get(0)).startsWith("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:");
        assertThat(cryptoLines(offer).get(1)).startsWith("a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:");
        String answer = callee.answer(offer);
        assertThat(answer).contains("m=audio 4000 RTP/SAVP 0 101\r\n");
        assertThat(cryptoLines(answer)).singleElement().asString().startsWith("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:");
        caller.accept(answer);
        agreeOnTheSame(caller, callee);
    }

    @Test
    void whoWouldLikeItOffersBothInOne() throws Exception {
        OfferAnswer caller = side(MediaSecurity.OPTIONAL);
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        String offer = caller.offer();
        assertThat(offer).contains("m=audio 4000 RTP/AVP 0 8 101\r\n");
        assertThat(cryptoLines(offer)).hasSize(2);
        String answer = callee.answer(offer);
        assertThat(answer).contains("RTP/AVP 0 101\r\n");
        caller.accept(answer);
        agreeOnTheSame(caller, callee);
        // those who know no SRTP, or want none, see an offer of plain RTP
        OfferAnswer old = side(MediaSecurity.NONE);
        OfferAnswer again = side(MediaSecurity.OPTIONAL);
        String plain = old.answer(again.offer());
        assertThat(cryptoLines(plain)).isEmpty();
        again.accept(plain);
        assertThat(again.keys()).isNull();
        assertThat(old.keys()).isNull();
        assertThat(cryptoLines(again.offer())).as("plain stays plain").isEmpty();
    }

    @Test
    void someAnswerWithTheOtherTransport() throws Exception {
        OfferAnswer caller = side(MediaSecurity.OPTIONAL);
        caller.offer();
        caller.accept(sdp("RTP/SAVP", GOOD));
        assertThat(caller.keys().suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(caller.offer()).contains(" RTP/SAVP ");
        OfferAnswer strict = side(MediaSecurity.REQUIRED);
        strict.offer();
        strict.accept(sdp("RTP/AVP", GOOD));
        assertThat(strict.keys()).isNotNull();
    }

    @Test
    void anOfferThatWasMadeByAnotherTagIsAnsweredUnderThat() throws Exception {
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        String answer = callee.answer(sdp("RTP/SAVP", "3 F8_128_HMAC_SHA1_80 inline:" + KEY, "7 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|2^20|1:4",
                "9 AES_CM_128_HMAC_SHA1_80 inline:" + OTHER_KEY));
        assertThat(cryptoLines(answer)).singleElement().asString().startsWith("a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:");
        assertThat(callee.keys().suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_32);
    }

    @Test
    void aRepeatedOfferKeepsTheKeysAndANewKeyOfTheirsMakesANewOneOfOurs() throws Exception {
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        String first = callee.answer(sdp("RTP/SAVP", GOOD));
        SrtpKeys keys = callee.keys();
        assertThat(callee.answer(sdp("RTP/SAVP", GOOD))).as("not even the version rises").isEqualTo(first);
        assertThat(callee.keys()).isEqualTo(keys);
        callee.answer(sdp("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + OTHER_KEY));
        assertThat(callee.keys().ours()).isNotEqualTo(keys.ours());
        assertThat(callee.keys().theirs()).isNotEqualTo(keys.theirs());
    }

    @Test
    void ourOwnOffersSayTheSameKeyAgainAndOneThatIsRefusedChangesNothing() throws Exception {
        OfferAnswer one = side(MediaSecurity.REQUIRED);
        OfferAnswer two = side(MediaSecurity.OPTIONAL);
        one.accept(two.answer(one.offer()));
        SrtpKeys keys = one.keys();
        two.hold(true);
        String hold = two.offer();
        assertThat(hold).contains(" RTP/SAVP ", "a=sendonly");
        two.accept(one.answer(hold));
        assertThat(one.keys()).isEqualTo(keys);
        agreeOnTheSame(one, two);
        two.hold(false);
        two.offer();
        two.rollback();
        agreeOnTheSame(one, two);
        one.accept(two.answer(one.offer()));
        assertThat(one.keys()).isEqualTo(keys);
        agreeOnTheSame(one, two);
    }

    @Test
    void aKeyThatWasGivenUpNeverComesBack() throws Exception {
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        callee.answer(sdp("RTP/SAVP", GOOD));
        SrtpKeys first = callee.keys();
        callee.answer(sdp("RTP/AVP"));
        assertThat(callee.keys()).isNull();
        callee.answer(sdp("RTP/SAVP", GOOD));
        assertThat(callee.keys().ours()).isNotEqualTo(first.ours());
        SrtpKeys second = callee.keys();
        callee.answer(sdp("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY));
        callee.answer(sdp("RTP/SAVP", GOOD));
        assertThat(callee.keys().ours()).isNotEqualTo(second.ours());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "1", "1 AES_CM_128_HMAC_SHA1_80", "x AES_CM_128_HMAC_SHA1_80 inline:" + KEY, "-1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
        "99999999999 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
        "1 aes_cm_128_hmac_sha1_80 inline:" + KEY,
        "1 AES_CM_128_HMAC_SHA1_80 " + KEY,
        "1 AES_CM_128_HMAC_SHA1_80 inline:",
        "1 AES_CM_128_HMAC_SHA1_80 inline:short",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "AAAA",
        "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG==",
        "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkg_wkyMjA7fQp9CnVubGVz",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|soon",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:200",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4|x",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4;inline:" + OTHER_KEY + "|2^20|2:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " KDR=5",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTCP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNAUTHENTICATED_SRTP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " something=new",
    })
    void aLineThatCannotBeUsedIsAsIfItWereNotThere(String line) throws Exception {
        OfferAnswer callee = side(MediaSecurity.OPTIONAL);
        assertThatThrownBy(() -> callee.answer(sdp("RTP/SAVP", line))).isInstanceOf(NotAcceptableException.class)
                .hasMessageContaining("no a=crypto line").hasMessageNotContaining(KEY.substring(0, 8));
        assertThat(cryptoLines(callee.answer(sdp("RTP/AVP", line)))).isEmpty();
        assertThat(cryptoLines(side(MediaSecurity.REQUIRED).answer(sdp("RTP/SAVP", line, "2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOD, GOOD + "|2^48", GOOD + "|1048576", GOOD + "|1:4", GOOD + "|2^31|1:1", GOOD + " WSH=64", GOOD + " -hint=1",
        "0001 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "", " 1  AES_CM_128_HMAC_SHA1_80   inline:" + KEY + " "})
    void whatTheGrammarAllowsIsTaken(String line) throws Exception {
        OfferAnswer callee = side(MediaSecurity.REQUIRED);
        if (line.startsWith("0001")) {
            assertThatThrownBy(() -> callee.answer(sdp("RTP/SAVP", line))).as("tags have no leading zeros").isInstanceOf(NotAcceptableException.class);
        } else {
            assertThat(cryptoLines(callee.answer(sdp("RTP/SAVP", line)))).singleElement().asString().startsWith("a=crypto:1 ").doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "NONE     | RTP/SAVP          | 1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " | encrypted audio (RTP/SAVP) is not taken",
        "NONE     | RTP/SAVPF         | 1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " | encrypted audio (RTP/SAVPF) is not taken",
        "REQUIRED | RTP/AVP           | -                                            | audio must be encrypted",
        "OPTIONAL | UDP/TLS/RTP/SAVPF | 1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " | the transport UDP/TLS/RTP/SAVPF is not supported",
    })
    void anOfferThatIsNotForUsIsRefused(MediaSecurity security, String protocol, String line, String why) {
        assertThatThrownBy(() -> side(security).answer(line == null ? sdp(protocol) : sdp(protocol, line))).isInstanceOf(NotAcceptableException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "REQUIRED | RTP/SAVP | -                                                | no a=crypto line that can be used",
        "REQUIRED | RTP/AVP  | -                                                | no a=crypto line that can be used",
        "OPTIONAL | RTP/SAVP | -                                                | no a=crypto line that can be used",
        "REQUIRED | RTP/SAVP | 2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "     | none of those that were offered",
        "REQUIRED | RTP/SAVP | 3 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "     | none of those that were offered",
        "NONE     | RTP/SAVP | 1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "     | which was not offered",
    })
    void anAnswerMustNameALineOfTheOffer(MediaSecurity security, String protocol, String line, String why) throws Exception {
        OfferAnswer caller = side(security);
        caller.offer();
        assertThatThrownBy(() -> caller.accept(line == null ? sdp(protocol) : sdp(protocol, line))).isInstanceOf(NotAcceptableException.class)
                .hasMessageContaining(why);
        assertThat(caller.keys()).isNull();
    }

    @Test
    void ofTwoStreamsThatWhichFitsIsTaken() throws Exception {
        String two = sdp("RTP/SAVP", GOOD) + "m=audio 6002 RTP/AVP 0\r\n";
        assertThat(side(MediaSecurity.NONE).answer(two)).contains("m=audio 0 RTP/SAVP 0\r\n", "m=audio 4000 RTP/AVP 0\r\n");
        assertThat(side(MediaSecurity.OPTIONAL).answer(two)).contains("m=audio 4000 RTP/SAVP 0\r\n", "m=audio 0 RTP/AVP 0\r\n");
    }
}
