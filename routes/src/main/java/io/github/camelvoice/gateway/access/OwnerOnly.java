package io.github.camelvoice.gateway.access;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** Files that their owner alone may read and write: mode 600, where the file system knows modes. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> MODE = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnerOnly() {
    }

    /** For making a file that never was anybody else's. */
    public static FileAttribute<?>[] attributes() {
        return posix() ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(MODE)} : new FileAttribute<?>[0];
    }

    public static void restrict(Path file) throws IOException {
        if (posix()) {
            Files.setPosixFilePermissions(file, MODE);
        }
    }

    /** Whether others may read or write it. */
    public static boolean isOpen(Path file) throws IOException {
        return posix() && !MODE.containsAll(Files.getPosixFilePermissions(file));
    }

    /** Root may run the command line for a gateway that runs as somebody else: what it makes in the folder belongs to the folder's owner. */
    static void giveTo(UserPrincipal owner, Path file) throws IOException {
        if (posix() && !Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
