package io.github.camelvoice.subscription.sep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code subscribe} says from JSON. What it does not know it refuses, with the field. */
public final class SepJson {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final List<String> FIELDS = List.of("event", "resources", "notify", "expires", "accept");

    private SepJson() {
    }

    /** @param mostResources more are refused */
    public static SepRequest read(byte[] document, int mostResources) throws SepException {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException wrong) {
            boolean placed = wrong.getLocation() != null;
            throw new SepException("bad-json", null, placed ? Math.max(0, wrong.getLocation().getLineNr()) : 0,
                    placed ? Math.max(0, wrong.getLocation().getColumnNr()) : 0, "the body is not JSON");
        } catch (IOException wrong) {
            throw new SepException("bad-json", null, 0, 0, "the body is not JSON");
        }
        if (!root.isObject()) {
            throw wrong("bad-json", null, "the body must be a JSON object");
        }
        for (Iterator<String> names = root.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw wrong("unknown-element", clean(name), "is not known; there are event, resources, notify, expires and accept");
            }
        }
        String event = text(root, "event");
        if (event == null || !SepRules.isEvent(event)) {
            throw wrong(event == null ? "missing-element" : "bad-event", "event", SepRules.EVENT);
        }
        return new SepRequest(event, resources(root.path("resources"), mostResources), accept(root.path("accept")), expires(text(root, "expires")),
                text(root, "notify"));
    }

    private static String clean(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) : plain;
    }

    private static SepException wrong(String code, String field, String message) {
        return new SepException(code, field, 0, 0, field == null ? message : field + " " + message);
    }

    private static String text(JsonNode root, String name) throws SepException {
        JsonNode value = root.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong("bad-" + name, name, "must be text");
        }
        return value.asText();
    }

    private static List<SepRequest.Resource> resources(JsonNode list, int most) throws SepException {
        if (!list.isArray() || list.isEmpty()) {
            throw wrong("no-resources", "resources", "must be a list of SIP URIs, or of objects with uri and name");
        }
        if (list.size() > most) {
            throw wrong("too-many-resources", "resources", "has " + list.size() + " resources, at most " + most + " are taken");
        }
        Map<String, SepRequest.Resource> resources = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String field = "resources[" + i + "]";
            JsonNode each = list.get(i);
            JsonNode uri = each.isObject() ? each.path("uri") : each;
            JsonNode name = each.path("name");
            if (!uri.isTextual() || !SepRules.isResource(uri.asText())) {
                throw wrong("bad-resource", field, SepRules.RESOURCE);
            }
            if (each.isObject() && (each.size() > (name.isMissingNode() ? 1 : 2) || !name.isMissingNode() && !name.isTextual())) {
                throw wrong("bad-resource", field, "has uri and name, and nothing else");
            }
            resources.putIfAbsent(uri.asText(), new SepRequest.Resource(uri.asText(), name.isMissingNode() ? null : name.asText()));
        }
        return List.copyOf(resources.values());
    }

    private static List<String> accept(JsonNode list) throws SepException {
        List<String> types = new ArrayList<>();
        if (list.isMissingNode()) {
            return types;
        }
        if (!list.isArray()) {
            throw wrong("bad-accept", "accept", "must be a list of media types");
        }
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isTextual() || !SepRules.isMediaType(list.get(i).asText())) {
                throw wrong("bad-accept", "accept[" + i + "]", SepRules.ACCEPT);
            }
            types.add(list.get(i).asText());
        }
        return types;
    }

    private static Instant expires(String text) throws SepException {
        if (text == null) {
            return null;
        }
        Instant time = SepRules.time(text);
        if (time == null) {
            throw wrong("bad-expires", "expires", SepRules.EXPIRES);
        }
        return time;
    }
}
