package io.github.camelvoice.subscription.sep;

import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** {@code sep.xsd}, which is what we promise of the documents: what is taken is valid by it. Thread-safe. */
final class SepSchema {

    private static final Schema SCHEMA = load();

    private SepSchema() {
    }

    private static Schema load() {
        try {
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return factory.newSchema(new javax.xml.transform.stream.StreamSource(
                    SepSchema.class.getResourceAsStream("/io/github/camelvoice/subscription/sep.xsd")));
        } catch (SAXException broken) {
            throw new IllegalStateException("sep.xsd cannot be read", broken);
        }
    }

    /**
     * @param document one that {@link SepReader} has read: it has no declarations, and bounds
     * @param charset  null without
     * @param root     the same, to say where something is
     */
    static void check(byte[] document, String charset, XmlNode root) throws SepException {
        InputSource source = new InputSource(new ByteArrayInputStream(document));
        source.setEncoding(charset);
        try {
            Validator validator = SCHEMA.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new SAXSource(source));
        } catch (SAXParseException wrong) {
            String element = at(root, wrong.getLineNumber(), wrong.getColumnNumber(), root).path();
            throw new SepException("not-valid", element, wrong.getLineNumber(), wrong.getColumnNumber(), element + ": " + wrong.getMessage());
        } catch (SAXException | IOException wrong) {
            throw new SepException("not-valid", root.path(), 0, 0, wrong.getMessage());
        }
    }

    /** The last element that began before this place. */
    private static XmlNode at(XmlNode node, int line, int column, XmlNode before) {
        XmlNode found = node.line() < line || node.line() == line && node.column() <= column ? node : before;
        for (XmlNode child : node.children()) {
            found = at(child, line, column, found);
        }
        return found;
    }
}
