package io.github.camelvoice.tap.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What far ends say, as the vendors publish it, and what they should not say. */
class IncomingTest {

    private final FakeWire wire = new FakeWire();

    private static byte[] audio(int length) {
        byte[] audio = new byte[length];
        new Random(1).nextBytes(audio);
        return audio;
    }

    private static String base64(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    @ParameterizedTest
    @EnumSource(names = {"TWILIO", "SIGNALWIRE", "TELNYX"})
    void mediaMarkAndClear(TapProtocol protocol) throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(protocol).speaks(true));
        byte[] audio = audio(3200);
        dialect.text(wire, "{\"event\":\"media\",\"media\":{\"payload\":\"" + base64(audio) + "\"}}");
        dialect.text(wire, "{ \"event\": \"mark\", \"mark\": { \"name\": \"my label\" } }");
        dialect.text(wire, "{\"event\":\"clear\"}");
        dialect.text(wire, "{\"event\":\"something-new\",\"x\":[1,2,{}]}");
        assertThat(wire.done).containsExactly("speak:PCMU/8000", "mark:my label", "clear");
        assertThat(wire.spoken.get(0)).isEqualTo(audio);
        assertThat(wire.texts).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TWILIO", "SIGNALWIRE", "TELNYX"})
    void anotherStreamIsNotAddressed(TapProtocol protocol) {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(protocol).speaks(true));
        String name = protocol == TapProtocol.TELNYX ? "stream_id" : "streamSid";
        assertThatThrownBy(() -> dialect.text(wire, "{\"event\":\"clear\",\"" + name + "\":\"MZ0\"}")).isInstanceOf(BadMessage.class);
        assertThat(wire.done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "TWILIO", "SIGNALWIRE", "TELNYX", "VONAGE", "JAMBONZ"})
    void ofAOneWayTapNothingIsPlayed(TapProtocol protocol) throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(protocol));
        wire.twoWays = false;
        dialect.text(wire, "{\"event\":\"media\",\"type\":\"killAudio\",\"action\":\"clear\",\"media\":{\"payload\":\"AAAA\"}}");
        if (protocol == TapProtocol.RAW || protocol == TapProtocol.VONAGE || protocol == TapProtocol.JAMBONZ) {
            dialect.binary(wire, new byte[320]);
        }
        assertThat(wire.done).isEmpty();
        assertThat(wire.texts).isEmpty();
    }

    @Test
    void signalwireSendsDigits() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.SIGNALWIRE).speaks(true));
        dialect.text(wire, "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"5\"}}");
        dialect.text(wire, "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"#\"}}");
        assertThat(wire.done).containsExactly("digits:5", "digits:#");
        assertThatThrownBy(() -> dialect.text(wire, "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"x\"}}")).isInstanceOf(BadMessage.class);
        assertThatThrownBy(() -> dialect.text(wire, "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"55\"}}")).isInstanceOf(BadMessage.class);
    }

    @Test
    void telnyxLinearAudioIsBigEndianAndErrorsAreTold() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.TELNYX).codec("L16").speaks(true));
        assertThat(dialect.shape().bigEndian()).isTrue();
        assertThat(dialect.shape().frameBytes()).isEqualTo(640);
        dialect.text(wire, "{\"event\":\"media\",\"media\":{\"payload\":\"" + base64(new byte[] {1, 2, 3, 4, 5}) + "\"}}");
        assertThat(wire.done).containsExactly("speak:L16/16000");
        assertThat(wire.spoken.get(0)).containsExactly(2, 1, 4, 3);
        dialect.text(wire, "{\"event\":\"media\",\"media\":{\"payload\":\"no base64!\"}}");
        JsonNode error = DialectFixture.json(wire.last());
        assertThat(error.path("event").asText()).isEqualTo("error");
        assertThat(error.path("payload").path("code").asInt()).isEqualTo(100004);
        assertThat(error.path("payload").path("title").asText()).isEqualTo("invalid_media");
        assertThatThrownBy(() -> dialect.text(wire, "{]")).isInstanceOf(BadMessage.class);
        assertThat(DialectFixture.json(wire.last()).path("payload").path("code").asInt()).isEqualTo(100003);
    }

    @Test
    void vonageClearsAndNotifies() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.VONAGE).speaks(true));
        byte[] audio = audio(640);
        dialect.binary(wire, audio);
        dialect.binary(wire, audio(641));
        dialect.text(wire, "{\"action\":\"notify\",\"payload\":{\"customKey\": \"customValue\"}}");
        dialect.text(wire, "{\"action\":\"clear\"}");
        assertThat(wire.done).containsExactly("speak:L16/16000", "speak:L16/16000", "mark:{\"customKey\":\"customValue\"}", "clear");
        assertThat(wire.spoken.get(0)).isEqualTo(audio);
        assertThat(wire.spoken.get(1)).hasSize(640);
        assertThat(wire.texts).containsExactly("{\"event\":\"websocket:cleared\"}");
    }

    @Test
    void jambonzPlaysFilesAndStreams() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.JAMBONZ).speaks(true));
        assertThat(dialect.subProtocol()).isEqualTo("audio.jambonz.org");
        byte[] audio = audio(960);
        dialect.text(wire, "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"" + base64(audio)
                + "\",\"audioContentType\":\"raw\",\"sampleRate\":\"16000\"}}");
        assertThat(wire.done).containsExactly("speak:L16/16000", "mark:f");
        assertThat(wire.spoken.get(0)).isEqualTo(audio);
        dialect.passed(wire, "f", false);
        assertThat(wire.texts).containsExactly("{\"type\":\"playDone\"}");
        wire.forget();
        dialect.text(wire, "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"" + base64(wav(7, 1, 8, 8000, audio))
                + "\",\"audioContentType\":\"wav\"}}");
        dialect.text(wire, "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"" + base64(wav(1, 1, 16, 24000, audio))
                + "\",\"audioContentType\":\"wave\"}}");
        assertThat(wire.done).containsExactly("speak:PCMU/8000", "mark:f", "speak:L16/24000", "mark:f");
        assertThat(wire.spoken).allSatisfy(spoken -> assertThat(spoken).isEqualTo(audio));
        wire.forget();
        dialect.text(wire, "{\"type\":\"mark\",\"data\":{\"name\":\"my-mark-1\"}}");
        dialect.text(wire, "{\"type\":\"killAudio\"}");
        assertThat(wire.done).containsExactly("mark:m0:my-mark-1", "clear");
        dialect.passed(wire, "m0:my-mark-1", true);
        assertThat(wire.last()).isEqualTo("{\"type\":\"mark\",\"data\":{\"name\":\"my-mark-1\",\"event\":\"cleared\"}}");
        wire.forget();
        dialect.text(wire, "{\"type\":\"clearMarks\"}");
        dialect.passed(wire, "m0:my-mark-1", false);
        assertThat(wire.texts).isEmpty();
        dialect.text(wire, "{\"type\":\"disconnect\"}");
        assertThat(wire.done).containsExactly("finish:stopped-by-far-end");
    }

    @Test
    void jambonzPutsHalvesOfSamplesTogetherAndQueuesTenFiles() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.JAMBONZ).speaks(true));
        dialect.binary(wire, new byte[] {1, 2, 3});
        dialect.binary(wire, new byte[] {4, 5});
        dialect.binary(wire, new byte[] {6});
        assertThat(wire.spoken).containsExactly(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5, 6});
        String file = "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"AAAA\",\"audioContentType\":\"raw\",\"sampleRate\":8000}}";
        for (int i = 0; i < 10; i++) {
            dialect.text(wire, file);
        }
        assertThatThrownBy(() -> dialect.text(wire, file)).isInstanceOf(BadMessage.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"type\":\"playAudio\"}",
        "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"AAAA\",\"audioContentType\":\"mp3\"}}",
        "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"AAAA\",\"audioContentType\":\"raw\",\"sampleRate\":\"64000\"}}",
        "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"AAAA\",\"audioContentType\":\"wav\"}}",
        "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"\",\"audioContentType\":\"raw\",\"sampleRate\":\"8000\"}}",
        "{\"type\":\"mark\",\"data\":{}}", "[]", "", "null", "{} {}", "{\"type\":{}}"})
    void jambonzRefuses(String message) {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.JAMBONZ).speaks(true));
        assertThatThrownBy(() -> dialect.text(wire, message)).isInstanceOf(BadMessage.class);
        assertThat(wire.done).isEmpty();
    }

    @Test
    void rawSpeaksAsItHears() throws Exception {
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(TapProtocol.RAW).codec("PCMA").speaks(true));
        dialect.binary(wire, audio(161));
        dialect.text(wire, "{\"event\":\"mark\",\"name\":\"x\"}");
        dialect.text(wire, "{\"event\":\"dtmf\",\"digits\":\"12#\"}");
        dialect.text(wire, "{\"event\":\"clear\"}");
        dialect.text(wire, "{\"event\":\"stop\"}");
        assertThat(wire.done).containsExactly("speak:PCMA/8000", "mark:x", "digits:12#", "clear", "finish:stopped-by-far-end");
        assertThat(wire.spoken.get(0)).hasSize(161);
    }

    @Test
    void parametersAndFormatsAreChecked() {
        assertRefused(DialectFixture.spec(TapProtocol.TWILIO).codec("PCMA"), "protocol twilio carries PCMU/8000, not PCMA/8000");
        assertRefused(DialectFixture.spec(TapProtocol.VONAGE).codec("PCMU"), "protocol vonage carries L16/8000, L16/16000, not PCMU/8000");
        assertRefused(DialectFixture.spec(TapProtocol.TELNYX).codec("L16").rate(24000), "not L16/24000");
        assertRefused(DialectFixture.spec(TapProtocol.TWILIO).speaks(true).direction(TapDirection.BOTH),
                "inbound track only: direction must be speak");
        assertRefused(DialectFixture.spec(TapProtocol.SIGNALWIRE).speaks(true).direction(TapDirection.LISTEN),
                "inbound track only");
        assertRefused(DialectFixture.spec(TapProtocol.TELNYX).ptimeMillis(40), "frames of 20 ms");
        assertRefused(DialectFixture.spec(TapProtocol.TWILIO).channels(2), "one channel");
        assertRefused(DialectFixture.spec(TapProtocol.RAW).channels(2), "two channels need the direction both");
        assertRefused(DialectFixture.spec(TapProtocol.VONAGE).parameters(Map.of("event", "x")), "cannot be called \"event\"");
        assertRefused(DialectFixture.spec(TapProtocol.JAMBONZ).subProtocol("a, b"), "one token");
    }

    private static void assertRefused(TapSpec.Builder spec, String message) {
        assertThatThrownBy(() -> DialectFixture.dialect(spec)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    /** Whatever comes: a message is understood, ignored, or refused as {@link BadMessage}. */
    @ParameterizedTest
    @EnumSource(names = {"RAW", "TWILIO", "SIGNALWIRE", "TELNYX", "VONAGE", "JAMBONZ"})
    void nothingButBadMessageIsThrown(TapProtocol protocol) {
        List<String> seeds = List.of(
                "{\"event\":\"media\",\"streamSid\":\"MZ0\",\"media\":{\"payload\":\"/////w==\"}}",
                "{\"event\":\"mark\",\"mark\":{\"name\":\"a\"},\"name\":\"b\"}", "{\"event\":\"clear\"}",
                "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"1\"}}",
                "{\"action\":\"notify\",\"payload\":{\"a\":[1,{\"b\":null}]}}", "{\"type\":\"mark\",\"data\":{\"name\":\"a\"}}",
                "{\"type\":\"playAudio\",\"data\":{\"audioContent\":\"" + base64(wav(1, 1, 16, 8000, audio(64)))
                        + "\",\"audioContentType\":\"wav\",\"sampleRate\":\"8000\"}}", "{\"type\":\"killAudio\"}", "{\"event\":\"stop\"}");
        Dialect dialect = DialectFixture.dialect(DialectFixture.spec(protocol).speaks(true));
        Random random = new Random(20261121);
        for (int i = 0; i < 4_000; i++) {
            String seed = seeds.get(random.nextInt(seeds.size()));
            String message = i % 3 == 0 ? rebuilt(seed, random) : mangled(seed, random);
            try {
                dialect.text(wire, message);
                dialect.binary(wire, message.getBytes(StandardCharsets.ISO_8859_1));
            } catch (BadMessage expected) {
                assertThat(expected.getMessage()).isNotBlank().hasSizeLessThan(200);
            } catch (RuntimeException wrong) {
                throw new AssertionError(message, wrong);
            }
            if (i % 100 == 0) {
                wire.forget();
            }
        }
    }

    private static String mangled(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int n = 1 + random.nextInt(4); n > 0 && text.length() > 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    /** Valid JSON with values of other kinds. */
    private static String rebuilt(String seed, Random random) {
        ObjectNode node = (ObjectNode) DialectFixture.json(seed);
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        ObjectMapper mapper = new ObjectMapper();
        switch (random.nextInt(6)) {
            case 0 -> node.put(name, random.nextDouble());
            case 1 -> node.putNull(name);
            case 2 -> node.putArray(name).add("x");
            case 3 -> node.put(name, "x".repeat(random.nextInt(3000)));
            case 4 -> node.set(name, mapper.createObjectNode().put("name", 7).put("payload", true).put("digit", ""));
            default -> node.remove(name);
        }
        return node.toString();
    }

    private static byte[] wav(int format, int channels, int bits, int rate, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(46 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(38 + data.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(18)
                .putShort((short) format).putShort((short) channels).putInt(rate).putInt(rate * bits / 8)
                .putShort((short) (bits / 8))
                .putShort((short) bits).putShort((short) 0).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
        return file.array();
    }
}
