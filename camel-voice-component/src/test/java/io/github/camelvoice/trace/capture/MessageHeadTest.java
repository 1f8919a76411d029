package io.github.camelvoice.trace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadTest {

    private static final String TROUBLE = "\r\n\t :;<>\"\\iItTfF=";

    private static byte[] bytes(String text) {
        return text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String callId(String text) {
        byte[] m = bytes(text);
        long range = MessageHead.value(m, m.length, MessageHead.CALL_ID);
        return range == MessageHead.NONE ? null : MessageHead.text(m, range);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "BYE sip:a SIP/2.0|Via: x|Call-ID: a@b|To: c||", "BYE sip:a SIP/2.0|cALL-id:a@b||", "BYE sip:a SIP/2.0|i: a@b||",
            "BYE sip:a SIP/2.0|I \t:\t a@b \t||",
        "BYE sip:a SIP/2.0|Call-ID:| a@b||", "BYE sip:a SIP/2.0|Subject: x| Call-ID: no|Call-ID: a@b||",
            "BYE sip:a SIP/2.0|Call-ID: a@b|Call-ID: c||",
        "BYE sip:a SIP/2.0\nCall-ID: a@b\n\n", "BYE sip:a SIP/2.0\rCall-ID: a@b\r\r", "||BYE sip:a SIP/2.0|Call-ID: a@b||",
            "SIP/2.0 200 OK|Call-IDs: no|i: a@b",
        "SIP/2.0 200 OK|In: no|Call-ID : a@b||"
    })
    void theCallIdIsFoundAsTheRfcAllowsItToBeWritten(String message) {
        assertThat(callId(message)).isEqualTo("a@b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|", "||||", "x", "Call-ID: a", "BYE sip:a SIP/2.0||Call-ID: a", "BYE sip:a SIP/2.0|Call-ID",
        "BYE sip:a SIP/2.0|Call-ID:",
        "BYE sip:a SIP/2.0|Call-ID: | ||", "BYE sip:a SIP/2.0|Call-ID a||", "BYE sip:a SIP/2.0| Call-ID: a||", "BYE sip:a SIP/2.0|i|i x||"})
    void whereThereIsNoneThereIsNone(String message) {
        assertThat(callId(message)).isNull();
    }

    @Test
    void foldedValuesAreOneLine() {
        assertThat(callId("BYE sip:a SIP/2.0|Call-ID: a \t| \t b||")).isEqualTo("a b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "INVITE sip:a SIP/2.0|To: <sip:b>||!true", "INVITE sip:a SIP/2.0|t: sip:b;x=tag||!true", "INVITE sip:a SIP/2.0||!true",
        "INVITE sip:a SIP/2.0|To: \"x <sip:c>;tag=1\" <sip:b;tag=2>||!true", "INVITE sip:a SIP/2.0|To: \"\\\"<\" <sip:b>;stag=1||!true",
        "INVITE sip:a SIP/2.0|To: <sip:b>;tag=1||!false", "INVITE sip:a SIP/2.0|t:sip:b; TAG = 1||!false",
        "INVITE sip:a SIP/2.0|To: <sip:b>| ;x| ; tag=1||!false",
        "INVITES sip:a SIP/2.0|To: <sip:b>||!false", "invite sip:a SIP/2.0|To: <sip:b>||!false", "SIP/2.0 200 OK|To: <sip:b>||!false", "INVITE!false"
    })
    void anInviteWithoutToTagBeginsACall(String message, boolean begins) {
        byte[] m = bytes(message);
        assertThat(MessageHead.beginsCall(m, m.length)).isEqualTo(begins);
    }

    @ParameterizedTest
    @CsvSource({"SIP/2.0 404 Not Found||, 404", "SIP/2.0  100 ||, 100", "SIP/2.0 99 x||, 0", "SIP/2.0 700 x||, 0", "SIP/2.0 4o4 x||, 0", "SIP/2.0, 0",
        "SIP/2.0 20, 0", "SIP/2.0             , 0", "INVITE sip:a SIP/2.0||, 0"})
    void statusOfAResponse(String message, int status) {
        byte[] m = bytes(message);
        assertThat(MessageHead.status(m, m.length)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {"CSeq: 1 INVITE!true", "cseq:1\tINVITE!true", "CSeq: 1 BYE!false", "CSeq: INVITE!false",
        "CSeq: 1 XINVITE!false", "X: y!false"})
    void whatAResponseAnswers(String header, boolean invite) {
        byte[] m = bytes("SIP/2.0 200 OK|" + header + "||");
        assertThat(MessageHead.answersInvite(m, m.length)).isEqualTo(invite);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {"<sip:a@b;x=y>;tag=1!sip:a@b;x=y", "sip:a@b;tag=1!sip:a@b", "\"x < y\" <sip:a@b>!sip:a@b",
        "<sip:a@b!sip:a@b", "tel:1!tel:1"})
    void uriOfAParty(String value, String uri) {
        byte[] m = bytes("SIP/2.0 200 OK|From: " + value + "||");
        assertThat(MessageHead.text(m, MessageHead.uri(m, MessageHead.value(m, m.length, MessageHead.FROM)))).isEqualTo(uri);
    }

    /** Any bytes at all: nothing throws, and no range leaves the message. */
    @Test
    void garbageIsTaken() {
        Random random = new Random(4711);
        byte[] whole = bytes(CaptureRig.request("INVITE", "abc@host", ";tag=1") + "body");
        for (int round = 0; round < 200_000; round++) {
            byte[] m = whole.clone();
            int length = random.nextInt(m.length + 1);
            for (int i = random.nextInt(12); i > 0; i--) {
                m[random.nextInt(m.length)] = (byte) TROUBLE.charAt(random.nextInt(TROUBLE.length()));
            }
            if (random.nextInt(4) == 0) {
                random.nextBytes(m);
            }
            assertThatCode(() -> lookAtAll(m, length)).doesNotThrowAnyException();
        }
    }

    private static void lookAtAll(byte[] m, int length) {
        MessageHead.beginsCall(m, length);
        MessageHead.isAck(m, length);
        MessageHead.status(m, length);
        MessageHead.answersInvite(m, length);
        inside(m, MessageHead.afterSpaces(m, length, 2), length);
        for (MessageHead.Name name : new MessageHead.Name[] {MessageHead.CALL_ID, MessageHead.FROM, MessageHead.TO, MessageHead.CSEQ}) {
            long value = MessageHead.value(m, length, name);
            if (value != MessageHead.NONE) {
                inside(m, value, length);
                inside(m, MessageHead.uri(m, value), length);
            }
        }
    }

    private static void inside(byte[] m, long range, int length) {
        assertThat(MessageHead.from(range)).isBetween(0, MessageHead.to(range));
        assertThat(MessageHead.to(range)).isLessThanOrEqualTo(length);
        MessageHead.text(m, range);
    }
}
