package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports of voice quality (RFC 6035). */
class QualityPackageTest {

    static final String REPORT = """
            VQSessionReport : CallTerm
            CallID: 12345678@example.com
            LocalID: Alice <sip:alice@example.org>
            RemoteID: Bill <sip:bill@example.net>
            OrigID: Alice <sip:alice@example.org>
            LocalGroup: example-phone-55671
            RemoteGroup: example-gateway-09871
            LocalAddr:IP=10.10.1.100 PORT=5000 SSRC=1a3b5c7d
            LocalMAC:00:1f:5b:cc:21:0f
            RemoteAddr:IP=[2001:db8::1] PORT=5002 SSRC=0x2468abcd
            RemoteMAC:00:26:08:8e:95:02
            LocalMetrics:
            Timestamps:START=2004-10-10T18:23:43Z STOP=2004-10-01T18:26:02Z
            SessionDesc:PT=18 PD=G729 SR=8000 FD=20 FO=20 FPP=2 PPS=50
             FMTP="annexb=no" PLC=3 SSUP=on
            JitterBuffer:JBA=3 JBR=2 JBN=40 JBM=80 JBX=120
            PacketLoss:NLR=5.0 JDR=2.0
            BurstGapLoss:BLD=0 BD=0 GLD=2.0 GD=500 GMIN=16
            Delay:RTD=200 ESD=140 SOWD=150 IAJ=2 MAJ=10
            Signal:SL=-18 NL=-50 RERL=55
            QualityEst:RLQ=88 RCQ=85 EXTRI=90 MOSLQ=4.1 MOSCQ=4.0 QoEEstAlg=P.564
            x-maker:tone=1
            RemoteMetrics:
            Timestamps:START=2004-10-10T18:23:43Z STOP=2004-10-01T18:26:02Z
            PacketLoss:NLR=1.5
            DialogID:1890463548@alice.example.org;to-tag=8472761;from-tag=9123dh311
            """;

    private static StateMerge merge(EventState before, String body) {
        return EventPackages.of("rtcp-stats").merge(before, "application/vq-rtcpxr", body.getBytes(StandardCharsets.UTF_8));
    }

    private static VoiceQuality read(String body) {
        StateMerge merge = merge(null, body);
        assertThat(merge).isInstanceOf(StateMerge.Applied.class);
        return (VoiceQuality) ((StateMerge.Applied) merge).full();
    }

    @Test
    void aReportIsRead() {
        VoiceQuality report = read(REPORT);
        assertThat(report.report()).isEqualTo(VoiceQuality.Report.SESSION);
        assertThat(report.callTerm()).isTrue();
        assertThat(report.alert()).isNull();
        assertThat(report.session()).isEqualTo(new VoiceQuality.Session("12345678@example.com", "Alice <sip:alice@example.org>",
                "Bill <sip:bill@example.net>", "Alice <sip:alice@example.org>", new VoiceQuality.Address("10.10.1.100", 5000, "1a3b5c7d"),
                new VoiceQuality.Address("[2001:db8::1]",
                5002, "0x2468abcd"), "example-phone-55671", "example-gateway-09871", "00:1f:5b:cc:21:0f", "00:26:08:8e:95:02",
                "1890463548@alice.example.org;to-tag=8472761;from-tag=9123dh311"));
        VoiceQuality.Metrics local = report.local();
        assertThat(local.start()).isEqualTo("2004-10-10T18:23:43Z");
        assertThat(local.session()).isEqualTo(new VoiceQuality.SessionDescription(18, "G729", 8000d, 20d, 20d, 2d, 50d, "annexb=no", 3, "on"));
        assertThat(local.jitterBuffer()).isEqualTo(new VoiceQuality.JitterBuffer(3, 2, 40d, 80d, 120d));
        assertThat(local.packetLoss()).isEqualTo(new VoiceQuality.PacketLoss(5d, 2d));
        assertThat(local.burstGapLoss()).isEqualTo(new VoiceQuality.BurstGapLoss(0d, 0d, 2d, 500d, 16d));
        assertThat(local.delay()).isEqualTo(new VoiceQuality.Delay(200d, 140d, 150d, null, 2d, 10d));
        assertThat(local.signal()).isEqualTo(new VoiceQuality.Signal(-18d, -50d, 55d));
        assertThat(local.quality()).isEqualTo(new VoiceQuality.Quality(88d, 85d, 90d, null, 4.1, 4d, Map.of("qoeestalg", "P.564")));
        assertThat(local.others()).containsEntry("x-maker", "tone=1");
        assertThat(report.remote().packetLoss()).isEqualTo(new VoiceQuality.PacketLoss(1.5, null));
        assertThat(report.remote().delay()).isNull();
        assertThat(report.document()).isEqualTo(REPORT);
        assertThat(report.values().toString()).contains("mosLq=4.1", "networkLoss=5.0", "callTerm=true", "report=session");
    }

    @Test
    void theLastReportIsTheState() {
        VoiceQuality report = read(REPORT);
        assertThat(merge(report, REPORT)).isEqualTo(new StateMerge.Applied(report, report, false));
        StateMerge.Applied alert = (StateMerge.Applied) merge(report,
                "VQAlertReport: Type=NLR Severity=Critical Dir=local\r\nCallID: 1@x\r\nLocalMetrics:\r\n"
                + "PacketLoss:NLR=12.0 JDR=\r\n");
        assertThat(alert.isNew()).isTrue();
        VoiceQuality state = (VoiceQuality) alert.full();
        assertThat(state.alert()).isEqualTo(new VoiceQuality.Alert("NLR", "Critical", "local"));
        assertThat(state.local().packetLoss()).isEqualTo(new VoiceQuality.PacketLoss(12d, null));
        assertThat(read("VQIntervalReport\nCallID:1").callTerm()).isFalse();
    }

    @Test
    void whatIsBrokenIsRefused() {
        assertThat(merge(null, "hello")).isEqualTo(new StateMerge.Broken("line 1 is no VQSessionReport, VQIntervalReport or VQAlertReport"));
        assertThat(merge(null, "VQIntervalReport\nCallID 1")).isEqualTo(new StateMerge.Broken("line 2 has no name"));
        assertThat(merge(null, "VQIntervalReport\nLocalMetrics:\nPacketLoss:NLR=many")).isEqualTo(new StateMerge.Broken("NLR is not a number"));
        assertThat(merge(null, "VQIntervalReport\n" + "X: y\n".repeat(300))).isEqualTo(new StateMerge.Broken("more than 200 lines"));
        assertThat(merge(null, "VQIntervalReport\nLocalAddr:" + pairs(100))).isEqualTo(new StateMerge.Broken("a line has more than 64 pairs"));
        assertThat(merge(null, "VQIntervalReport\n" + "x".repeat(70_000))).isEqualTo(new StateMerge.Broken("more than 65536 bytes"));
    }

    private static String pairs(int count) {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < count; i++) {
            pairs.append(" a").append(i).append("=1");
        }
        return pairs.toString();
    }

    @Test
    void itsOtherNameIsSentAsTheRegisteredOne() {
        assertThat(EventPackages.of("rtcp-stats").name()).isEqualTo("vq-rtcpxr");
        assertThat(EventPackages.registered("RTCP-stats;x=y")).isEqualTo("vq-rtcpxr;x=y");
        assertThat(EventPackages.registered("dialog;call-id=x")).isEqualTo("dialog;call-id=x");
    }
}
