package io.github.camelvoice.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapJsonTest {

    private static TapInfo rtp() {
        return new TapInfo("n1-a", "t1", "rtp://192.0.2.7:4000", TapProtocol.RTP, TapDirection.SPEAK, "PCMU", 8000, 20, 1, false, TapInfo.State.TAPPING,
                true, new InetSocketAddress("192.0.2.1", 10_000), new InetSocketAddress("2001:db8::7", 4000), Instant.EPOCH, null, null,
                new TapFigures(3, 480, 1, 2, 0, 0, 0, -20, -127));
    }

    @Test
    void hasWhatTheDocumentCallsVariables() {
        assertThat(TapJson.write(rtp())).isEqualTo("{\"callId\":\"n1-a\",\"controlId\":\"t1\",\"uri\":\"rtp://192.0.2.7:4000\",\"protocol\":\"rtp\","
                + "\"direction\":\"speak\",\"codec\":\"PCMU\",\"rate\":8000,\"ptime\":20,\"channels\":1,\"bidirectional\":false,\"state\":\"tapping\","
                + "\"paused\":true,\"result\":\"success\",\"rtpSrcAddr\":\"192.0.2.1\",\"rtpSrcPort\":10000,"
                + "\"remoteAddress\":\"[2001:db8:0:0:0:0:0:7]:4000\",\"startedAt\":\"1970-01-01T00:00:00Z\",\"frames\":3,\"bytes\":480,\"dropped\":1,"
                + "\"filled\":2,\"reconnects\":0,\"spokenMillis\":0,\"spokenDroppedMillis\":0,\"inboundLevel\":-20,\"outboundLevel\":-127}");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        TapInfo failed = new TapInfo("n1-a", "t2", "wss://bots.example/a", TapProtocol.TWILIO, TapDirection.BOTH, "PCMA", 8000, 20, 2, true,
                TapInfo.State.FAILED, false, null, null, Instant.EPOCH, Instant.EPOCH.plusSeconds(2), "it said \"no\"", TapFigures.NONE);
        String json = TapJson.write(List.of(failed, rtp()));
        assertThat(json).startsWith("[{").endsWith("}]").contains("\"result\":\"failed\",\"reason\":\"it said \\\"no\\\"\"",
                "\"endedAt\":\"1970-01-01T00:00:02Z\"");
        assertThat(json.substring(0, json.indexOf('}'))).doesNotContain("rtpSrc", "remoteAddress");
    }
}
