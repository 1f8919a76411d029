package io.github.camelvoice.media.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WavWriterTest {

    @TempDir
    Path folder;

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        Path file = folder.resolve("a.wav");
        try (WavWriter writer = new WavWriter(file, 1, 8000)) {
            writer.write(new short[] {9, 1, -2, 3, 9}, 1, 3);
            assertThat(writer.frames()).isEqualTo(3);
            assertThat(writer.fileBytes()).isEqualTo(50);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(WavBytes.file(1, 1, 8000, 16, WavBytes.samples(1, -2, 3)));
    }

    @Test
    void writesTwoChannelsEitherWay() throws IOException {
        Path file = folder.resolve("b.wav");
        try (WavWriter writer = new WavWriter(file, 2, 16000)) {
            writer.write(new short[] {1, 2}, 0, new short[] {0, -1, -2}, 1, 2);
            writer.write(new short[] {5, 6}, 0, 2);
            assertThat(writer.frames()).isEqualTo(3);
            assertThatThrownBy(() -> writer.write(new short[3], 0, 3)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(WavBytes.file(1, 2, 16000, 16, WavBytes.samples(1, -1, 2, -2, 5, 6)));
    }

    @Test
    void theFileIsValidAtAnyMoment() throws IOException {
        Path file = folder.resolve("c.wav");
        short[] frame = new short[160];
        Random random = new Random(5);
        try (WavWriter writer = new WavWriter(file, 1, 8000)) {
            for (int i = 0; i < 500; i++) {
                byte[] now = Files.readAllBytes(file);
                ByteBuffer header = ByteBuffer.wrap(now).order(ByteOrder.LITTLE_ENDIAN);
                long announced = header.getInt(40);
                assertThat(announced).isLessThanOrEqualTo(now.length - 44L);
                assertThat(header.getInt(4)).isEqualTo((int) announced + 36);
                assertThat(i * 320L - announced).as("not yet announced").isLessThanOrEqualTo(16000);
                for (int k = 0; k < frame.length; k++) {
                    frame[k] = (short) random.nextInt();
                }
                writer.write(frame, 0, frame.length);
            }
            writer.flush();
            assertThat(Files.size(file)).isEqualTo(writer.fileBytes());
        }
        try (WavReader reader = new WavReader(Files.newInputStream(file))) {
            assertThat(reader.announcedSamples()).isEqualTo(80_000);
            Random again = new Random(5);
            short[] buf = new short[777];
            int total = 0;
            for (int n; (n = reader.read(buf, 0, buf.length)) > 0; total += n) {
                for (int i = 0; i < n; i++) {
                    assertThat(buf[i]).isEqualTo((short) again.nextInt());
                }
            }
            assertThat(total).isEqualTo(80_000);
        }
    }

    @Test
    void stopsBeforeTheFormatOverflows() throws IOException {
        Path file = folder.resolve("d.wav");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (WavWriter writer = new WavWriter(channel, 1, 8000, 1000)) {
            writer.write(new short[400], 0, 400);
            assertThatThrownBy(() -> writer.write(new short[101], 0, 101)).isInstanceOf(WavException.class).hasMessageContaining("full");
            writer.write(new short[100], 0, 100);
        }
        assertThat(Files.size(file)).isEqualTo(1044);
    }

    @Test
    void replacesAnOlderFile() throws IOException {
        Path file = folder.resolve("e.wav");
        Files.write(file, new byte[5000]);
        new WavWriter(file, 1, 8000).close();
        assertThat(Files.size(file)).isEqualTo(44);
    }

    @Test
    void refusesWhatCannotBeWritten() throws IOException {
        assertThatThrownBy(() -> new WavWriter(folder.resolve("x.wav"), 3, 8000)).hasMessageContaining("3");
        assertThatThrownBy(() -> new WavWriter(folder.resolve("x.wav"), 1, 100)).hasMessageContaining("100");
        assertThatThrownBy(() -> new WavWriter(folder.resolve("no/x.wav"), 1, 8000)).isInstanceOf(IOException.class);
        WavWriter writer = new WavWriter(folder.resolve("f.wav"), 1, 8000);
        assertThatThrownBy(() -> writer.write(new short[1], 0, new short[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.write(new short[1], 0, 1)).isInstanceOf(WavException.class).hasMessageContaining("closed");
        assertThatThrownBy(writer::flush).isInstanceOf(WavException.class);
    }
}
