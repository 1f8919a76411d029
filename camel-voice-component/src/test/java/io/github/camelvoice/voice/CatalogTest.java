package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.tap.TapProtocol;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The metadata that tools see: complete, described, and true to the code. */
class CatalogTest {

    private final JsonNode catalog = CatalogFiles.catalog();

    @Test
    void everyOptionIsDescribed() {
        for (String part : List.of("componentProperties", "properties", "headers")) {
            catalog.get(part).properties().forEach(option -> assertThat(option.getValue().path("description").asText()).as(option.getKey())
                    .isNotBlank().doesNotContain("  "));
        }
    }

    @Test
    void everyHeaderIsListed() throws IllegalAccessException {
        Set<String> listed = new HashSet<>();
        catalog.get("headers").fieldNames().forEachRemaining(listed::add);
        List<String> constants = new ArrayList<>();
        for (Field field : VoiceConstants.class.getFields()) {
            constants.add((String) field.get(null));
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(constants);
        assertThat(constants).allMatch(name -> name.startsWith("CamelVoice"));
    }

    @Test
    void aHeaderThatOverridesAnOptionHasItsName() {
        catalog.get("headers").properties().forEach(header -> {
            String description = header.getValue().get("description").asText();
            if (description.startsWith("Overrides the option ")) {
                String option = description.substring("Overrides the option ".length()).split("[ .:,]")[0];
                String prefix = description.startsWith("Overrides the option " + option + " of voice:tap") ? "CamelVoiceTap" : "CamelVoice";
                assertThat(header.getKey()).isEqualToIgnoringCase(prefix + option);
                assertThat(catalog.get("properties").has(option)).as(option).isTrue();
            }
        });
    }

    @Test
    void theWordsOfTheCatalogAreThoseOfTheCode() {
        Set<String> operations = new LinkedHashSet<>(Arrays.stream(VoiceOperation.values()).map(VoiceOperation::word).toList());
        operations.addAll(Arrays.stream(TapOperation.values()).map(TapOperation::word).toList());
        operations.addAll(Arrays.stream(TransferOperation.values()).map(TransferOperation::word).toList());
        operations.addAll(Arrays.stream(SubscribeOperation.values()).map(SubscribeOperation::word).toList());
        operations.addAll(Arrays.stream(SessionOperation.values()).map(SessionOperation::word).toList());
        assertThat(words("operation")).isEqualTo(List.copyOf(operations));
        assertThat(words("layout")).isEqualTo(Arrays.stream(TapForms.Layout.values()).map(layout -> layout.name().toLowerCase(java.util.Locale.ROOT)).toList());
        assertThat(words("protocol")).isEqualTo(Arrays.stream(TapProtocol.values()).filter(TapProtocol::isWebSocket).map(TapProtocol::word).toList());
        assertThat(words("resource")).isEqualTo(Arrays.stream(VoiceResource.values()).map(VoiceResource::word).toList());
        assertThat(words("format")).isEqualTo(Arrays.stream(SipInfoFormat.values()).map(format -> format.name().toLowerCase(java.util.Locale.ROOT)).toList());
        assertThat(words("body")).isEqualTo(Arrays.stream(SubscribeExchanges.Form.values()).map(form -> form.name().toLowerCase(java.util.Locale.ROOT)).toList());
        assertThat(words("brokenFiles")).isEqualTo(Arrays.stream(Sessions.BrokenFiles.values()).map(each -> each.name().toLowerCase(java.util.Locale.ROOT)).toList());
        String kinds = catalog.at("/properties/kinds/description").asText();
        for (io.github.camelvoice.call.VoiceEvent.Kind kind : io.github.camelvoice.call.VoiceEvent.Kind.values()) {
            assertThat(kinds).contains(kind.label());
        }
        String causes = catalog.at("/headers/CamelVoiceCause/description").asText();
        for (io.github.camelvoice.call.EndCause.Kind cause : io.github.camelvoice.call.EndCause.Kind.values()) {
            assertThat(causes).contains(cause.tag());
        }
        String states = catalog.at("/headers/CamelVoiceCallState/description").asText();
        for (io.github.camelvoice.call.CallState state : io.github.camelvoice.call.CallState.values()) {
            assertThat(states).contains(state.name());
        }
    }

    private List<String> words(String option) {
        List<String> words = new ArrayList<>();
        catalog.at("/properties/" + option + "/enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    void secretsAreMarked() {
        assertThat(catalog.at("/properties/password/secret").asBoolean()).isTrue();
        assertThat(catalog.at("/properties/accessToken/secret").asBoolean()).isTrue();
        assertThat(catalog.at("/componentProperties/subscribeCredentials/secret").asBoolean()).isTrue();
        assertThat(catalog.at("/componentProperties/users/secret").asBoolean()).isTrue();
    }

    @Test
    void theDefaultsOfTheCatalogAreThoseOfTheCode() throws ReflectiveOperationException {
        VoiceComponent component = new VoiceComponent();
        assertThat(component.getRecordingsDir()).isEqualTo(defaultOf("componentProperties", "recordingsDir"));
        assertThat(component.getStore()).isEqualTo(defaultOf("componentProperties", "store"));
        assertThat(component.getProject()).isEqualTo(defaultOf("componentProperties", "project"));
        assertThat(component.getRetention()).isEqualTo(millis(defaultOf("componentProperties", "retention")));
        assertThat(component.isCapture()).isTrue();
        assertThat(component.getDrainTimeout()).isEqualTo(millis(defaultOf("componentProperties", "drainTimeout")));
        for (String option : List.of("ringTimeout", "timeLimit", "toneLength", "toneGap", "recordLimit", "settleTime", "retryDelay",
                "retryMaxDelay", "backOff", "maxBackOff", "expiry",
                "connectTimeout", "readTimeout", "keep", "expires")) {
            Object value = VoiceConfiguration.class.getMethod("get" + Character.toUpperCase(option.charAt(0)) + option.substring(1))
                    .invoke(component.getConfiguration());
            assertThat(value).as(option).isEqualTo(millis(defaultOf("properties", option)));
        }
        for (String option : List.of("undecidedCode", "workers", "callQueueSize", "queueSize", "concurrentConsumers", "onEnd", "onFailure",
                "waitFor", "layout", "dtmfMethod", "sessionExpires", "repeat", "format", "startAt", "maxRetries", "quickAttempts",
                "concurrentDeliveries")) {
            Object value = VoiceConfiguration.class.getMethod("get" + Character.toUpperCase(option.charAt(0)) + option.substring(1))
                    .invoke(component.getConfiguration());
            assertThat(String.valueOf(value)).as(option).isEqualTo(defaultOf("properties", option));
        }
    }

    private String defaultOf(String part, String option) {
        return catalog.get(part).get(option).get("defaultValue").asText();
    }

    private static long millis(String time) {
        return org.apache.camel.util.TimeUtils.toMilliSeconds(time);
    }
}
