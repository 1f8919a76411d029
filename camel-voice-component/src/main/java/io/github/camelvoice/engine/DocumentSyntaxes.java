package io.github.camelvoice.engine;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentServices;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.swml.SwmlParser;
import java.net.URI;

/** Reads documents of any syntax: the text says which. */
public final class DocumentSyntaxes implements DocumentServices.Reader {

    @Override
    public Document read(String name, URI base, String text, Role role) throws DocumentException {
        if (role == Role.WHISPER) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "a document for the called party must be cXML");
        }
        return SwmlParser.parse(name, base, text);
    }
}
