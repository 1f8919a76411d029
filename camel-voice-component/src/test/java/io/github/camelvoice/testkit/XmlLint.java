package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** xmllint as a second opinion on documents. */
public final class XmlLint {

    private XmlLint() {
    }

    /** The document must be well-formed, by xmllint without any access to the network. */
    public static void mustBeWellFormed(Path folder, String document) {
        PeerProcess.run(folder, "xmllint", "--noout", "--nonet", write(folder, document).toString());
    }

    /** The document must be valid by a schema of the file system. */
    public static void mustBeValid(Path folder, Path schema, String document) {
        PeerProcess.run(folder, "xmllint", "--noout", "--nonet", "--schema", schema.toString(), write(folder, document).toString());
    }

    private static Path write(Path folder, String document) {
        try {
            return Files.writeString(Files.createTempFile(folder, "document", ".xml"), document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
