package io.github.camelvoice.voice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where recordings go: somewhere within one folder, whatever the name says. */
final class Recordings {

    private final Path base;

    Recordings(String folder) {
        this.base = Path.of(folder).toAbsolutePath().normalize();
    }

    Path base() {
        return base;
    }

    /**
     * @param name relative to the folder, or null for a name made of the call id that is not taken yet
     * @throws VoiceRequestException if the file would lie outside the folder, or is no WAV
     */
    Path file(String name, String callId) throws VoiceRequestException {
        if (name == null) {
            return unused(callId);
        }
        if (!name.regionMatches(true, name.length() - 4, ".wav", 0, 4)) {
            throw new VoiceRequestException("file must end with .wav: " + name);
        }
        Path file;
        try {
            file = base.resolve(name).normalize();
        } catch (InvalidPathException wrong) {
            throw new VoiceRequestException("file is no path: " + name);
        }
        if (!file.startsWith(base) || !staysInside(file)) {
            throw new VoiceRequestException("file lies outside the recordings folder: " + name);
        }
        return file;
    }

    private Path unused(String callId) {
        Path file = base.resolve(callId + ".wav");
        for (int i = 2; Files.exists(file); i++) {
            file = base.resolve(callId + "-" + i + ".wav");
        }
        return file;
    }

    /** Symbolic links within the folder must not lead out of it. */
    private boolean staysInside(Path file) throws VoiceRequestException {
        try {
            Path existing = file;
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return !Files.exists(base) || existing == null || existing.toRealPath().startsWith(base.toRealPath());
        } catch (IOException unreadable) {
            throw new VoiceRequestException(null, "file cannot be checked: " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
