package io.github.camelvoice.media.codec;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class G711Test {

    /** Values at the ends of segments, from the tables 1 and 2 of ITU-T G.711 (mu-law is 14 bit, A-law 13 bit there). */
    @Test
    void decodesTheValuesOfTheStandard() {
        G711 mulaw = G711.mulaw();
        assertThat(mulaw.decode((byte) 0xff)).isEqualTo((short) 0);
        assertThat(mulaw.decode((byte) 0x7f)).isEqualTo((short) 0);
        assertThat(mulaw.decode((byte) 0x80)).isEqualTo((short) (8031 * 4));
        assertThat(mulaw.decode((byte) 0x00)).isEqualTo((short) (-8031 * 4));
        assertThat(mulaw.decode((byte) 0x8f)).isEqualTo((short) (4191 * 4));
        assertThat(mulaw.decode((byte) 0xfe)).isEqualTo((short) (2 * 4));
        G711 alaw = G711.alaw();
        assertThat(alaw.decode((byte) 0xd5)).isEqualTo((short) 8);
        assertThat(alaw.decode((byte) 0x55)).isEqualTo((short) -8);
        assertThat(alaw.decode((byte) 0xaa)).isEqualTo((short) (4032 * 8));
        assertThat(alaw.decode((byte) 0x2a)).isEqualTo((short) (-4032 * 8));
    }

    @Test
    void everyCodeSurvivesTheRoundTrip() {
        for (G711 codec : new G711[] {G711.mulaw(), G711.alaw()}) {
            for (int code = 0; code < 256; code++) {
                short sample = codec.decode((byte) code);
                // mu-law has two zeros; the positive one is chosen
                byte expected = sample == 0 ? (byte) 0xff : (byte) code;
                assertThat(codec.encode(sample)).as("%s %02x", codec, code).isEqualTo(expected);
            }
        }
    }

    @Test
    void everySampleGetsANearbyCode() {
        for (G711 codec : new G711[] {G711.mulaw(), G711.alaw()}) {
            short last = Short.MIN_VALUE;
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                short back = codec.decode(codec.encode((short) sample));
                assertThat(back).as("monotonic").isGreaterThanOrEqualTo(last);
                last = back;
                int clipped = Math.max(-32700, Math.min(32700, sample));
                assertThat(Math.abs(clipped - back)).as("%s of %d", codec, sample)
                        .isLessThanOrEqualTo(Math.max(16, (Math.abs(clipped) + 132) / 32 + 1));
            }
        }
    }

    @Test
    void silenceIsTheIdleCode() {
        assertThat(G711.mulaw().silence()).isEqualTo((byte) 0xff);
        assertThat(G711.alaw().silence()).isEqualTo((byte) 0xd5);
    }

    @Test
    void codesOnlyTheRangeAsked() {
        short[] pcm = new short[20];
        new Random(1).ints(20, -30000, 30000).forEach(v -> pcm[v & 15] = (short) v);
        byte[] out = new byte[10];
        Arrays.fill(out, (byte) 0x11);
        assertThat(Codecs.PCMU.encoder().encode(pcm, 4, 3, out, 2)).isEqualTo(3);
        assertThat(out[1]).isEqualTo((byte) 0x11);
        assertThat(out[5]).isEqualTo((byte) 0x11);
        short[] back = new short[6];
        assertThat(Codecs.PCMU.decoder().decode(out, 2, 3, back, 1)).isEqualTo(3);
        assertThat(back[0]).isZero();
        assertThat(back[4]).isZero();
        assertThat(back[1]).isEqualTo(G711.mulaw().decode(out[2]));
        assertThatThrownBy(() -> Codecs.PCMU.encoder().encode(pcm, 15, 6, out, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Codecs.PCMU.decoder().decode(out, 0, 10, back, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void codecsAreFoundByNameIgnoringCase() {
        assertThat(Codecs.get("pcmu")).isSameAs(Codecs.PCMU);
        assertThat(Codecs.find("Pcma")).contains(Codecs.PCMA);
        assertThat(Codecs.find(null)).isEmpty();
        assertThat(Codecs.ofStaticPayloadType(8)).contains(Codecs.PCMA);
        assertThat(Codecs.ofStaticPayloadType(-1)).isEmpty();
        assertThat(Codecs.ofStaticPayloadType(99)).isEmpty();
        assertThat(Codecs.names()).contains("PCMU", "PCMA");
        assertThatThrownBy(() -> Codecs.get("speex")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speex").hasMessageContaining("PCMU");
    }
}
