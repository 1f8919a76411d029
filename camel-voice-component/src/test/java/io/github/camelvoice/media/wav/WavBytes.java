package io.github.camelvoice.media.wav;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds WAV streams, right and wrong ones, for tests. */
final class WavBytes {

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    static byte[] file(int tag, int channels, int rate, int bits, byte[] data) {
        return new WavBytes().chunk("fmt ", format(tag, channels, rate, bits)).chunk("data", data).riff();
    }

    static byte[] format(int tag, int channels, int rate, int bits) {
        return little(16).putShort((short) tag).putShort((short) channels).putInt(rate)
                .putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8)).putShort((short) bits).array();
    }

    static byte[] extensible(int subTag, int channels, int rate, int bits) {
        return little(40).put(format(0xfffe, channels, rate, bits)).putShort((short) 22).putShort((short) bits).putInt(0)
                .putShort((short) subTag)
                .put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71}).array();
    }

    static byte[] samples(int... values) {
        ByteBuffer out = little(values.length * 2);
        for (int value : values) {
            out.putShort((short) value);
        }
        return out.array();
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    WavBytes chunk(String id, byte[] content) {
        return chunk(id, content, content.length);
    }

    WavBytes chunk(String id, byte[] content, long announced) {
        chunks.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(little(4).putInt((int) announced).array());
        chunks.writeBytes(content);
        if ((content.length & 1) != 0) {
            chunks.write(0);
        }
        return this;
    }

    byte[] riff() {
        return riff(chunks.size() + 4L);
    }

    byte[] riff(long announced) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(4).putInt((int) announced).array());
        out.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(chunks.toByteArray());
        return out.toByteArray();
    }
}
