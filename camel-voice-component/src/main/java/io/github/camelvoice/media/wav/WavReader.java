package io.github.camelvoice.media.wav;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import io.github.camelvoice.media.codec.G711;

/**
 * Reads a RIFF/WAVE stream front to back as mono samples of 16 bits; up to eight channels are averaged. Linear PCM of 8 to 32
 * bits, float of 32 and 64 bits, mu-law and A-law, also as WAVE_FORMAT_EXTENSIBLE and in RF64 (EBU Tech 3306). Blocks while the
 * stream does; for one thread.
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
    private static final int LONG_SIZES = 24;
    private static final long IN_LONG_SIZES = 0xffffffffL;
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
        boolean isLong = ascii(head, 0).equals("RF64") || ascii(head, 0).equals("BW64");
        if (!isLong && !ascii(head, 0).equals("RIFF") || !ascii(head, 8).equals("WAVE")) {
            throw new WavException("Not a WAV file: it does not begin with RIFF and WAVE" + whatItIs(head));
        }
        long fileSize = WavFormat.u32(head, 4);
        long longSize = -1;
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
                boolean told = size < UNKNOWN && (size > 0 || fileSize > 0);
                announced = told ? size : size == IN_LONG_SIZES ? longSize : -1;
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
            } else if (isLong && id.equals("ds64") && size >= LONG_SIZES) {
                readHeader(content, LONG_SIZES, "its sizes");
                skip(padded - LONG_SIZES);
                long told = WavFormat.u32(content, 8) | WavFormat.u32(content, 12) << 32;
                longSize = told > 0 ? told : -1;
            } else {
                skip(padded);
            }
        }
        format = found;
        left = announced < 0 ? Long.MAX_VALUE : announced / format.frameBytes();
        raw = new byte[FRAMES * format.frameBytes()];
    }

    /**
     * Reads a whole stream and says how long its audio is: what a file is held against before it is played.
     *
     * @param in the stream, closed here
     * @throws WavException if it cannot be played, or ends a tenth of a second or more before its announced length; the message says why
     * @throws IOException  as the stream does
     */
    public static Duration check(InputStream in) throws IOException {
        try (in) {
            WavReader reader = new WavReader(in);
            int frameBytes = reader.format.frameBytes();
            long frames = 0;
            for (int got = FRAMES; got == FRAMES && frames < reader.left; frames += got) {
                got = in.readNBytes(reader.raw, 0, (int) Math.min(FRAMES, reader.left - frames) * frameBytes) / frameBytes;
            }
            reader.mustBeWhole(frames);
            return Duration.ofMillis(frames * 1000 / reader.sampleRate());
        }
    }

    /**
     * To be asked at the end.
     *
     * @param samples how many there were
     * @throws WavException if the header announces a tenth of a second more, or more than that
     */
    public void mustBeWhole(long samples) throws WavException {
        long said = announcedSamples();
        if ((said - samples) * 10 >= sampleRate()) {
            throw new WavException(String.format(Locale.ROOT, "WAV ends after %.1f s of %.1f s", (double) samples / sampleRate(), (double) said / sampleRate()));
        }
    }

    /** The format of the file; what {@link #read} gives is always mono of 16 bits, at this rate. */
    public WavFormat format() {
        return format;
    }

    /** Sample rate in Hz, 1000 to 384000. */
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
        int channels = format.channels();
        int bytes = format.sampleBytes();
        for (int i = 0, at = 0; i < got; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++, at += bytes) {
                sum += sample(at);
            }
            buf[off + i] = (short) (channels == 1 ? sum : Math.floorDiv(sum, channels));
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
            case PCM -> format.sampleBytes() == 1 ? (from[at] & 0xff) - 128 << 8 : (short) WavFormat.u16(from, at + format.sampleBytes() - 2);
            case FLOAT -> fromFloat(format.sampleBytes() == 4 ? Float.intBitsToFloat((int) WavFormat.u32(from, at))
                    : (float) Double.longBitsToDouble(WavFormat.u32(from, at) | WavFormat.u32(from, at + 4) << 32));
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

    /** What people have by mistake. */
    private static String whatItIs(byte[] head) {
        String start = ascii(head, 0);
        if (start.startsWith("ID3") || (head[0] & 0xff) == 0xff && (head[1] & 0xe0) == 0xe0) {
            return "; it looks like MP3";
        }
        return switch (start) {
            case "OggS" -> "; it is Ogg";
            case "fLaC" -> "; it is FLAC";
            case "FORM" -> "; it is AIFF";
            case ".snd" -> "; it is Sun audio";
            case "RIFX" -> "; it is RIFX, whose bytes are the other way round";
            case "RIFF" -> "; it is RIFF of another kind";
            default -> "";
        };
    }

    private static String ascii(byte[] in, int at) {
        return new String(in, at, 4, StandardCharsets.ISO_8859_1);
    }
}
