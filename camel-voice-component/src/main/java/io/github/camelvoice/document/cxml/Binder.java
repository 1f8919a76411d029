package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.io.StringReader;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** From a text that was looked at to bound elements, by the JDK's parser and JAXB. Nothing outside of the text is ever read. */
final class Binder {

    private static final Set<String> NAMES = Element.CLASSES.stream().map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());

    private Binder() {
    }

    /** Costs a moment to make, is the same for all, and is made when the first document comes. */
    private static final class Context {

        static final JAXBContext OF_ELEMENTS = make();

        private static JAXBContext make() {
            try {
                return JAXBContext.newInstance(Element.CLASSES.toArray(Class[]::new));
            } catch (JAXBException broken) {
                throw new IllegalStateException("JAXB cannot bind the elements of cXML", broken);
            }
        }
    }

    static Element bind(XmlText text) throws DocumentException {
        try {
            XMLStreamReader plain = factory().createXMLStreamReader(new StringReader(text.repaired()));
            Reader reader = new Reader(plain);
            Unmarshaller unmarshaller = Context.OF_ELEMENTS.createUnmarshaller();
            unmarshaller.setEventHandler(event -> false);
            unmarshaller.setListener(new Unmarshaller.Listener() {
                @Override
                public void beforeUnmarshal(Object target, Object parent) {
                    if (target instanceof Element element) {
                        element.tag = text.tags().get(reader.started - 1);
                    }
                }
            });
            Object root = unmarshaller.unmarshal(reader);
            // Whatever follows the root is read too, so that it is well-formed to its end.
            while (reader.hasNext()) {
                reader.next();
            }
            return (Element) root;
        } catch (XMLStreamException wrong) {
            throw refusal(text, wrong);
        } catch (JAXBException wrong) {
            for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
                if (cause instanceof XMLStreamException xml) {
                    throw refusal(text, xml);
                }
            }
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "is no XML");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside of the document is read");
        });
        return factory;
    }

    private static DocumentException refusal(XmlText text, XMLStreamException wrong) {
        Location location = wrong.getLocation();
        String message = wrong.getMessage() == null ? "" : wrong.getMessage();
        int cut = message.indexOf("Message: ");
        String words = (cut < 0 ? message : message.substring(cut + 9)).replaceAll("\\p{Cntrl}+", " ").strip();
        return new DocumentException(ProblemCode.PARSE_ERROR, location == null ? Place.DOCUMENT
                : text.original(location.getLineNumber(), location.getColumnNumber()), "is no XML: "
                + (words.length() > 200 ? words.substring(0, 200) + "…" : words));
    }

    /** Counts the start tags, so that each element knows its own; elements without a class are {@code Other}; there are no namespaces. */
    private static final class Reader extends StreamReaderDelegate {

        private int started;

        Reader(XMLStreamReader parent) {
            super(parent);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                started++;
            } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("a document declares no types and no entities", getLocation());
            }
            return event;
        }

        @Override
        public String getLocalName() {
            String name = super.getLocalName();
            return NAMES.contains(name) ? name : "Other";
        }

        @Override
        public String getNamespaceURI() {
            return "";
        }
    }
}
