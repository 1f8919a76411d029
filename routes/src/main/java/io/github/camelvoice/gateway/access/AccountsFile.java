package io.github.camelvoice.gateway.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code accounts.json}: mode 600, replaced as a whole, so that a reader sees the old one or the new one. Writers of several processes (the
 * gateway at its start, the command line) take turns.
 */
final class AccountsFile {

    static final String NAME = "accounts.json";
    private static final String LOCK = ".accounts.lock";
    private static final long MAX_BYTES = 4L << 20;

    private final Path folder;
    private final Path file;

    AccountsFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /** What tells one state of the file from another. */
    record Stamp(Object key, long modified, long size) {

        static final Stamp NONE = new Stamp(null, 0, -1);
    }

    Stamp stamp() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.fileKey(), attributes.lastModifiedTime().toMillis(), attributes.size());
        } catch (NoSuchFileException e) {
            return Stamp.NONE;
        }
    }

    /** None where there is no file. @throws IOException with a message that names the file and holds no secret */
    List<StoredAccount> read() throws IOException {
        try {
            if (OwnerOnly.isOpen(file)) {
                throw new IOException(file + " can be read or written by others: make it mode 600");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return AccountsJson.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": no UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Changes the file, if there is a change. Waits while another process does. */
    List<StoredAccount> update(UnaryOperator<List<StoredAccount>> change) throws IOException {
        Path lock = folder.resolve(LOCK);
        if (!Files.exists(lock)) {
            createQuietly(lock);
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE); FileLock held = channel.lock()) {
            List<StoredAccount> before = read();
            List<StoredAccount> after = change.apply(before);
            if (!after.equals(before)) {
                write(AccountsJson.write(after));
            }
            return after;
        } catch (OverlappingFileLockException e) {
            throw new IOException(file + " is being changed", e);
        }
    }

    private static void createQuietly(Path lock) throws IOException {
        try {
            Files.createFile(lock, OwnerOnly.attributes());
            OwnerOnly.giveTo(Files.getOwner(lock.getParent()), lock);
        } catch (FileAlreadyExistsException e) {
            // another process was first
        }
    }

    private void write(String text) throws IOException {
        Path draft = Files.createTempFile(folder, ".accounts", "", OwnerOnly.attributes());
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                // Else a power failure may leave the new name with nothing in it.
                out.force(true);
            }
            OwnerOnly.giveTo(Files.getOwner(folder), draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
