package io.github.camelvoice.voice;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.URISupport;

/**
 * Lets {@code toD} call any number of targets, and act on any number of calls, through one endpoint: what differs from call to call
 * is taken out of the URI and handed over with the exchange.
 */
@SendDynamic("voice")
public class VoiceSendDynamicAware extends ServiceSupport implements SendDynamicAware {

    /** Options that differ from exchange to exchange by nature. */
    private static final Set<String> MOVABLE = Set.of("callId", "bridgedCallId", "from", "fromDisplay", "source", "file", "digits", "contacts", "sipAccount");
    private static final Set<String> OF_RECORDS = Set.of("callId");
    private static final Set<String> OF_DOCUMENTS = Set.of("callId", "url");
    private static final Set<String> OF_TAPS = Set.of("callId", "uri", "controlId", "statusUrl", "tag");

    private static final Set<String> OF_TRANSFERS = Set.of("callId", "replaces", "referredBy", "from", "fromDisplay");

    private static final Set<String> OF_SUBSCRIPTIONS = Set.of("event", "resources", "subscription", "subscriptionId", "from");

    private static final Set<String> OF_SESSIONS = Set.of("callee", "transferTo", "files");

    private CamelContext camelContext;
    private String scheme;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext value) {
        camelContext = value;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public void setScheme(String value) {
        scheme = value;
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        Map<String, Object> properties = URISupport.parseQuery(URISupport.extractQuery(uri));
        return new DynamicAwareEntry(uri, originalUri, new LinkedHashMap<>(properties), null);
    }

    /** Null where nothing can be moved: then the URI is used as it is. */
    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) throws Exception {
        if (moved(entry).isEmpty()) {
            return null;
        }
        Map<String, Object> kept = new LinkedHashMap<>(entry.getProperties());
        kept.keySet().removeAll(movable(resource(entry)));
        String query = URISupport.createQueryString(kept, false);
        return scheme + ":" + resource(entry).word() + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        Map<String, String> moved = moved(entry);
        return moved.isEmpty() ? null : each -> each.setProperty(Arguments.DYNAMIC, moved);
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return moved(entry).isEmpty() ? null : each -> each.removeProperty(Arguments.DYNAMIC);
    }

    private static Set<String> movable(VoiceResource resource) {
        return switch (resource) {
            case CALL -> MOVABLE;
            case TAP -> OF_TAPS;
            case DOCUMENT -> OF_DOCUMENTS;
            case TRANSFER -> OF_TRANSFERS;
            case SUBSCRIBE -> OF_SUBSCRIPTIONS;
            case SESSION -> OF_SESSIONS;
            default -> OF_RECORDS;
        };
    }

    /** Null where nothing can be moved. */
    private VoiceResource resource(DynamicAwareEntry entry) {
        String path = path(entry);
        return Stream.of(VoiceResource.CALL, VoiceResource.TRANSFER, VoiceResource.SUBSCRIBE, VoiceResource.SESSION)
                .filter(each -> path.equals(each.word()) || path.startsWith(each.word() + ":"))
                .findFirst().orElseGet(() -> Stream.of(VoiceResource.SIPINFO, VoiceResource.TAP, VoiceResource.DOCUMENT)
                        .filter(each -> path.equals(each.word())).findFirst().orElse(null));
    }

    private String path(DynamicAwareEntry entry) {
        return URISupport.stripQuery(entry.getUri()).replaceFirst("^" + scheme + ":(//)?", "");
    }

    private Map<String, String> moved(DynamicAwareEntry entry) {
        VoiceResource resource = resource(entry);
        if (resource == null) {
            return Map.of();
        }
        Map<String, String> moved = new HashMap<>();
        String path = path(entry);
        String word = resource.word();
        if (path.length() > word.length() + 1) {
            moved.put("target", path.substring(word.length() + 1));
        }
        entry.getProperties().forEach((name, value) -> {
            if (movable(resource).contains(name) && value != null) {
                moved.put(name, raw(value.toString()));
            }
        });
        return moved;
    }

    private static String raw(String value) {
        boolean raw = value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
        return raw ? value.substring(4, value.length() - 1) : value;
    }
}
