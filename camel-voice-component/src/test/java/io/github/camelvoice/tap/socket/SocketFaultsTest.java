package io.github.camelvoice.tap.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Far ends that misbehave. */
class SocketFaultsTest {

    private static final byte[] FRAME = new byte[160];

    private static void told(TapDriver tap, String event) {
        await().until(() -> tap.last() != null);
        assertThat(tap.last().event()).as(String.valueOf(tap.told())).isEqualTo(event);
    }

    @Test
    void anUpgradeThatIsRefused() throws Exception {
        Map<Integer, Boolean> lasting = Map.of(401, true, 404, true, 301, true, 500, false, 503, false, 429, false);
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            for (Map.Entry<Integer, Boolean> refusal : lasting.entrySet()) {
                bot.refuse(refusal.getKey());
                tap.told().clear();
                tap.open(TapSpec.to(bot.url("/")).build());
                told(tap, "lost");
                assertThat(tap.last().reason()).isEqualTo("the far end refused the upgrade with status " + refusal.getKey());
                assertThat(tap.last().lasting()).as("status %s", refusal.getKey()).isEqualTo(refusal.getValue());
            }
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to("ws://127.0.0.1:" + port + "/").build());
            told(tap, "lost");
            assertThat(tap.last().lasting()).isFalse();
            assertThat(tap.last().reason()).isEqualTo("cannot connect: refused, or no way there");
        }
    }

    @Test
    void theUpgradeIsNeverAnswered() throws Exception {
        try (BotServer bot = BotServer.start().manner(BotServer.Manner.NEVER_ANSWER); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).build());
            told(tap, "lost");
            assertThat(tap.last().reason()).isEqualTo("cannot connect: no answer in time");
            assertThat(tap.last().lasting()).isFalse();
        }
    }

    @Test
    void aSocketThatIsClosedAtOnceWasClosedInGoodOrder() throws Exception {
        try (BotServer bot = BotServer.start().manner(BotServer.Manner.CLOSE_AT_ONCE); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).build());
            await().until(() -> tap.last() != null && tap.last().event().equals("finished"));
            assertThat(tap.last().reason()).isEqualTo("closed-by-far-end");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,finished,false", "1001,lost,false", "1008,lost,true", "1011,lost,false"})
    void theCodeOfACloseFrameSaysWhatItWas(int code, String event, boolean lasting) throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).build());
            told(tap, "opened");
            await().until(() -> bot.texts().size() == 1);
            bot.closeSockets(code);
            await().until(() -> tap.told().size() == 2);
            assertThat(tap.last().event()).isEqualTo(event);
            assertThat(tap.last().lasting()).isEqualTo(lasting);
        }
    }

    @Test
    void killedInMidStreamAndFoundAgain() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true).build());
            told(tap, "opened");
            tap.frame(Track.INBOUND, FRAME, 0);
            await().until(() -> bot.texts().size() == 3);
            bot.send("{\"event\":\"mark\",\"mark\":{\"name\":\"of the first connection\"}}");
            await().until(() -> tap.speech().marks() == 1);
            bot.kill();
            await().until(() -> tap.told().size() == 2);
            assertThat(tap.last()).isEqualTo(new TapDriver.Told("lost", "the connection was lost", false));
            tap.frame(Track.INBOUND, FRAME, 20);
            tap.speech().played();
            tap.reopen();
            await().until(() -> tap.last().event().equals("opened"));
            tap.frame(Track.INBOUND, FRAME, 1000);
            await().until(() -> bot.texts().size() == 6);
            assertThat(bot.texts().get(3)).contains("\"connected\"");
            assertThat(bot.texts().get(4)).contains("\"sequenceNumber\":\"3\"");
            assertThat(bot.texts().get(5)).contains("\"chunk\":\"2\",\"timestamp\":\"1000\"");
        }
    }

    @Test
    void aFarEndThatReadsNothingCostsFramesAndThenTheConnection() throws Exception {
        try (BotServer bot = BotServer.start().manner(BotServer.Manner.READ_NOTHING); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).codec("L16").rate(24000).bufferMillis(1000).build());
            told(tap, "opened");
            byte[] frame = new byte[960];
            long offset = 0;
            for (; offset < 400_000 && tap.sink().dropped() == 0; offset += 20) {
                tap.frame(Track.INBOUND, frame, offset);
            }
            assertThat(tap.sink().dropped()).as("after %s ms of audio", offset).isPositive();
            assertThat(tap.sink().waiting()).isEqualTo(50);
            assertThat(tap.told()).hasSize(1);
            tap.pass(0);
            tap.pass(5);
            tap.pass(4);
            assertThat(tap.told()).hasSize(1);
            tap.pass(2);
            assertThat(tap.last().event()).isEqualTo("lost");
            assertThat(tap.last().reason()).isEqualTo("the far end takes nothing");
            assertThat(tap.sink().waiting()).isZero();
        }
    }

    @Test
    void aFarEndThatIsSlowForAWhileGetsTheNewestAndHearsOfTheGap() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).codec("L16").rate(24000).bufferMillis(200).build());
            told(tap, "opened");
            await().until(() -> bot.texts().size() == 1);
            bot.stall();
            byte[] frame = new byte[960];
            long offset = 0;
            for (; offset < 400_000 && tap.sink().dropped() < 20; offset += 20) {
                frame[0] = (byte) (offset / 20);
                tap.frame(Track.INBOUND, frame, offset);
            }
            long last = offset - 20;
            bot.resume();
            await().until(() -> tap.sink().waiting() == 0);
            await().until(() -> !bot.binaries().isEmpty() && bot.texts().size() == 2
                    && bot.binaries().get(bot.binaries().size() - 1)[0] == (byte) (last / 20));
            assertThat(bot.texts().get(1)).matches("\\{\"event\":\"gap\",\"millis\":\\d+}");
            long gap = Long.parseLong(bot.texts().get(1).replaceAll("\\D", ""));
            assertThat(bot.binaries().size() * 20L + gap).isEqualTo(offset);
            assertThat(gap / 20).isEqualTo(tap.sink().dropped());
            assertThat(tap.told()).hasSize(1);
        }
    }

    @Test
    void pingsThatAreNotAnswered() throws Exception {
        try (BotServer bot = BotServer.start().manner(BotServer.Manner.READ_NOTHING); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).build());
            told(tap, "opened");
            for (int i = 0; i < 30 && tap.told().size() == 1; i++) {
                tap.pass(1);
            }
            assertThat(tap.last().reason()).isEqualTo("the far end does not answer");
            assertThat(tap.last().lasting()).isFalse();
        }
    }

    @Test
    void pingsThatAreAnsweredKeepASilentConnection() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).build());
            told(tap, "opened");
            for (int i = 0; i < 6; i++) {
                tap.pass(6);
                int before = bot.messages().size();
                // a text message comes back only after the pong
                tap.run(() -> tap.sink().digit('1', 100));
                await().until(() -> bot.messages().size() == before + 1);
                bot.send("{\"event\":\"nothing\"}");
                tap.pass(0);
            }
            assertThat(tap.told()).hasSize(1);
        }
    }

    @Test
    void garbageIsCountedAndThenTooMuch() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true).build());
            told(tap, "opened");
            for (int i = 0; i < 50; i++) {
                bot.send("{garbage");
            }
            bot.send("{\"event\":\"media\",\"media\":{\"payload\":\"AAAA\"}}");
            await().until(() -> tap.speech().writes() == 1);
            assertThat(tap.told()).hasSize(1);
            bot.send(new byte[] {1, 2, 3});
            await().until(() -> tap.told().size() == 2);
            assertThat(tap.last().lasting()).isTrue();
            assertThat(tap.last().reason()).isEqualTo(
                    "the far end sends what the dialect does not have: a binary message, where there are text messages only");
            await().until(() -> bot.closes().contains(1008));
        }
    }

    @Test
    void aMessageThatIsTooLong() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).speaks(true).build());
            told(tap, "opened");
            bot.send(new byte[3 << 20]);
            await().until(() -> tap.told().size() == 2);
            assertThat(tap.last().event()).isEqualTo("lost");
            assertThat(tap.speech().writes()).isZero();
        }
    }

    @Test
    void aFloodIsReadSlowlyAndTheTapLives() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true).build());
            told(tap, "opened");
            await().until(() -> bot.texts().size() == 2);
            bot.flood("{\"event\":\"media\",\"media\":{\"payload\":\"" + "/".repeat(4_000) + "\"}}");
            await().until(() -> tap.speech().writes() > 900);
            long until = System.nanoTime() + 500_000_000L;
            int frames = 0;
            while (System.nanoTime() < until) {
                tap.frame(Track.INBOUND, FRAME, frames++ * 20L);
            }
            int before = tap.speech().writes();
            await().until(() -> tap.speech().writes() > before);
            // 4 MB at once, then 1 MB a second: 4.2 kB each
            assertThat(tap.speech().writes()).isLessThan(1_000 + 250 * 10);
            assertThat(tap.told()).hasSize(1);
            tap.run(() -> tap.sink().close("stopped"));
            await().until(() -> bot.texts().stream().anyMatch(text -> text.contains("\"stop\"")));
        }
    }

    @Test
    void marksThatNobodyReadsTheAnswersOf() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true).build());
            told(tap, "opened");
            await().until(() -> bot.texts().size() == 2);
            bot.stall();
            String name = "x".repeat(1_000);
            for (int round = 0; round < 40 && tap.told().size() == 1; round++) {
                for (int i = 0; i < 60; i++) {
                    bot.send("{\"event\":\"mark\",\"mark\":{\"name\":\"" + name + "\"}}");
                }
                await().until(() -> tap.speech().marks() >= 60 || tap.told().size() > 1);
                tap.speech().played();
                tap.pass(0);
                tap.pass(0);
            }
            // what waits is bounded by the number of texts; the stall is what ends it
            tap.pass(6);
            tap.pass(6);
            await().until(() -> tap.told().size() == 2);
            assertThat(tap.last().event()).isEqualTo("lost");
        }
    }
}
