package io.github.camelvoice.store.spool;

import io.github.camelvoice.store.Own;
import io.github.camelvoice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a log, for one process at a time: {@code lock}; {@code source}, the name under which stores know it; {@code numbers}, above which
 * no sequence number and no trace was ever given; the segments {@code SOURCE.FIRST.spool}.
 */
final class SpoolFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final Pattern SEGMENT = Pattern.compile("([0-9a-f]{32})\\.([0-9]{19})\\.spool");
    private static final Pattern SOURCE = Pattern.compile("[0-9a-f]{32}");
    /** Numbers that a run has for itself: at 1,000 a second they last for 30 years. */
    private static final long NUMBERS_OF_A_RUN = 1_000_000_000_000L;
    private static final long NUMBERS_PER_MILLI = 1_000_000L;

    private final Path folder;
    private final FileChannel lock;
    private final String source;

    private SpoolFolder(Path folder, FileChannel lock, String source) {
        this.folder = folder;
        this.lock = lock;
        this.source = source;
    }

    static SpoolFolder open(Path folder) throws StoreException {
        FileChannel lock = null;
        try {
            Own.folder(folder);
            lock = lock(folder.resolve("lock"));
            return new SpoolFolder(folder, lock, source(folder));
        } catch (IOException failure) {
            closeQuietly(lock);
            throw new StoreException("the spool folder " + folder + " cannot be used: " + inWords(failure), failure);
        } catch (StoreException refused) {
            closeQuietly(lock);
            throw refused;
        }
    }

    private static FileChannel lock(Path file) throws IOException, StoreException {
        FileChannel channel = Own.file(file, StandardOpenOption.READ);
        try {
            if (channel.tryLock() != null) {
                String pid = Long.toString(ProcessHandle.current().pid());
                channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
                return channel;
            }
        } catch (OverlappingFileLockException ours) {
            LOG.debug("locked by this process", ours);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        String owner = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        throw new StoreException("the spool folder " + file.getParent() + " is used by process " + owner + "; each process needs its own", null);
    }

    private static String source(Path folder) throws IOException, StoreException {
        Path file = folder.resolve("source");
        String known = read(file);
        if (known != null && SOURCE.matcher(known).matches()) {
            return known;
        }
        List<String> named = sourcesOfSegments(folder);
        if (named.size() > 1) {
            throw new StoreException("the file " + file + " is missing, and the segments are of several logs: keep those of one", null);
        }
        String source = named.isEmpty() ? random() : named.get(0);
        write(folder, "source", source);
        return source;
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static List<String> sourcesOfSegments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> SEGMENT.matcher(file.getFileName().toString())).filter(Matcher::matches).map(name -> name.group(1))
                .distinct().toList();
        }
    }

    /** Notes the name of the log again where somebody has deleted it. */
    void restore() throws IOException {
        if (!Files.exists(folder.resolve("source"))) {
            write(folder, "source", source);
        }
    }

    /** Name of the log: random, the same for good. */
    String source() {
        return source;
    }

    /** What records begin with. */
    int marker() {
        return Integer.parseUnsignedInt(source.substring(0, 8), 16);
    }

    Path path() {
        return folder;
    }

    /** Segments of earlier runs, sealed, oldest first. */
    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = SEGMENT.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    continue;
                }
                if (name.group(1).equals(source)) {
                    segments.add(new Segment(file, Long.parseLong(name.group(2)), Files.size(file), true));
                } else {
                    LOG.warn("{} is of another log and is left alone", file);
                }
            }
        }
        return segments;
    }

    Path segment(long first) {
        return folder.resolve(source + "." + String.format("%019d", first) + ".spool");
    }

    /**
     * Numbers for a run, for its records as for its traces: above all that were ever given here, whatever the clock says.
     *
     * @param nowMillis wall clock
     * @param known     a number that was given
     */
    long numbers(long nowMillis, long known) {
        long base = Math.max(nowMillis * NUMBERS_PER_MILLI, known + 1);
        try {
            String taken = read(folder.resolve("numbers"));
            if (taken != null && taken.matches("[0-9]{1,18}|[1-8][0-9]{18}")) {
                base = Math.max(base, Long.parseLong(taken));
            }
            write(folder, "numbers", Long.toString(base + NUMBERS_OF_A_RUN));
        } catch (IOException failure) {
            LOG.warn("{}: the numbers of this run could not be noted, the clock must do: {}", folder, inWords(failure));
        }
        return base;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path draft = folder.resolve(name + ".new");
        try (FileChannel channel = Own.file(draft, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.REAL.forceFolder(folder);
    }

    /** The failure without a stack trace: what file, and what the system says. */
    static String inWords(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                LOG.debug("not closed", failure);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(lock);
    }
}
