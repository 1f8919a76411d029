package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.gateway.access.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;

/** The folder of recordings, the token, and {@code ports.json}. Secrets in it can be read by their owner only. */
final class DataFolder {

    static final String TOKEN_FILE = "auth-token";
    static final String SIGNING_KEY_FILE = "signing-key";
    static final String PORTS_FILE = "ports.json";
    static final String RECORDINGS = "recordings";
    private static final int TOKEN_BYTES = 32;

    private final Path folder;

    /** Makes the folder where it is missing. */
    DataFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve(RECORDINGS));
        } catch (IOException e) {
            throw SettingException.of(Setting.DATA_DIR, "cannot be used: " + folder + " (" + why(e) + ")");
        }
        if (!Files.isWritable(folder)) {
            throw SettingException.of(Setting.DATA_DIR, "cannot be written to: " + folder);
        }
    }

    private static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return failure.getClass().getSimpleName();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path recordings() {
        return folder.resolve(RECORDINGS);
    }

    /** The kept token; made at first use. A token that others can read is not used: it is no secret any more. */
    String token() {
        return secret(TOKEN_FILE);
    }

    /** The kept key that callbacks are signed with; like the token. */
    String signingKey() {
        return secret(SIGNING_KEY_FILE);
    }

    private String secret(String name) {
        Path file = path(name);
        try {
            return kept(file);
        } catch (NoSuchFileException e) {
            return makeSecret(file);
        } catch (IOException e) {
            throw new SettingException(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private String kept(Path file) throws IOException {
        if (OwnerOnly.isOpen(file)) {
            throw new SettingException(file + " can be read by others: make it mode 600 and its content a new one, or delete it");
        }
        String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (token.length() < TOKEN_BYTES) {
            throw new SettingException(file + " holds no token or key of " + TOKEN_BYTES + " characters; delete it to have a new one made");
        }
        return token;
    }

    private String makeSecret(Path file) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Path draft = Files.createTempFile(folder, ".token", "", OwnerOnly.attributes());
            Files.writeString(draft, token + "\n", StandardCharsets.US_ASCII);
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                return kept(file);
            } finally {
                Files.deleteIfExists(draft);
            }
            return token;
        } catch (IOException | UnsupportedOperationException e) {
            throw new SettingException(file + " cannot be written", e);
        }
    }

    /** Puts a whole new file in place: a reader sees the old one or the new one. */
    void write(String name, String text) throws IOException {
        Path draft = path("." + name + ".new");
        Files.writeString(draft, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        Files.move(draft, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    /** What a gateway left that was killed. The file of one that runs stays: this one will not start beside it. */
    void deletePortsOfTheDead() throws IOException {
        long pid;
        try {
            pid = new ObjectMapper().readTree(path(PORTS_FILE).toFile()).path("pid").asLong();
        } catch (IOException none) {
            pid = 0;
        }
        if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty()) {
            delete(PORTS_FILE);
        }
    }
}
