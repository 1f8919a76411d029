package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.sep.SepException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to the SIP Event Package API that cannot be carried out: a problem (RFC 9457) as XML, appendix B of it, or as JSON, with the element that is
 * wrong.
 */
final class SepError extends RuntimeException {

    static final String TOO_MANY = "too-many-resources";
    private static final String NAMESPACE = "urn:ietf:rfc:7807";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SepError.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RETRY_SECONDS = 5;

    private final int status;
    private final String code;
    private final String element;
    private final int line;
    private final int column;

    /** @param element null where it is none. @param message null where the status says all */
    SepError(int status, String code, String element, String message) {
        this(status, code, element, 0, 0, message);
    }

    private SepError(int status, String code, String element, int line, int column, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.element = element;
        this.line = line;
        this.column = column;
    }

    int status() {
        return status;
    }

    /** Seconds after which to come again, 0 where that does not help. */
    int retryAfter() {
        return status == 503 ? RETRY_SECONDS : 0;
    }

    /** Any failure; of unexpected ones the client is told only that there was one. */
    static SepError of(Throwable failure) {
        if (failure instanceof SepError known) {
            return known;
        }
        if (failure instanceof SepException wrong) {
            return new SepError(wrong.code().equals(TOO_MANY) ? 422 : 400, wrong.code(), wrong.element(), wrong.line(), wrong.column(),
                    wrong.getMessage());
        }
        if (failure instanceof SubscriptionException refused) {
            return switch (refused.kind()) {
                case BAD_REQUEST -> new SepError(400, "bad-request", null, refused.getMessage());
                case NOT_FOUND -> noSubscription();
                case TOO_MANY -> new SepError(429, "quota", null, refused.getMessage());
                case UNAVAILABLE -> new SepError(503, "unavailable", null, refused.getMessage());
            };
        }
        if (failure instanceof ApiException) {
            Problem problem = ApiException.problem(failure);
            return new SepError(problem.status(), problem.code(), null, problem.detail());
        }
        LOG.warn("a request to the SIP Event Package API failed", failure);
        return new SepError(500, "internal", null, null);
    }

    static SepError noSubscription() {
        return new SepError(404, "no-such-subscription", null, "there is no such subscription");
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", Problem.title(status));
        fields.put("status", status);
        put(fields, "detail", getMessage());
        put(fields, "code", code);
        put(fields, "element", element);
        put(fields, "line", line == 0 ? null : line);
        put(fields, "column", line == 0 || column == 0 ? null : column);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    String text(SepMedia media) {
        return media == SepMedia.XML ? xml() : JSON.valueToTree(fields()).toString();
    }

    private String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("problem");
            out.writeDefaultNamespace(NAMESPACE);
            for (Map.Entry<String, Object> field : fields().entrySet()) {
                out.writeStartElement(field.getKey());
                out.writeCharacters(clean(field.getValue().toString()));
                out.writeEndElement();
            }
            out.writeEndElement();
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a problem is plain text", impossible);
        }
        return text.toString();
    }

    /** Of what a client sent, the message may have characters that XML cannot have. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd]", "?");
    }
}
