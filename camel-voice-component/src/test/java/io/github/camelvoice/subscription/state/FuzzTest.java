package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.mime.Multipart;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents bent at random, from fixed seeds: nothing is thrown but what is declared, nothing takes for ever, and what was taken can be written. */
class FuzzTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String SUMMARY = "Messages-Waiting: yes\r\nMessage-Account: sip:a@b\r\nVoice-Message: 4/8 (1/2)\r\n\r\nTo: x\r\nSubject: "
            + "y\r\n z\r\n";
    private static final String QUALITY = "VQAlertReport: Type=NLR Severity=Critical Dir=local\r\nCallID: 1\r\nLocalAddr: IP=1.2.3.4 PORT=5 "
            + "SSRC=1\r\n"
            + "LocalMetrics:\r\nTimestamps:START=1 STOP=2\r\nSessionDesc:PT=18 FMTP=\"a=b\"\r\nQualityEst:MOSLQ=4.1 QoEEstAlg=x\r\nDialogID:1\r\n";
    private static final List<String> SPLICES = List.of("<", ">", "&", "\"", "]]>", "<![CDATA[", "<!--", "<!DOCTYPE a>", "&#0;", "&x;", "\u0000",
            "=", "4294967296", "-1", "", ":",
            "state=\"partial\"", "<x/>", "xmlns=\"\"", "\r\n", "\r\n\r\n", "--", ";", "/", " ", "\uD83D", "99999999999999999999", "(", "%");

    private static byte[] bent(byte[] document, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        byte[] bytes = document.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> {
                    int to = Math.min(bytes.length, at + random.nextInt(40));
                    pieces.clear();
                    pieces.add(Arrays.copyOf(bytes, at));
                    pieces.add(Arrays.copyOfRange(bytes, to, bytes.length));
                    bytes = joined(pieces);
                }
                case 3 -> {
                    int to = Math.min(bytes.length, at + random.nextInt(80));
                    bytes = joined(List.of(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length)));
                }
                default -> bytes = joined(List.of(Arrays.copyOf(bytes, at),
                        SPLICES.get(random.nextInt(SPLICES.size())).getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(bytes, at, bytes.length)));
            }
        }
        return bytes;
    }

    private static byte[] joined(List<byte[]> pieces) {
        byte[] all = new byte[pieces.stream().mapToInt(each -> each.length).sum()];
        int at = 0;
        for (byte[] each : pieces) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return all;
    }

    private static void bend(String event, String type, String document, int rounds) {
        EventPackage known = EventPackages.of(event);
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(event.hashCode());
        assertTimeoutPreemptively(LONGEST, () -> {
            EventState state = null;
            int taken = 0;
            for (int i = 0; i < rounds; i++) {
                byte[] bent = bent(bytes, random);
                StateMerge merge = known.merge(state, random.nextInt(50) == 0 ? new String(bent(type.getBytes(), random),
                        StandardCharsets.ISO_8859_1) : type, bent);
                if (merge instanceof StateMerge.Applied applied) {
                    taken++;
                    assertThat(applied.full().values()).isNotNull();
                    StateMerge again = known.merge(null, applied.full().contentType(), applied.full().document().getBytes(StandardCharsets.UTF_8));
                    assertThat(again).as(applied.full().document()).isNotInstanceOf(StateMerge.Broken.class);
                    assertThat(applied.changed().document()).isNotNull();
                    state = random.nextInt(3) == 0 ? null : applied.full().unversioned();
                }
            }
            assertThat(taken).as("some were taken").isPositive();
        });
    }

    @Test
    void packages() {
        bend("reg", RegInfo.TYPE, Documents.reg().document(), 3_000);
        bend("dialog", DialogInfo.TYPE, new DialogInfo(1, false, "sip:a@b", Documents.dialog().dialogs()).document(), 3_000);
        bend("presence", Presence.TYPE, Documents.presence().document(), 3_000);
        bend("conference", ConferenceInfo.TYPE, Documents.conference().document(), 3_000);
        bend("message-summary", MessageSummary.TYPE, SUMMARY, 8_000);
        bend("vq-rtcpxr", VoiceQuality.TYPE, QUALITY, 8_000);
        bend("refer", ReferProgress.TYPE, "SIP/2.0 200 OK\r\nContact: x\r\n", 8_000);
        bend("unknown", "text/plain", "hello", 3_000);
    }

    @Test
    void lists() {
        Multipart.Written written = Documents.list().write("x");
        Random random = new Random(4662);
        assertTimeoutPreemptively(LONGEST, () -> {
            int taken = 0;
            for (int i = 0; i < 5_000; i++) {
                String type = random.nextInt(20) == 0 ? new String(bent(written.contentType().getBytes(), random), StandardCharsets.ISO_8859_1)
                        : written.contentType();
                try {
                    ListNotification list = ListNotification.read(type, bent(written.body(), random));
                    Multipart.Written again = list.write("y");
                    assertThat(ListNotification.read(again.contentType(), again.body()).resources()).isEqualTo(list.resources());
                    taken++;
                } catch (MimeException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
            assertThat(taken).isPositive();
        });
    }

    @Test
    void resources() {
        byte[] document = Documents.resources().document().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4826);
        assertTimeoutPreemptively(LONGEST, () -> {
            int taken = 0;
            for (int i = 0; i < 8_000; i++) {
                try {
                    ResourceLists lists = ResourceLists.read(ResourceLists.TYPE, bent(document, random), 100);
                    assertThat(ResourceLists.read(lists.document(), 100)).isEqualTo(lists);
                    taken++;
                } catch (XmlException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
            assertThat(taken).isPositive();
        });
    }

    @Test
    void textThatIsLongAndMeansNothing() {
        assertTimeoutPreemptively(LONGEST, () -> {
            for (Map.Entry<String, String> each : List.of(Map.entry("message-summary", "Messages-Waiting: yes\n"), Map.entry("vq-rtcpxr",
                    "VQSessionReport\n"), Map.entry("refer", "SIP/2.0 200 "), Map.entry("reg", "<reginfo "), Map.entry("presence", ""))) {
                EventPackage known = EventPackages.of(each.getKey());
                for (String filling : List.of(" ", "a", "=", ":", "\"", "\r\n ", "\n", "<", "a:", "a=\"", "1/", "\t", "(", "a b ")) {
                    known.merge(null, known.accept().get(0), (each.getValue()
                            + filling.repeat(60_000 / filling.length())).getBytes(StandardCharsets.UTF_8));
                }
            }
            for (String filling : List.of(" ", "a", "=", ";", "\"", ";a", ";a=\"", "\\", "; ", "/")) {
                MediaType.of("a/b;c=" + filling.repeat(60_000));
                MediaType.of("a/b;c=" + filling.repeat(1_900 / filling.length()));
            }
        });
    }
}
