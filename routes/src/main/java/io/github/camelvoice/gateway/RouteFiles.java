package io.github.camelvoice.gateway;

import java.nio.file.Files;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;

/** Which routes run: those of the jar, by name, and all YAML files in the folder of the user, loaded anew when they change. */
final class RouteFiles {

    /**
     * Named one by one: searching the class path for them costs start-up time. A path that is more specific stands before one with a
     * placeholder: the first that fits is taken.
     */
    private static final String OURS = "classpath:routes/numbers.yaml,classpath:routes/users.yaml,classpath:routes/taps.yaml,classpath:routes/documents.yaml,"
            + "classpath:routes/outbox.yaml,classpath:routes/api.yaml,classpath:routes/events.yaml,classpath:routes/history.yaml,"
            + "classpath:routes/sipinfo.yaml,classpath:routes/laml.yaml,classpath:routes/laml-recordings.yaml,"
            + "classpath:routes/sip-accounts.yaml,classpath:routes/subscriptions.yaml,classpath:routes/user-api.yaml,classpath:routes/sep.yaml,classpath:routes/sessions.yaml";

    /** Ours unless the user has a file of this name: only one route delivers callbacks. */
    private static final String CALLBACKS = "callbacks.yaml";

    private RouteFiles() {
    }

    static void configure(Main camel, GatewaySettings settings) {
        MainConfigurationProperties configuration = camel.configure();
        configuration.setName(Gateway.NAME);
        configuration.setBasePackageScanEnabled(false);
        configuration.setJmxEnabled(false);
        configuration.setStartupSummaryLevel(StartupSummaryLevel.Oneline);
        configuration.setAutoConfigurationLogSummary(false);
        configuration.setDumpRoutes("false");
        camel.addOverrideProperty(Setting.DOCUMENT_URL.key(), settings.documentUrl());
        camel.addOverrideProperty(Setting.DOCUMENT_CALLED.key(), settings.documentCalled());
        settings.registrar().properties().forEach(camel::addOverrideProperty);
        settings.cxml().properties().forEach(camel::addOverrideProperty);
        if (settings.routesDir() == null) {
            configuration.setRoutesIncludePattern("classpath:routes/" + CALLBACKS + "," + OURS);
        } else {
            String dir = settings.routesDir().toString();
            boolean own = Files.exists(settings.routesDir().resolve(CALLBACKS));
            configuration.setRoutesIncludePattern((own ? "" : "classpath:routes/" + CALLBACKS + ",") + OURS + ",file:" + dir + "/*.yaml");
            configuration.setRoutesReloadEnabled(true);
            configuration.setRoutesReloadDirectory(dir);
            configuration.setRoutesReloadPattern("*.yaml");
            configuration.setRoutesReloadRemoveAllRoutes(false);
        }
    }
}
