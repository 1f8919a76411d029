package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, and where: options, mistakes, and what is there after a restart. */
class ArchivesTest {

    @TempDir
    Path folder;

    private static CallArchive archive(CamelContext context, Consumer<VoiceComponent> options) throws Exception {
        VoiceComponent component = new VoiceComponent();
        component.setCamelContext(context);
        options.accept(component);
        return Archives.of(component);
    }

    private static JdbcDataSource database(Path folder) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:" + folder.resolve("theirs") + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static void refused(String message, Consumer<VoiceComponent> options) {
        assertThatThrownBy(() -> archive(new DefaultCamelContext(), options)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void whatMakesNoSenseTogether() {
        refused("store has no value 'redis'; there are [memory, h2, jdbc]", component -> component.setStore("redis"));
        refused("store=memory has no dataDir: it belongs to store=h2 and store=jdbc", component -> component.setDataDir("data"));
        refused("store=memory has no dataSource", component -> component.setDataSource(database(folder)));
        refused("store=h2 needs dataDir", component -> component.setStore("h2"));
        refused("store=h2 has no dataSource: it belongs to store=jdbc", component -> {
            component.setStore("h2");
            component.setDataDir(folder.toString());
            component.setDataSource(database(folder));
        });
        refused("store=jdbc needs dataDir", component -> component.setStore("jdbc"));
        refused("store=jdbc needs a dataSource: the registry has 0", component -> {
            component.setStore("jdbc");
            component.setDataDir(folder.toString());
        });
        refused("retention must be 1 minute or more: 59999 ms", component -> component.setRetention(59_999));
    }

    @Test
    void howLongInWords() {
        assertThat(Archives.inWords(Duration.ofDays(30))).isEqualTo("30 days");
        assertThat(Archives.inWords(Duration.ofHours(24))).isEqualTo("1 day");
        assertThat(Archives.inWords(Duration.ofMinutes(90))).isEqualTo("1h30m0s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.h2.Driver com.h2database:h2", "com.zaxxer.hikari.HikariDataSource com.zaxxer:HikariCP",
        "org.flywaydb.core.Flyway org.flywaydb:flyway-core"})
    void aLibraryThatIsMissingIsNamed(String missing) {
        CamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addContextPlugin(org.apache.camel.spi.ClassResolver.class, null);
        context.setClassResolver(new DefaultClassResolver(context) {
            @Override
            public Class<?> resolveClass(String name) {
                return missing.startsWith(name + " ") ? null : super.resolveClass(name);
            }
        });
        assertThatThrownBy(() -> archive(context, component -> {
            component.setStore("h2");
            component.setDataDir(folder.toString());
        })).hasMessage("store=h2 needs the library " + missing.split(" ")[1] + " on the class path");
    }

    @Test
    void withoutCaptureAndStoreThereIsNothingToRead() throws Exception {
        try (CamelContext context = context(component -> component.setCapture(false))) {
            assertThatThrownBy(() -> context.addRoutes(consumer(new CopyOnWriteArrayList<>()))).hasStackTraceContaining("nothing to read");
        }
    }

    @Test
    void theOnlyDatabaseOfTheRegistryIsTaken() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("theirs", database(folder));
            try (CallArchive archive = archive(context, component -> {
                component.setStore("jdbc");
                component.setDataDir(folder.resolve("data").toString());
            })) {
                archive.start();
                new FakeTrace(archive, EngineClock.SYSTEM, "t-1").ends();
                assertThat(archive.read("default", "t-1")).isPresent();
            }
            assertThat(Files.exists(folder.resolve("theirs.mv.db"))).isTrue();
        }
    }

    private CamelContext context(Consumer<VoiceComponent> options) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(5);
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        component.setDrainTimeout(100);
        options.accept(component);
        context.addComponent("voice", component);
        context.start();
        return context;
    }

    private static RouteBuilder consumer(List<Object> seen) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:sipinfo?settleTime=0").routeId("records")
                        .process(exchange -> seen.add(exchange.getMessage().getHeader(VoiceConstants.CALL_ID)));
            }
        };
    }

    private static CallArchive archive(CamelContext context) {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().archive();
    }

    @Test
    void aRestartedNodeGoesOnWhereItStopped() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        Consumer<VoiceComponent> h2 = component -> {
            component.setStore("h2");
            component.setDataDir(folder.toString());
            component.setProject("default");
        };
        try (CamelContext first = context(h2)) {
            first.addRoutes(consumer(seen));
            new FakeTrace(archive(first), EngineClock.SYSTEM, "t-1").ends();
            VoiceRouteTest.eventually(() -> seen.size() == 1);
            first.getRouteController().stopRoute("records");
            new FakeTrace(archive(first), EngineClock.SYSTEM, "t-2").ends();
            new FakeTrace(archive(first), EngineClock.SYSTEM, "t-3");
        }
        try (CamelContext second = context(h2)) {
            second.addRoutes(consumer(seen));
            VoiceRouteTest.eventually(() -> seen.size() == 3);
            assertThat(seen).containsExactly("t-1", "t-2", "t-3");
            assertThat(archive(second).find("default", "t-3").orElseThrow().cause().kind()).isEqualTo(EndCause.Kind.INTERRUPTED);
            assertThat(second.createProducerTemplate().requestBodyAndHeaders("voice:sipinfo?format=json", null,
                    Map.of(VoiceConstants.CALL_ID, "t-1"), String.class)).contains("calls/t-1/sipInfo");
        }
    }
}
