package io.github.camelvoice.voice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The generated catalog, and the files that are derived from it. */
final class CatalogFiles {

    /** {@code -Dvoice.docs.write=true} writes what is stale in place of failing. */
    static final boolean WRITE = Boolean.getBoolean("voice.docs.write");
    static final Path DOCS = Path.of("..", "docs");

    private CatalogFiles() {
    }

    static JsonNode catalog() {
        try {
            return new ObjectMapper().readTree(CatalogFiles.class.getResource("/META-INF/io/github/camelvoice/voice/voice.json"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The file as it is; if it has to be otherwise, writes it where that is wished. */
    static String current(Path file, String wanted) throws IOException {
        String there = Files.exists(file) ? Files.readString(file) : "";
        if (WRITE && !there.equals(wanted)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
            return wanted;
        }
        return there;
    }
}
