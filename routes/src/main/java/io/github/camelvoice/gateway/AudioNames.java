package io.github.camelvoice.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What callers of the HTTP API may have played: a prompt of the jar ({@code prompt:hello}), or a WAV file in the folders
 * {@code sounds} and {@code recordings} of the data folder, named relative to it. Nothing else, whatever the name looks like.
 */
final class AudioNames {

    static final String SOUNDS = "sounds";
    private static final String PROMPT = "prompt:";

    private final Path data;

    AudioNames(DataFolder data) {
        this.data = data.path("");
    }

    /** @return a source of {@code voice:call?operation=play} */
    String resolve(String name) {
        if (name.startsWith(PROMPT)) {
            return prompt(name.substring(PROMPT.length()));
        }
        if (!name.matches("(" + SOUNDS + "|" + DataFolder.RECORDINGS + ")/[A-Za-z0-9._/-]{1,200}") || name.contains("..")) {
            throw refused(name);
        }
        try {
            Path folder = data.resolve(name.substring(0, name.indexOf('/'))).toRealPath();
            Path file = data.resolve(name).toRealPath();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw refused(name);
            }
            return "file:" + file;
        } catch (IOException | InvalidPathException e) {
            throw missing(name);
        }
    }

    /** The name under which a recording can be played; null where there is none. */
    String relative(String recording) {
        if (recording == null) {
            return null;
        }
        Path file = Path.of(recording);
        return file.startsWith(data) ? data.relativize(file).toString() : file.getFileName().toString();
    }

    private static String prompt(String name) {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw refused(PROMPT + name);
        }
        String resource = "prompts/" + name + ".wav";
        if (AudioNames.class.getResource("/" + resource) == null) {
            throw missing(PROMPT + name);
        }
        return "classpath:" + resource;
    }

    private static ApiException refused(String name) {
        return new ApiException(400, "bad-source", "source must be prompt:NAME, " + SOUNDS + "/FILE or " + DataFolder.RECORDINGS
                + "/FILE: " + ApiException.quote(name));
    }

    private static ApiException missing(String name) {
        return new ApiException(422, "no-such-source", "there is no " + ApiException.quote(name));
    }
}
