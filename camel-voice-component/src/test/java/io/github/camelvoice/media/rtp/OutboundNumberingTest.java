package io.github.camelvoice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OutboundNumberingTest {

    private static final long MILLI = 1_000_000;
    private final OutboundNumbering numbering = new OutboundNumbering(0xABCD, 65535, 0xFFFFFFFFL, 8000);
    private final ByteBuffer out = ByteBuffer.allocate(200);
    private final RtpView sent = new RtpView();

    private RtpView own(long now) {
        numbering.stamp(out, 0, 8, numbering.nextTimestamp(now, 160), now);
        return sent();
    }

    private RtpView passed(int ssrc, int sequence, long timestamp, long now) {
        ByteBuffer in = ByteBuffer.allocate(40);
        in.putInt(0, 0x80000000 | sequence).putInt(4, (int) timestamp).putInt(8, ssrc);
        RtpView view = new RtpView();
        assertThat(view.wrap(in)).isNull();
        numbering.restamp(out, 0, 0, view, now);
        return sent();
    }

    private RtpView sent() {
        assertThat(sent.wrap(out)).isNull();
        return sent;
    }

    @Test
    void ownFramesCountOnOverTheEdges() {
        RtpView first = own(0);
        assertThat(first.sequence()).isEqualTo(65535);
        assertThat(first.timestamp()).isEqualTo(0xFFFFFFFFL);
        assertThat(first.marker()).isTrue();
        assertThat(first.payloadType()).isEqualTo(8);
        assertThat(first.ssrc()).isEqualTo(0xABCD);
        RtpView second = own(20 * MILLI);
        assertThat(second.sequence()).isZero();
        assertThat(second.timestamp()).isEqualTo(159);
        assertThat(second.marker()).isFalse();
        // late by 15 ms, and yet one frame on
        assertThat(own(55 * MILLI).timestamp()).isEqualTo(319);
    }

    @Test
    void afterAPauseTheClockHasGoneOn() {
        own(0);
        numbering.pause();
        RtpView next = own(1001 * MILLI);
        assertThat(next.timestamp()).isEqualTo(0xFFFFFFFFL + 8000 & 0xFFFFFFFFL);
        assertThat(next.marker()).isTrue();
        assertThat(next.sequence()).isZero();
    }

    @Test
    void passedPacketsKeepTheirGapsAndOrder() {
        own(0);
        assertThat(passed(1, 500, 1000, 20 * MILLI).sequence()).isZero();
        long base = sent.timestamp();
        assertThat(base).isEqualTo(159);
        assertThat(passed(1, 503, 1480, 80 * MILLI).sequence()).isEqualTo(3);
        assertThat(sent.timestamp()).isEqualTo(base + 480);
        assertThat(passed(1, 502, 1320, 81 * MILLI).sequence()).isEqualTo(2);
        assertThat(sent.timestamp()).isEqualTo(base + 320);
        RtpView own = own(100 * MILLI);
        assertThat(own.sequence()).isEqualTo(4);
        assertThat(own.timestamp()).isEqualTo(base + 640);
    }

    @Test
    void whatIsLeftOutOnPurposeIsNoGap() {
        passed(1, 500, 1000, 0);
        ByteBuffer in = ByteBuffer.allocate(40);
        in.putInt(0, 0x80000000 | 501).putInt(8, 1);
        RtpView view = new RtpView();
        view.wrap(in);
        numbering.leaveOut(view);
        assertThat(passed(1, 502, 1320, 40 * MILLI).sequence()).isZero();
        assertThat(sent.timestamp()).isEqualTo(319);
    }

    @Test
    void anotherStreamOrAJumpIsTiedOnWithTheNextNumber() {
        passed(1, 500, 1000, 0);
        assertThat(passed(2, 9, 77, 20 * MILLI).sequence()).isZero();
        assertThat(sent.timestamp()).isEqualTo(159);
        assertThat(passed(2, 9 + 20000, 77, 40 * MILLI).sequence()).isEqualTo(1);
        assertThat(sent.timestamp()).isEqualTo(319);
        assertThat(passed(2, 9 + 20001, 77 + 1_000_000, 60 * MILLI).timestamp()).isEqualTo(479);
    }
}
