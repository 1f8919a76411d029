package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.subscription.state.xml.XmlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;

/** Whose state: the ways to write it, and the SIP URIs that each means. */
final class SubscribeTargets {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private SubscribeTargets() {
    }

    /** Of the option {@code resources}: a document may be kept elsewhere. @throws VoiceRequestException naming what is wrong */
    static List<SubscriptionRequest.Resource> ofOption(CamelContext context, String resources, String proxy) throws VoiceRequestException {
        if (resources.matches("(?s)(file|classpath|ref):.*")) {
            try (InputStream document = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resources)) {
                return document(read(document), proxy);
            } catch (IOException missing) {
                throw new VoiceRequestException(null, "resources: " + resources + " cannot be read: " + missing.getMessage(), missing);
            }
        }
        return ofText(resources, proxy);
    }

    /** Of a header or a body; null if there is nothing in it. @throws VoiceRequestException naming what is wrong */
    static List<SubscriptionRequest.Resource> ofValue(Exchange exchange, String what, Object value, String proxy) throws VoiceRequestException {
        if (value instanceof Collection<?> many) {
            List<String> uris = new ArrayList<>();
            for (Object each : many) {
                if (!(each instanceof String uri)) {
                    throw new VoiceRequestException(what + " must be a list of texts, or a text");
                }
                uris.add(uri);
            }
            return uris.isEmpty() ? null : plain(uris, proxy);
        }
        String text = value == null ? null : exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
        if (value != null && text == null) {
            throw new VoiceRequestException(what + " must be SIP URIs or a resource-lists document: " + value.getClass().getName());
        }
        return text == null || text.isBlank() ? null : ofText(text.trim(), proxy);
    }

    private static List<SubscriptionRequest.Resource> ofText(String text, String proxy) throws VoiceRequestException {
        return text.startsWith("<") ? document(text.getBytes(StandardCharsets.UTF_8), proxy) : plain(Arguments.list(text), proxy);
    }

    private static byte[] read(InputStream document) throws IOException {
        byte[] bytes = document.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    private static List<SubscriptionRequest.Resource> plain(List<String> uris, String proxy) throws VoiceRequestException {
        List<SubscriptionRequest.Resource> resources = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (String uri : uris) {
            String sip = Targets.sipUri(uri.trim(), proxy);
            if (seen.add(sip)) {
                resources.add(new SubscriptionRequest.Resource(sip, null));
            }
        }
        if (resources.isEmpty()) {
            throw new VoiceRequestException("resources names nobody");
        }
        return resources;
    }

    private static List<SubscriptionRequest.Resource> document(byte[] document, String proxy) throws VoiceRequestException {
        try {
            List<SubscriptionRequest.Resource> resources = new ArrayList<>();
            for (ResourceLists.Entry entry : ResourceLists.read(ResourceLists.TYPE, document, ResourceLists.MAX_ENTRIES).entries()) {
                resources.add(new SubscriptionRequest.Resource(Targets.sipUri(entry.uri(), proxy), entry.displayName()));
            }
            if (resources.isEmpty()) {
                throw new VoiceRequestException("resources: the document names nobody");
            }
            return resources;
        } catch (XmlException wrong) {
            throw new VoiceRequestException(null, "resources: " + wrong.getMessage(), wrong);
        }
    }
}
