package io.github.camelvoice.media.wav;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.github.camelvoice.media.codec.G711;

/**
 * Reads a RIFF/WAVE stream front to back as mono samples of 16 bits; two channels are averaged. Linear PCM of 8, 16, 24
 * and 32 bits, float of 32 bits, mu-law and A-law, also as WAVE_FORMAT_EXTENSIBLE. Blocks while the stream does; for one
 * thread.
 *
 * <p>Data that ends before its announced length ends the audio at the last whole sample. Programs that write to a pipe
 * cannot know the length: a data length of 0x7ffff000 or more, or of 0 in a file whose own length is 0 too, means up to
 * the end of the stream.
 */
public final class WavReader implements Closeable {

    /** Bytes that may stand before the audio: no file needs more, and a stream must not keep us reading for ever. */
    private static final int MAX_BEFORE_DATA = 8 * 1024 * 1024;
    private static final int MAX_CHUNKS = 1024;
    private static final int MAX_FORMAT = 64;
    private static final long UNKNOWN = 0x7ffff000L;
    private static final int FRAMES = 1024;

    private final InputStream in;
    private final WavFormat format;
    private final long announced;
    private final byte[] raw;
    private long left;

    /**
     * Reads up to the first sample.
     *
     * @param in the stream, closed by {@link #close()}; if this constructor fails, by the caller
     * @throws WavException if it is not a WAV stream that can be played; the message says why
     * @throws IOException  as the stream does
     */
    public WavReader(InputStream in) throws IOException {
        this.in = Objects.requireNonNull(in, "in");
        byte[] head = new byte[12];
        readHeader(head, 12, "its header");
        if (!ascii(head, 0).equals("RIFF") || !ascii(head, 8).equals("WAVE")) {
            throw new WavException("Not a WAV file: it does not begin with RIFF and WAVE");
        }
        long fileSize = WavFormat.u32(head, 4);
        WavFormat found = null;
        int budget = MAX_BEFORE_DATA;
        byte[] content = new byte[MAX_FORMAT];
        for (int chunks = 0; ; chunks++) {
            readHeader(head, 8, found == null ? "its format chunk" : "its data chunk");
            String id = ascii(head, 0);
            long size = WavFormat.u32(head, 4);
            if (id.equals("data")) {
                if (found == null) {
                    throw new WavException("WAV has its data chunk before the format chunk");
                }
                announced = size >= UNKNOWN || size == 0 && fileSize == 0 ? -1 : size;
                break;
            }
            long padded = size + (size & 1);
            if (chunks == MAX_CHUNKS || padded > budget) {
                throw new WavException("WAV has more than " + MAX_BEFORE_DATA / (1024 * 1024)
                        + " MB or " + MAX_CHUNKS + " chunks before its audio");
            }
            budget -= (int) padded;
            if (id.equals("fmt ")) {
                if (found != null) {
                    throw new WavException("WAV has two format chunks");
                }
                int kept = (int) Math.min(size, MAX_FORMAT);
                readHeader(content, kept, "its format chunk");
                skip(padded - kept);
                found = WavFormat.parse(content, kept);
            } else {
                skip(padded);
            }
        }
        format = found;
        left = announced < 0 ? Long.MAX_VALUE : announced / format.frameBytes();
        raw = new byte[FRAMES * format.frameBytes()];
    }

    /** The format of the file; what {@link #read} gives is always mono of 16 bits, at this rate. */
    public WavFormat format() {
        return format;
    }

    /** Sample rate in Hz, 4000 to 192000. */
    public int sampleRate() {
        return format.sampleRate();
    }

    /** Samples that the header announces, -1 where it does not know. The stream may end earlier. */
    public long announcedSamples() {
        return announced < 0 ? -1 : announced / format.frameBytes();
    }

    /**
     * Reads mono samples.
     *
     * @return how many, at least 1; -1 at the end of the audio; 0 only for {@code len} 0
     */
    public int read(short[] buf, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (len == 0) {
            return 0;
        }
        int frames = (int) Math.min(Math.min(len, FRAMES), left);
        int frameBytes = format.frameBytes();
        int got = frames == 0 ? 0 : in.readNBytes(raw, 0, frames * frameBytes) / frameBytes;
        left = got < frames ? 0 : left - got;
        if (got == 0) {
            return -1;
        }
        if (format.channels() == 1) {
            for (int i = 0; i < got; i++) {
                buf[off + i] = (short) sample(i * frameBytes);
            }
        } else {
            int second = frameBytes / 2;
            for (int i = 0; i < got; i++) {
                int at = i * frameBytes;
                buf[off + i] = (short) (sample(at) + sample(at + second) >> 1);
            }
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int sample(int at) {
        byte[] from = raw;
        return switch (format.encoding()) {
            case PCM_8 -> (from[at] & 0xff) - 128 << 8;
            case PCM_16 -> (short) WavFormat.u16(from, at);
            case PCM_24 -> (short) WavFormat.u16(from, at + 1);
            case PCM_32 -> (short) WavFormat.u16(from, at + 2);
            case FLOAT_32 -> fromFloat(Float.intBitsToFloat((int) WavFormat.u32(from, at)));
            case MULAW -> G711.mulaw().decode(from[at]);
            case ALAW -> G711.alaw().decode(from[at]);
        };
    }

    /** Saturates; what is not a number is silence. */
    private static int fromFloat(float value) {
        return Math.round(Math.max(-32768f, Math.min(32767f, value * 32768f)));
    }

    private void readHeader(byte[] into, int len, String what) throws IOException {
        int got = in.readNBytes(into, 0, len);
        if (got < len) {
            throw new WavException(got == 0 && len == 12 ? "WAV is empty" : "WAV ends within or before " + what);
        }
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new WavException("WAV ends within a chunk before its audio");
        }
    }

    private static String ascii(byte[] in, int at) {
        return new String(in, at, 4, StandardCharsets.ISO_8859_1);
    }
}
