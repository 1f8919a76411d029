package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.github.camelvoice.sip.dialog.FakeDoor;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Damaged messages that the parser lets through: they cost their own transaction at most, and no leg stays. */
class HostileMessagesTest {

    private static final String[] HEADERS = {"Session-Expires: ;refresher", "Session-Expires: 99999999999999999999", "Session-Expires: x",
        "Min-SE: -1", "RAck: 1", "RAck: x y z", "RSeq: 99999999999", "Contact: *", "Contact: <tel:+1>", "Contact: <sip:@>", "Contact: <sip:a@b>;q=9",
        "Require: ", "Supported: ,,,", "Allow: ,", "Reason: ", "Retry-After: x", "Record-Route: <sip:>", "Record-Route: <tel:+1>;lr",
        "Content-Type: application/sdp;charset=none", "Content-Type: multipart/mixed;boundary=", "Content-Type: x", "Timestamp: z",
        "WWW-Authenticate: Digest", "WWW-Authenticate: Basic realm=\"x\"", "Proxy-Authenticate: Digest realm=\"a\",nonce=\"\\\"", "Event: ", "Event: refer",
        "Event: refer;id=", "Subscription-State: ;", "Subscription-State: terminated", "Refer-To: ", "Refer-To: <", "Refer-To: <sip:x@y?Replaces=%zz>",
        "Refer-To: <tel:+1>", "Refer-To: *", "Referred-By: ;", "Refer-Sub: ", "Replaces: ;;", "Content-Type: message/sipfrag", "Expires: 9999999999999"};

    @TestFactory
    Stream<DynamicTest> requests() {
        return IntStream.range(0, 60).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> requests(new Random(seed))));
    }

    @TestFactory
    Stream<DynamicTest> responses() {
        return IntStream.range(0, 60).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> responses(new Random(seed))));
    }

    private static void requests(Random random) {
        Rig rig = new Rig();
        rig.invite(Rig.OFFER, "Supported: 100rel, timer").send();
        rig.legs.onInvite(other -> other.refuse(480, null, Rig.NONE));
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        for (int i = 0; i < 200; i++) {
            String method = new String[] {"INVITE", "UPDATE", "PRACK", "INFO", "ACK", "OPTIONS", "NOTIFY", "REFER"}[random.nextInt(8)];
            Rig.Asked base = rig.request(method, ";tag=" + rig.tag(), "a1", 2 + i, random.nextBoolean() ? Rig.OFFER : null);
            if (damaged(with(base.message.encode(), random), random) instanceof SIPRequest request) {
                Rig.Asked asked = rig.new Asked(request).send();
                assertThat(asked.codes()).allSatisfy(code -> assertThat(code).isBetween(100, 699));
            }
            if (i == 50) {
                rig.claimed.accept(Rig.ANSWER, Rig.NONE);
                rig.ack(1, null).send();
            } else if (i % 10 == 0) {
                rig.claimed.answerOffer(Rig.ANSWER);
            }
        }
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private static void responses(Random random) {
        for (int i = 0; i < 100; i++) {
            Rig rig = new Rig();
            rig.outbound(new io.github.camelvoice.call.spi.OutboundLeg("sip:bob@127.0.0.1:5099", null, null, "alice", "secret", null, 0, null))
                    .invite(Rig.OFFER);
            for (int k = 0; k < 6; k++) {
                FakeDoor.Sent sent = rig.door.last();
                int code = new int[] {180, 183, 200, 302, 401, 407, 422, 486, 491}[random.nextInt(9)];
                String text = with(sent.response(code, "b" + random.nextInt(2), Rig.ANSWER).encode(), random);
                if (damaged(text, random) instanceof SIPResponse response) {
                    sent.on.execute(() -> sent.listener.response(response));
                }
            }
            rig.claimed.abandon();
            rig.assertNothingLeft();
            assertThat(rig.told()).containsOnlyOnce("Closed");
        }
    }

    private static String with(String text, Random random) {
        return text.replace("\r\nContent-Length",
                "\r\n" + HEADERS[random.nextInt(HEADERS.length)] + "\r\n" + HEADERS[random.nextInt(HEADERS.length)] + "\r\nContent-Length");
    }

    /** @return null if the parser or the guard in front of the legs would stop it */
    private static SIPMessage damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, "<>;,=\"@ \t%*:x0".charAt(random.nextInt(14)));
                default -> damaged.setCharAt(at, (char) random.nextInt(1, 256));
            }
        }
        try {
            SIPMessage message = new StringMsgParser().parseSIPMessage(damaged.toString().getBytes(StandardCharsets.ISO_8859_1), true, false, null);
            boolean whole = message != null && message.getFrom() != null && message.getTo() != null && message.getCallId() != null
                    && message.getCallId().getCallId() != null && message.getCSeq() != null && message.getCSeq().getMethod() != null
                    && message.getTopmostVia() != null && message.getTopmostVia().getBranch() != null && message.getFromTag() != null;
            return whole && (!(message instanceof SIPRequest request) || request.getRequestURI() != null
                    && request.getMethod().equals(request.getCSeq().getMethod())) ? message : null;
        } catch (ParseException | RuntimeException stopped) {
            return null;
        }
    }
}
