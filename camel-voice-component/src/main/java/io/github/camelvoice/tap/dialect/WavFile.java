package io.github.camelvoice.tap.dialect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A RIFF file in memory: PCM of 16 bits, or G.711, one channel. */
final class WavFile {

    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FMT = 0x20746d66;
    private static final int DATA = 0x61746164;

    private WavFile() {
    }

    static void speak(Wire wire, byte[] file) throws BadMessage {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt() != RIFF || in.getInt() == 0 || in.getInt() != WAVE) {
            throw new BadMessage("a file that is no WAV");
        }
        String encoding = null;
        int rate = 0;
        while (in.remaining() >= 8) {
            int chunk = in.getInt();
            long size = Math.min(in.getInt() & 0xffffffffL, in.remaining());
            int end = in.position() + (int) size;
            if (chunk == FMT && size >= 16) {
                encoding = encoding(in.getShort(in.position()), in.getShort(in.position() + 2), in.getShort(in.position() + 14));
                rate = JambonzDialect.rate(Integer.toString(in.getInt(in.position() + 4)));
            } else if (chunk == DATA && encoding != null) {
                byte[] audio = java.util.Arrays.copyOfRange(file, in.position(), end);
                wire.speak(encoding, rate, audio, encoding.equals("L16") ? audio.length & ~1 : audio.length);
                return;
            }
            in.position(Math.min(file.length, end + (end & 1)));
        }
        throw new BadMessage("a WAV file without audio");
    }

    private static String encoding(short format, short channels, short bits) throws BadMessage {
        if (channels == 1 && format == 1 && bits == 16) {
            return "L16";
        }
        if (channels == 1 && bits == 8 && (format == 6 || format == 7)) {
            return format == 7 ? "PCMU" : "PCMA";
        }
        throw new BadMessage("a WAV file that is neither PCM of 16 bits nor G.711, with one channel");
    }
}
