package io.github.camelvoice.tap.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RawSinkTest {

    private static byte[] frame(int value) {
        byte[] frame = new byte[160];
        Arrays.fill(frame, (byte) value);
        return frame;
    }

    @Test
    void oneTextMessageThenAudioAsItIs() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver tap = new TapDriver()) {
            tap.open(TapSpec.to(bot.url("/audio?x=1")).build());
            await().until(() -> tap.last() != null);
            assertThat(tap.last().event()).isEqualTo("opened");
            for (int i = 0; i < 10; i++) {
                tap.frame(Track.INBOUND, frame(i), i * 20L);
            }
            await().until(() -> bot.messages().size() == 11);
            assertThat(bot.texts()).containsExactly("{\"content-type\":\"audio/mulaw;rate=8000\",\"call_id\":\"" + TapDriver.CALL
                    + "\",\"control_id\":\"tap-1\",\"direction\":\"speak\",\"ptime\":20,\"channels\":1,\"bidirectional\":false}");
            for (int i = 0; i < 10; i++) {
                assertThat(bot.binaries().get(i)).isEqualTo(frame(i));
            }
            BotServer.Request request = bot.requests().get(0);
            assertThat(request.uri()).isEqualTo("/audio?x=1");
            assertThat(request.headers().get("Host")).isEqualTo("127.0.0.1:" + bot.port());
            assertThat(request.headers().get("X-Voice-Call-Id")).isEqualTo(TapDriver.CALL);
            assertThat(request.headers().get("X-Voice-Control-Id")).isEqualTo("tap-1");
            assertThat(request.headers().contains("Origin")).isFalse();
            assertThat(request.headers().contains("Authorization")).isFalse();
            tap.run(() -> tap.sink().close("stopped"));
            await().until(() -> bot.closes().size() == 1);
            assertThat(bot.texts().get(1)).isEqualTo("{\"event\":\"stop\",\"reason\":\"stopped\"}");
            assertThat(bot.closes()).containsExactly(1000);
            assertThat(tap.told()).hasSize(1);
        }
    }
}
