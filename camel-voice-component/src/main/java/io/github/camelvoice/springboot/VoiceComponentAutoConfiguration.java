package io.github.camelvoice.springboot;

import io.github.camelvoice.voice.VoiceComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Applies the properties {@code camel.component.voice.*} of a Spring Boot application to the component. */
@AutoConfiguration
@ConditionalOnClass({CamelContext.class, VoiceComponent.class})
public class VoiceComponentAutoConfiguration {

    static final String PREFIX = "camel.component.voice";

    /** Options by name, {@code sipPort}; kebab case and other spellings of Spring Boot are understood. An unknown option is an error. */
    @Bean
    public ComponentCustomizer voiceComponentCustomizer(Environment environment) {
        Map<String, Object> options = new LinkedHashMap<>();
        Binder.get(environment).bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .ifBound(bound -> flatten("", bound, options));
        return ComponentCustomizer.forType(VoiceComponent.class, component -> apply(component, options));
    }

    private static void flatten(String path, Map<?, ?> values, Map<String, Object> to) {
        values.forEach((key, value) -> {
            String name = path + StringHelper.dashToCamelCase(key.toString());
            if (value instanceof Map<?, ?> nested) {
                flatten(name + ".", nested, to);
            } else {
                to.put(name, value);
            }
        });
    }

    private static void apply(VoiceComponent component, Map<String, Object> options) {
        PropertyBindingSupport.build()
                .withCamelContext(component.getCamelContext())
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperties(new LinkedHashMap<>(options))
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind();
    }
}
