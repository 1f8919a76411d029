package io.github.camelvoice.voice;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/** A context with the component over a {@link FakeEngine}; routes come as YAML. */
abstract class VoiceRouteTest extends CamelTestSupport {

    FakeEngine engine = new FakeEngine();
    VoiceComponent component;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        camel.getShutdownStrategy().setTimeout(10);
        component = engine.component();
        camel.addComponent("voice", component);
        return camel;
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    void yaml(String routes) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.yaml", routes));
    }

    /** A route from {@code voice:call} with these steps. */
    void inbound(String options, String... steps) throws Exception {
        yaml(route("voice:call" + options, steps));
    }

    static String route(String from, String... steps) {
        StringBuilder yaml = new StringBuilder("- route:\n    id: r\n    from:\n      uri: \"" + from + "\"\n      steps:\n");
        for (String step : steps) {
            step.lines().forEach(line -> yaml.append("        ").append(line).append('\n'));
        }
        return yaml.toString();
    }

    static void eventually(Callable<Boolean> condition) {
        await().pollInterval(java.time.Duration.ofMillis(5)).until(condition);
    }

    /** The phone has heard exactly this, in this order. */
    static void hears(FakePhone phone, String... what) {
        await().pollInterval(java.time.Duration.ofMillis(5))
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(phone.heard).containsExactly(what));
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[0];
    }

    static List<String> lines(String... lines) {
        return List.of(lines);
    }
}
