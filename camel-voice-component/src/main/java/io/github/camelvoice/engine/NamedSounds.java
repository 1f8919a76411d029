package io.github.camelvoice.engine;

import io.github.camelvoice.call.spi.PlaySource;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The sounds that documents may play by name. Whoever writes a document gets these, and no other file. Thread-safe; must not wait. */
@FunctionalInterface
public interface NamedSounds {

    /** Where there are none. */
    NamedSounds NONE = name -> {
        throw new FileNotFoundException("there are no sounds with names here: " + name);
    };

    /**
     * @param name {@code prompt:NAME}, or a relative path without {@code ..}
     * @throws IOException with a message that may be told to the author of the document
     */
    PlaySource.Opener find(String name) throws IOException;
}
