package io.github.camelvoice.subscription.state;

import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The schemas of the RFCs, in {@code src/test/resources/schemas}. */
public final class Schemas {

    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private Schemas() {
    }

    /** Of a document by its media type: {@code application/reginfo+xml}. */
    public static Path of(String contentType) {
        String name = switch (contentType) {
            case RegInfo.TYPE -> "reginfo";
            case DialogInfo.TYPE -> "dialog-info";
            case Presence.TYPE -> "pidf";
            case ConferenceInfo.TYPE -> "conference-info";
            case ListNotification.TYPE -> "rlmi";
            case ResourceLists.TYPE -> "resource-lists";
            default -> throw new IllegalArgumentException(contentType);
        };
        try {
            return Path.of(Schemas.class.getResource("/schemas/" + name + ".xsd").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the JDK's validator. */
    public static void mustBeValid(String contentType, String document) {
        try {
            LOADED.computeIfAbsent(contentType, Schemas::load).newValidator().validate(new StreamSource(new StringReader(document)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(e.getMessage() + " in " + document, e);
        }
    }

    private static Schema load(String contentType) {
        try {
            return SchemaFactory.newDefaultInstance().newSchema(of(contentType).toFile());
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
