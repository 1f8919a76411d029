package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Completion for Spring Boot: derived from the catalog, and never stale. */
class SpringMetadataTest {

    private static final Path FILE = Path.of("src", "generated", "resources", "META-INF", "spring-configuration-metadata.json");
    private static final Map<String, String> TYPES = Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long", "java.time.Duration",
            "double", "java.lang.Double");

    @Test
    void theMetadataIsThatOfTheCatalog() throws IOException {
        String wanted = metadata();
        assertThat(CatalogFiles.current(FILE, wanted)).as("stale: run the test with -Dvoice.docs.write=true").isEqualTo(wanted);
    }

    private static String metadata() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode list = root.putArray("properties");
        CatalogFiles.catalog().get("componentProperties").properties().forEach(option -> {
            JsonNode value = option.getValue();
            String type = value.get("javaType").asText();
            if (value.get("type").asText().equals("object") && !type.startsWith("java.")) {
                return;
            }
            ObjectNode property = list.addObject();
            property.put("name", "camel.component.voice." + kebab(option.getKey()));
            property.put("type", TYPES.getOrDefault(type, type));
            property.put("description", value.get("description").asText());
            if (value.has("defaultValue")) {
                property.set("defaultValue", value.get("defaultValue"));
            }
        });
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
