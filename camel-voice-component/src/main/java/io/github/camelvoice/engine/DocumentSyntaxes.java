package io.github.camelvoice.engine;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentServices;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.cxml.CxmlOptions;
import io.github.camelvoice.document.cxml.CxmlParser;
import io.github.camelvoice.document.swml.SwmlParser;
import java.net.URI;

/** Reads documents of any syntax: what begins with {@code <} is cXML, all else SWML. Thread-safe. */
public final class DocumentSyntaxes implements DocumentServices.Reader {

    private final CxmlOptions cxml;

    public DocumentSyntaxes(CxmlOptions cxml) {
        this.cxml = cxml;
    }

    /** As the field has them. */
    public DocumentSyntaxes() {
        this(CxmlOptions.STANDARD);
    }

    @Override
    public Document read(String name, URI base, String text, Role role) throws DocumentException {
        if (isXml(text)) {
            return CxmlParser.parse(name, base, text, role, cxml);
        }
        if (role == Role.WHISPER) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "a document for a called party must be cXML");
        }
        return SwmlParser.parse(name, base, text);
    }

    /** Whether the first character that is seen is a {@code <}. */
    static boolean isXml(String text) {
        return text.stripLeading().startsWith(text.startsWith("\uFEFF") ? "\uFEFF<" : "<");
    }
}
