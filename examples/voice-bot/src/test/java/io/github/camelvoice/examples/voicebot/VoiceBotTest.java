package io.github.camelvoice.examples.voicebot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.gateway.Gateway;
import io.github.camelvoice.gateway.GatewaySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot behind a gateway with the routes of this folder, called by a phone. */
class VoiceBotTest {

    @TempDir
    static Path folder;
    private static final List<String> SAID = new CopyOnWriteArrayList<>();
    private static Bot bot;
    private static Gateway gateway;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        bot = Bot.start(0, SAID::add);
        System.setProperty("bot.url", bot.url());
        gateway = Gateway.start(GatewaySettings.read(Map.of("voice.sip.port", "0", "voice.http.port", "0", "voice.data.dir", folder.resolve("data").toString(),
                "voice.store", "memory", "voice.outbound.allow", "127.0.0.1", "voice.routes.dir", Path.of("routes").toAbsolutePath().toString()), Map.of()));
        caller = Caller.start(folder);
    }

    @AfterAll
    static void stop() {
        caller.close();
        gateway.close();
        bot.close();
        System.clearProperty("bot.url");
    }

    private static int sipPort() {
        return (int) gateway.ports().get("voice.sip.port");
    }

    private static void said(String part) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> SAID.stream().anyMatch(each -> each.contains(part)));
    }

    @Test
    void whatTheCallerSaysComesBackWholeAndOnce() throws Exception {
        RoundTrip trip = RoundTrip.measure(caller, sipPort(), 10, () -> said("answering at once"));
        System.out.println("voice bot: " + trip);
        assertThat(trip.said()).hasSize(10);
        assertThat(trip.isWhole()).as("%s -> %s", trip.said(), trip.heard()).isTrue();
        await().until(() -> SAID.contains("bot: the call is over"));
    }

    @Test
    void aKeySilencesTheBotInMidSentence() throws Exception {
        Ear ear = new Ear();
        Call call = caller.dial("repeat-bot", sipPort(), ear);
        said("answering after each sentence");
        caller.say(call, Tones.bursts(1, 3000, 3000));
        assertThat(ear.awaitSpeech(500, 20)).isTrue();
        caller.press(call, "5").get(20, TimeUnit.SECONDS);
        await().atMost(20, TimeUnit.SECONDS).until(() -> SAID.contains("bot: answer 1 was played, or cleared"));
        caller.hangUp(call);
        assertThat(SAID).contains("bot: key 5, silent at once");
        assertThat(ear.bursts(MediaTap.Track.INBOUND)).as("the first part of what was said alone").singleElement()
                .satisfies(burst -> assertThat(burst.millis()).isLessThan(2500));
    }
}
