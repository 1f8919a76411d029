package io.github.camelvoice.voice;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;

/** Runs examples of the documentation, its Kafka a mock. */
abstract class ExampleTest extends VoiceRouteTest {

    private static final Serializer<Object> AS_IT_IS = (topic, value) -> value == null ? null
            : value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);

    void example(String name) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(name, Files.readString(CatalogFiles.DOCS.resolve("examples").resolve(name))));
    }

    /** Kafka without a broker: what would be sent stays in its client. */
    MockProducer<Object, Object> kafka() {
        MockProducer<Object, Object> client = new MockProducer<>(true, AS_IT_IS, AS_IT_IS);
        context.getComponent("kafka", KafkaComponent.class).setKafkaClientFactory(new DefaultKafkaClientFactory() {
            @Override
            @SuppressWarnings("rawtypes")
            public Producer getProducer(Properties properties) {
                return client;
            }
        });
        return client;
    }
}
