package io.github.camelvoice.store.secret;

import io.github.camelvoice.store.Own;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the key comes from that seals secrets: from a setting, or from a file that nobody but its owner can read. */
public final class SecretKeys {

    /** In the data folder. */
    public static final String FILE = "secret-key";

    private static final Logger LOG = LoggerFactory.getLogger(SecretKeys.class);
    private static final String FORM = " is no key: it is the base64 of " + SecretBox.KEY_BYTES + " random bytes, as `openssl rand -base64 32` prints them";
    private static final int MOST_FILE_BYTES = 1024;
    private static final Set<PosixFilePermission> OWNERS = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    private SecretKeys() {
    }

    /**
     * Keys for what is kept in this folder. Without a setting its file is used, and made where there is none. With a setting, a file that is there
     * opens what was sealed with it before.
     *
     * @param setting base64 of a key, null or empty for none
     * @param name    of the setting, as the operator knows it
     * @param folder  null where nothing outlives the process
     * @throws IllegalArgumentException naming the setting or the file, if it has no key, or others can read it
     * @throws IOException              naming the file, if it cannot be read or made
     */
    public static SecretBox of(String setting, String name, Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        Path file = folder == null ? null : folder.resolve(FILE);
        boolean set = setting != null && !setting.isBlank();
        List<byte[]> keys = new ArrayList<>();
        if (set) {
            keys.add(key(setting, name));
        } else if (folder == null) {
            return SecretBox.ofThisProcess();
        } else if (!Files.exists(file)) {
            make(file, random);
        }
        if (file != null && Files.exists(file)) {
            keys.add(read(file));
        }
        return new SecretBox(keys, set ? name : "the file " + file, random);
    }

    /** @param setting empty for none. @throws IllegalArgumentException naming the setting, if it has no key */
    public static void check(String setting, String name) {
        if (!setting.isEmpty()) {
            key(setting, name);
        }
    }

    private static byte[] key(String text, String name) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == SecretBox.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException noBase64) {
            LOG.debug("{} is no base64", name);
        }
        throw new IllegalArgumentException(name + FORM);
    }

    private static byte[] read(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !OWNERS.containsAll(view.readAttributes().permissions())) {
            throw new IllegalArgumentException("the file " + file + " has a key and is open to other users of this machine: chmod 600 " + file);
        }
        if (Files.size(file) > MOST_FILE_BYTES) {
            throw new IllegalArgumentException("the file " + file + FORM);
        }
        return key(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), "the file " + file);
    }

    /** Whole or not at all. */
    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        random.nextBytes(key);
        Path part = file.resolveSibling(FILE + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(part);
        try (FileChannel out = Own.file(part)) {
            ByteBuffer text = ByteBuffer.wrap((Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException unusual) {
            LOG.debug("the folder of {} cannot be forced", file, unusual);
        }
        LOG.debug("{} was made: passwords of accounts are sealed with it; without it they have to be registered anew", file);
    }
}
