package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.TraceEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a crash or a bad disk left. */
class DamageTest {

    private static final int MARKER = 0xc0ffee11;
    /** Small, so that many records lie across the border of what is read at once. */
    private static final int CHUNK = 97;

    @TempDir
    Path folder;

    private final Frames frames = new Frames(MARKER);
    private final List<Integer> ends = new ArrayList<>();

    private byte[] encode(List<TraceEntry> entries) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20);
        long sequence = 1;
        for (TraceEntry entry : entries) {
            frames.put(out, sequence++, entry);
            ends.add(out.position());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Sequence numbers of what is read, each checked against what was written. */
    private List<Long> read(byte[] bytes, List<TraceEntry> written) throws IOException {
        Path file = folder.resolve("bytes");
        Files.write(file, bytes);
        List<Long> read = new ArrayList<>();
        try (FrameReader reader = new FrameReader(file, 0, frames, CHUNK)) {
            while (reader.next(bytes.length)) {
                TraceEntry entry = (TraceEntry) EntryCodec.decode(reader.type(), reader.payload());
                assertThat(Entries.same(entry, written.get((int) reader.sequence() - 1))).isTrue();
                read.add(reader.sequence());
            }
            assertThat(reader.offset()).isEqualTo(bytes.length);
        }
        return read;
    }

    @Test
    void whatIsWholeIsReadWhereverTheFileEnds() throws Exception {
        List<TraceEntry> entries = Entries.wholeCall(4).subList(3, 7);
        byte[] bytes = encode(entries);
        for (int cut = 0; cut <= bytes.length; cut++) {
            int end = cut;
            long whole = ends.stream().filter(at -> at <= end).count();
            assertThat(read(Arrays.copyOf(bytes, cut), entries)).hasSize((int) whole);
        }
    }

    @Test
    void aFlippedBitCostsOneRecordAtMost() throws Exception {
        List<TraceEntry> entries = Entries.wholeCall(4).subList(3, 7);
        byte[] bytes = encode(entries);
        Random random = new Random(8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            int at = i;
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            long hit = ends.stream().filter(end -> end <= at).count() + 1;
            assertThat(read(flipped, entries)).hasSize(entries.size() - 1).doesNotContain(hit);
        }
    }

    @Test
    void damagedStretchesCostWhatTheyTouch() throws Exception {
        Random random = new Random(20261121);
        List<TraceEntry> entries = Entries.random(random, 200);
        byte[] bytes = encode(entries);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = bytes.clone();
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 30 : 30_000));
            for (int i = from; i < to; i++) {
                damaged[i] = (byte) (round % 3 == 0 ? 0 : random.nextInt());
            }
            List<Long> read = read(damaged, entries);
            for (int i = 0; i < entries.size(); i++) {
                int start = i == 0 ? 0 : ends.get(i - 1);
                if (ends.get(i) <= from || start >= to) {
                    assertThat(read).contains(i + 1L);
                }
            }
        }
    }

    @Test
    void recordsLargerThanTheBufferAreRead() throws Exception {
        byte[] data = new byte[600_000];
        new Random(3).nextBytes(data);
        List<TraceEntry> entries = List.of(Entries.message(1, "a"), Entries.message(2, data), Entries.message(3, "b"));
        byte[] bytes = encode(entries);
        assertThat(read(bytes, entries)).containsExactly(1L, 2L, 3L);
        bytes[300_000]++;
        assertThat(read(bytes, entries)).containsExactly(1L, 3L);
    }

    @Test
    void aTornRecordThatHoldsAnotherOneDoesNotGiveItAway() throws Exception {
        ByteBuffer forged = ByteBuffer.allocate(1_000);
        new Frames(MARKER + 1).put(forged, 9, Entries.opened(9));
        List<TraceEntry> entries = List.of(Entries.message(1, Arrays.copyOf(forged.array(), forged.position())));
        byte[] bytes = encode(entries);
        assertThat(read(Arrays.copyOf(bytes, bytes.length - 1), entries)).isEmpty();
    }

    @Test
    void theLogGoesOnBehindDamage() throws Exception {
        FakeStore store = new FakeStore();
        store.down = true;
        SpoolOptions options = Entries.quick(folder).withSizes(4_000, 1 << 20);
        List<TraceEntry> entries = Entries.random(new Random(8), 100);
        try (SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM)) {
            log.start();
            for (TraceEntry entry : entries) {
                log.append(entry);
                log.durable().toCompletableFuture().get(10, SECONDS);
            }
        }
        List<Path> segments;
        try (var files = Files.list(folder)) {
            segments = files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
        }
        Path middle = segments.get(segments.size() / 2);
        byte[] bytes = Files.readAllBytes(middle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(middle, bytes);
        Path last = segments.get(segments.size() - 1);
        byte[] torn = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(torn, torn.length - 1));

        store.down = false;
        try (SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM)) {
            log.start();
            log.stored().toCompletableFuture().get(10, SECONDS);
            assertThat(log.damages()).isEqualTo(1);
        }
        List<String> stored = Entries.texts(store.entries());
        List<String> given = Entries.texts(entries);
        assertThat(stored.stream().filter(given::contains)).hasSize(98);
        assertThat(given).containsSubsequence(stored.subList(0, 98));
    }

    @Test
    void anUnknownTypeIsSetAside() throws Exception {
        FakeStore store = new FakeStore();
        SpoolOptions options = Entries.quick(folder);
        try (SpoolFolder prepared = SpoolFolder.open(folder)) {
            ByteBuffer out = ByteBuffer.allocate(10_000);
            Frames own = new Frames(prepared.marker());
            own.put(out, 5, Entries.opened(1));
            own.put(out, 6, (byte) 99, ByteBuffer.wrap(new byte[40]));
            own.put(out, 7, Entries.ended(1));
            Files.write(prepared.segment(5), Arrays.copyOf(out.array(), out.position()));
        }
        try (SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM)) {
            log.start();
            log.stored().toCompletableFuture().get(10, SECONDS);
            assertThat(log.rejected()).isEqualTo(1);
        }
        assertThat(store.entries()).hasSize(2);
        assertThat(folder.resolve("rejected")).isNotEmptyFile();
    }
}
