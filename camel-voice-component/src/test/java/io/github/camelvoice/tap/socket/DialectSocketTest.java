package io.github.camelvoice.tap.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each dialect over a real WebSocket to a bot of that dialect, both ways. */
class DialectSocketTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Twilio's messages as published ("Media Streams - WebSocket Messages"): fields in their order, with ids and audio shortened. */
    private static final List<String> TWILIO_PUBLISHED = List.of(
            "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
            "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"AC*\",\"streamSid\":\"MZ*\",\"callSid\":\"CA*\","
                    + "\"tracks\":[\"inbound\"],"
                    + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},"
                    + "\"customParameters\":{\"FirstName\":\"Jane\",\"LastName\":\"Doe\"}},\"streamSid\":\"MZ*\"}",
            "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"0\","
                    + "\"payload\":\"AUDIO\"},\"streamSid\":\"MZ*\"}",
            "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"media\":{\"track\":\"inbound\",\"chunk\":\"2\",\"timestamp\":\"20\","
                    + "\"payload\":\"AUDIO\"},\"streamSid\":\"MZ*\"}",
            "{\"event\":\"dtmf\",\"streamSid\":\"MZ*\",\"sequenceNumber\":\"4\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"1\"}}",
            "{\"event\":\"mark\",\"sequenceNumber\":\"5\",\"streamSid\":\"MZ*\",\"mark\":{\"name\":\"my label\"}}",
            "{\"event\":\"stop\",\"sequenceNumber\":\"6\",\"stop\":{\"accountSid\":\"AC*\",\"callSid\":\"CA*\"},\"streamSid\":\"MZ*\"}");

    @Test
    void twilioFrameByFrame() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true)
                    .parameters(Map.of("FirstName", "Jane", "LastName", "Doe")).build());
            await().until(() -> bot.texts().size() == 2);
            byte[] first = noise(160, 1);
            byte[] second = noise(160, 2);
            tap.frame(Track.INBOUND, first, 0);
            tap.frame(Track.INBOUND, second, 20);
            tap.run(() -> tap.sink().digit('1', 200));
            String stream = MAPPER.readTree(bot.texts().get(1)).path("streamSid").asText();
            bot.send("{\"event\":\"media\",\"streamSid\":\"" + stream + "\",\"media\":{\"payload\":\"" + base64(first) + "\"}}");
            bot.send("{\"event\":\"mark\",\"streamSid\":\"" + stream + "\",\"mark\":{\"name\":\"my label\"}}");
            await().until(() -> tap.speech().marks() == 1);
            assertThat(tap.speech().audio()).isEqualTo(first);
            tap.speech().played();
            await().until(() -> bot.texts().size() == 6);
            tap.run(() -> tap.sink().close("call-ended"));
            await().until(() -> bot.texts().size() == 7);
            List<String> said = new ArrayList<>();
            for (String text : bot.texts()) {
                said.add(text.replace(base64(first), "AUDIO").replace(base64(second), "AUDIO").replaceAll("(AC|MZ|CA)[0-9a-f]{32}", "$1*"));
            }
            assertThat(said).isEqualTo(TWILIO_PUBLISHED);
            await().until(() -> bot.closes().equals(List.of(1000)));
        }
    }

    private static byte[] noise(int length, int seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static String base64(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    /** A bot that answers with what it hears, says when it is done, and is interrupted. */
    private static void echo(BotServer bot, TapProtocol protocol) {
        bot.answer((socket, message) -> {
            try {
                if (!message.isText()) {
                    socket.writeBinaryMessage(Buffer.buffer(message.data()));
                    return;
                }
                JsonNode node = MAPPER.readTree(message.text());
                if (node.path("event").asText().equals("media")) {
                    var answer = MAPPER.createObjectNode().put("event", "media");
                    if (node.has("streamSid")) {
                        answer.put("streamSid", node.path("streamSid").asText());
                    }
                    answer.putObject("media").put("payload", node.path("media").path("payload").asText());
                    socket.writeTextMessage(answer.toString());
                }
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
    }

    private static String markOf(TapProtocol protocol, String name) {
        return switch (protocol) {
            case RAW -> "{\"event\":\"mark\",\"name\":\"" + name + "\"}";
            case VONAGE -> "{\"action\":\"notify\",\"payload\":{\"name\":\"" + name + "\"}}";
            case JAMBONZ -> "{\"type\":\"mark\",\"data\":{\"name\":\"" + name + "\"}}";
            default -> "{\"event\":\"mark\",\"mark\":{\"name\":\"" + name + "\"}}";
        };
    }

    private static String clearOf(TapProtocol protocol) {
        return switch (protocol) {
            case VONAGE -> "{\"action\":\"clear\"}";
            case JAMBONZ -> "{\"type\":\"killAudio\"}";
            default -> "{\"event\":\"clear\"}";
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "TWILIO", "SIGNALWIRE", "TELNYX", "VONAGE", "JAMBONZ"})
    void whatTheBotHearsAndSaysIsTheSameSound(TapProtocol protocol) throws Exception {
        try (BotServer bot = protocol == TapProtocol.JAMBONZ ? BotServer.start("audio.jambonz.org") : BotServer.start();
             TapDriver tap = new TapDriver()) {
            echo(bot, protocol);
            tap.open(TapSpec.to(bot.url("/")).protocol(protocol).speaks(true).build());
            await().until(() -> tap.last() != null && tap.last().event().equals("opened"));
            AudioShape shape = tap.sink().shape();
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            for (int i = 0; i < 50; i++) {
                byte[] frame = noise(shape.frameBytes(), i);
                said.write(frame);
                tap.frame(Track.INBOUND, frame, i * 20L);
            }
            await().until(() -> tap.speech().audio().length == said.size());
            assertThat(tap.speech().audio()).isEqualTo(said.toByteArray());
            assertThat(tap.speech().format()).isEqualTo(shape.encoding() + "/" + shape.rate());
            bot.send(markOf(protocol, "heard"));
            await().until(() -> tap.speech().marks() == 1);
            int before = bot.texts().size();
            tap.speech().played();
            await().until(() -> bot.texts().size() == before + 1);
            assertThat(bot.texts().get(before)).contains("\"heard\"");
            bot.send(markOf(protocol, "interrupted"));
            bot.send(clearOf(protocol));
            await().until(() -> bot.texts().size() == before + 2);
            assertThat(tap.speech().clears()).isEqualTo(1);
            assertThat(bot.texts().get(before + 1)).contains(protocol == TapProtocol.VONAGE ? "websocket:cleared" : "\"interrupted\"");
            assertThat(tap.told()).hasSize(1);
        }
    }

    @Test
    void telnyxLinearAudioIsTurnedRound() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            echo(bot, TapProtocol.TELNYX);
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TELNYX).codec("L16").speaks(true).build());
            await().until(() -> tap.last() != null);
            byte[] big = noise(640, 1);
            tap.frame(Track.INBOUND, big, 0);
            await().until(() -> tap.speech().audio().length == 640);
            byte[] little = tap.speech().audio();
            for (int i = 0; i < 640; i += 2) {
                assertThat(little[i]).isEqualTo(big[i + 1]);
                assertThat(little[i + 1]).isEqualTo(big[i]);
            }
        }
    }

    @Test
    void digitsForTheCallAndTheEndOfIt() throws Exception {
        try (BotServer bot = BotServer.start("audio.jambonz.org"); TapDriver signalwire = new TapDriver(); TapDriver jambonz = new TapDriver()) {
            signalwire.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.SIGNALWIRE).speaks(true).build());
            await().until(() -> bot.texts().size() == 2);
            bot.send("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"9\"}}");
            await().until(() -> signalwire.digits().equals(List.of("9")));
            jambonz.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.JAMBONZ).build());
            await().until(() -> bot.texts().size() == 3);
            bot.send("{\"type\":\"disconnect\"}");
            await().until(() -> jambonz.last().event().equals("finished"));
            assertThat(jambonz.last().reason()).isEqualTo("stopped-by-far-end");
            await().until(() -> bot.closes().equals(List.of(1000)));
        }
    }

    @Test
    void bothTracksOfTwilioAndADirectionThatItDoesNotHave() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).direction(TapDirection.BOTH).build());
            await().until(() -> bot.texts().size() == 2);
            tap.frame(Track.INBOUND, noise(160, 1), 0);
            tap.frame(Track.OUTBOUND, noise(160, 2), 0);
            await().until(() -> bot.texts().size() == 4);
            assertThat(bot.texts().get(2)).contains("\"track\":\"inbound\",\"chunk\":\"1\"").contains(base64(noise(160, 1)));
            assertThat(bot.texts().get(3)).contains("\"track\":\"outbound\",\"chunk\":\"2\"").contains(base64(noise(160, 2)));
            tap.sink().check(TapDirection.LISTEN);
        }
    }
}
