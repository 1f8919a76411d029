package io.github.camelvoice.media.record;

import io.github.camelvoice.media.rtp.PcmRing;
import io.github.camelvoice.media.wav.WavWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The file of a recording: under a name of its own, {@code .part}, until it is complete. For one thread at a time; blocks. */
final class RecordingFile {

    private final Path file;
    private final Path part;
    private final int channels;
    private final int rate;
    private final short[] chunk = new short[1920];
    private WavWriter writer;

    RecordingFile(Path file, int channels, int rate) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.channels = channels;
        this.rate = rate;
    }

    /** Writes all that the ring has. */
    void drain(PcmRing ring) throws IOException {
        if (writer == null) {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            writer = new WavWriter(part, channels, rate);
        }
        int count;
        while ((count = ring.read(chunk, 0, chunk.length)) > 0) {
            writer.write(chunk, 0, count);
        }
    }

    void silence(long samples) throws IOException {
        Arrays.fill(chunk, (short) 0);
        for (long left = samples; left > 0; left -= chunk.length) {
            writer.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    /** Closes the file and gives it its name. */
    void complete() throws IOException {
        writer.close();
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException crossing) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Closes the file, keeps what is between two positions, and gives it its name.
     *
     * @param from first frame
     * @param to   frame after the last one; may be beyond the end
     */
    void complete(long from, long to) throws IOException {
        writer.close();
        long end = Math.min(to, writer.frames());
        if (from == 0 && end == writer.frames()) {
            complete();
            return;
        }
        Path whole = file.resolveSibling(file.getFileName() + ".whole");
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        try {
            writer = new WavWriter(part, channels, rate);
            copy(whole, from, end);
            complete();
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void copy(Path whole, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length / channels * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel source = FileChannel.open(whole)) {
            long at = WavWriter.HEADER + from * 2 * channels;
            long end = WavWriter.HEADER + to * 2 * channels;
            while (at < end) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), end - at));
                int count = source.read(bytes, at);
                if (count < 2) {
                    return;
                }
                int samples = count / 2;
                bytes.flip();
                bytes.asShortBuffer().get(chunk, 0, samples);
                writer.write(chunk, 0, samples);
                at += samples * 2L;
            }
        }
    }

    /** Nothing of it is kept. */
    void discard() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }

    /** Closes what can be closed; what was written stays under the name with {@code .part}. */
    void abandon() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException again) {
                // told already
            }
        }
    }

    /** Milliseconds of audio that were taken. */
    long millis() {
        return writer == null ? 0 : writer.frames() * 1000 / rate;
    }
}
