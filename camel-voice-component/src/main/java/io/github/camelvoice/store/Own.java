package io.github.camelvoice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Folders and files that nobody but their owner can read: digest responses and keys are in them. Thread-safe. */
public final class Own {

    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?>[] FOLDER = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))};
    private static final FileAttribute<?>[] FILE = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))};

    private Own() {
    }

    /** Makes the folder, and those above it as the system likes. One that is there stays as it is. */
    public static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder, hasModes(folder) ? FOLDER : NONE);
        }
    }

    /** Opens a file for writing, and makes it where it is missing. */
    public static FileChannel file(Path file, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.add(StandardOpenOption.CREATE);
        options.add(StandardOpenOption.WRITE);
        return FileChannel.open(file, options, hasModes(file) ? FILE : NONE);
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
