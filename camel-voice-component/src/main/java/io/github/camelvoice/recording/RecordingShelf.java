package io.github.camelvoice.recording;

import io.github.camelvoice.document.RecordingStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the recordings: of each {@code RE….wav}, and {@code RE….json} with what is known of it. All that is known is in memory too.
 * Thread-safe; what changes something writes files.
 */
public final class RecordingShelf {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingShelf.class);
    private static final String SID = "RE[0-9a-f]{32}";
    private static final int WAV_HEADER = 44;

    private final Path folder;
    private final Map<String, RecordingInfo> known = new ConcurrentHashMap<>();

    public RecordingShelf(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Reads what there is. Recordings that a crash has cut off end where they were cut. */
    public void open() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "RE*.json")) {
            for (Path file : files) {
                read(file);
            }
        } catch (IOException unreadable) {
            LOG.warn("recordings in {} cannot be listed: {}", folder, unreadable.toString());
        }
    }

    private void read(Path file) {
        try {
            RecordingInfo info = RecordingJson.read(Files.readString(file));
            if (!isSid(info.sid()) || !file.getFileName().toString().equals(info.sid() + ".json")) {
                throw new IOException("it is about another recording");
            }
            known.put(info.sid(), info.status() == RecordingStatus.IN_PROGRESS ? cutOff(info) : info);
        } catch (IOException | IllegalArgumentException broken) {
            LOG.warn("{} is left out: {}", file, broken.getMessage());
        }
    }

    private RecordingInfo cutOff(RecordingInfo info) throws IOException {
        Path part = folder.resolve(info.sid() + ".wav.part");
        if (Files.exists(part)) {
            Files.move(part, wav(info.sid()), StandardCopyOption.REPLACE_EXISTING);
        }
        RecordingInfo ended = info.ended(RecordingStatus.FAILED, 0, "interrupted");
        if (Files.exists(wav(info.sid()))) {
            int rate = rate(wav(info.sid()));
            long bytes = Math.max(0, Files.size(wav(info.sid())) - WAV_HEADER);
            ended = info.ended(RecordingStatus.COMPLETED, bytes * 1000 / (2L * info.channels() * rate), "interrupted");
        }
        put(ended);
        return ended;
    }

    private static int rate(Path wav) throws IOException {
        try (var in = Files.newInputStream(wav)) {
            byte[] head = in.readNBytes(WAV_HEADER);
            if (head.length < WAV_HEADER) {
                throw new IOException("its audio is no WAV file");
            }
            int rate = head[24] & 0xff | (head[25] & 0xff) << 8 | (head[26] & 0xff) << 16;
            return Math.max(1, rate);
        }
    }

    public static boolean isSid(String text) {
        return text != null && text.matches(SID);
    }

    /** Where the audio of a recording is, or will be. @throws IllegalArgumentException if that is no sid */
    public Path wav(String sid) {
        if (!isSid(sid)) {
            throw new IllegalArgumentException("no RecordingSid: " + sid);
        }
        return folder.resolve(sid + ".wav");
    }

    /** Keeps what is known. What cannot be written is known until the process ends, and logged. */
    void put(RecordingInfo info) {
        known.put(info.sid(), info);
        Path draft = folder.resolve(info.sid() + ".json.new");
        try {
            Files.createDirectories(folder);
            Files.writeString(draft, RecordingJson.write(info));
            Files.move(draft, folder.resolve(info.sid() + ".json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.warn("what is known of recording {} cannot be written: {}", info.sid(), full.toString());
        }
    }

    public Optional<RecordingInfo> find(String sid) {
        return Optional.ofNullable(known.get(sid));
    }

    /** Those that pass, the newest first. */
    public List<RecordingInfo> list(Predicate<RecordingInfo> filter) {
        return known.values().stream().filter(filter)
                .sorted(Comparator.comparing(RecordingInfo::startedAt).thenComparing(RecordingInfo::sid).reversed()).toList();
    }

    /** Forgets a recording and its audio. @return whether it was there; one that runs is not forgotten */
    public boolean delete(String sid) {
        RecordingInfo info = known.get(sid);
        if (info == null || info.status() == RecordingStatus.IN_PROGRESS) {
            return false;
        }
        try {
            Files.deleteIfExists(wav(sid));
            Files.deleteIfExists(folder.resolve(sid + ".json"));
        } catch (NoSuchFileException gone) {
            // somebody else was faster
        } catch (IOException refused) {
            LOG.warn("recording {} cannot be deleted: {}", sid, refused.toString());
            return false;
        }
        return known.remove(sid) != null;
    }

    /** Forgets those that began before. */
    void forget(Instant before) {
        int count = 0;
        for (RecordingInfo each : list(info -> info.startedAt().isBefore(before))) {
            count += delete(each.sid()) ? 1 : 0;
        }
        if (count > 0) {
            LOG.info("{} recordings from before {} are deleted", count, before);
        }
    }
}
