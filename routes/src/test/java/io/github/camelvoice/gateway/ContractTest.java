package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.voice.VoiceOperation;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The contract says what the routes do: the same paths, operations and fields. */
class ContractTest {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private final JsonNode contract = yaml("/openapi.yaml");

    private static JsonNode yaml(String resource) {
        InputStream stream = ContractTest.class.getResourceAsStream(resource);
        return new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(stream));
    }

    @Test
    void hasEveryRestOperationOfTheRoutes() {
        Set<String> served = new TreeSet<>();
        for (String file : List.of("/routes/api.yaml", "/routes/history.yaml", "/routes/taps.yaml", "/routes/documents.yaml",
            "/routes/outbox.yaml", "/routes/subscriptions.yaml", "/routes/sip-accounts.yaml", "/routes/user-api.yaml")) {
            for (JsonNode each : yaml(file)) {
                JsonNode rest = each.path("rest");
                for (String method : METHODS) {
                    rest.path(method).forEach(verb -> served.add(method + " " + rest.path("path").asText() + verb.path("path").asText() + " "
                            + verb.path("id").asText()));
                }
            }
        }
        served.add("get " + EventStream.PATH + " followEvents");
        served.add("get " + StatusStream.PATH.replace(":name", "{name}") + " followSessionStatuses");
        served.addAll(List.of("post /v/2009-06/sep subscribe", "get /v/2009-06/sep listSubscriptionsOfAccount",
                "get /v/2009-06/sep/{id} showSubscriptionOfAccount", "put /v/2009-06/sep/{id} changeSubscription", "delete /v/2009-06/sep/{id} unsubscribe"));
        Set<String> promised = new TreeSet<>();
        contract.path("paths").properties().forEach(path -> METHODS.stream().filter(path.getValue()::has).forEach(method ->
                promised.add(method + " " + path.getKey() + " " + path.getValue().path(method).path("operationId").asText())));
        assertThat(promised).isEqualTo(served);
    }

    /** A path that the routes serve and the guard does not know would be open to fewer, or have no limits. */
    @Test
    void everyPathHasItsRule() {
        contract.path("paths").properties().forEach(path -> METHODS.stream().filter(path.getValue()::has).forEach(method -> {
            ApiRule rule = ApiRule.of(method.toUpperCase(), List.of(path.getKey().substring(1).split("/")));
            assertThat(rule).as(path.getKey()).isNotNull();
            Set<String> promised = new TreeSet<>();
            for (JsonNode parameter : path.getValue().path(method).path("parameters")) {
                JsonNode found = parameter.has("$ref") ? contract.at(parameter.get("$ref").asText().substring(1)) : parameter;
                promised.add(found.path("name").asText());
            }
            assertThat(rule.parameters()).as(path.getKey()).isEqualTo(promised);
        }));
    }

    @Test
    void hasEveryCause() {
        List<String> promised = new ArrayList<>();
        contract.at("/components/schemas/Cause/enum").forEach(value -> promised.add(value.asText()));
        assertThat(promised).containsExactlyInAnyOrderElementsOf(Arrays.stream(EndCause.Kind.values()).map(EndCause.Kind::tag).toList());
    }

    @Test
    void hasEveryOperationOnACall() {
        List<String> promised = new ArrayList<>();
        contract.at("/paths/~1api~1v1~1calls~1{id}~1{operation}/parameters").forEach(parameter ->
                parameter.at("/schema/enum").forEach(value -> promised.add(value.asText())));
        assertThat(promised).containsExactlyInAnyOrderElementsOf(Arrays.stream(ApiFields.values()).map(ApiFields::operation)
                .filter(java.util.Objects::nonNull).toList());
        assertThat(promised).containsExactlyInAnyOrderElementsOf(Arrays.stream(VoiceOperation.values()).map(VoiceOperation::word)
                .filter(word -> !Set.of("place", "show", "list").contains(word)).toList());
    }

    @Test
    void hasTheFieldsThatAreRead() {
        for (ApiFields fields : ApiFields.values()) {
            String name = Arrays.stream(fields.name().split("_")).map(word -> word.charAt(0) + word.substring(1).toLowerCase())
                    .collect(Collectors.joining()).replaceAll("^Place$", "PlaceCall");
            JsonNode schema = contract.at("/components/schemas/" + name);
            Set<String> promised = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(promised::add);
            assertThat(promised).as(name).isEqualTo(new TreeSet<>(fields.names()));
        }
    }

    @Test
    void hasNoReferenceIntoNothing() {
        contract.findValuesAsText("$ref").forEach(reference ->
                assertThat(contract.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
    }
}
