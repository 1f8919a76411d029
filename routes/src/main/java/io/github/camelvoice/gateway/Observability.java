package io.github.camelvoice.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/**
 * {@code /observe/health} (with {@code /live} and {@code /ready}) and {@code /observe/metrics}: the parts of Camel's observability
 * services, on the gateway's one HTTP port. Camel's per-exchange meters stay off: a call makes many exchanges, and our own figures
 * say more for less.
 */
final class Observability {

    private Observability() {
    }

    static MeterRegistry registry(String project) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().commonTags("project", project);
        return registry;
    }

    /** Adds the services; the HTTP server must have been added before. */
    static void install(CamelContext context, MeterRegistry registry, int httpPort) throws Exception {
        context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        ManagementHttpServer management = new ManagementHttpServer();
        management.getConfiguration().setBindPort(httpPort);
        management.setHealthCheckEnabled(true);
        management.setHealthPath(HttpGuard.HEALTH);
        management.setMetricsEnabled(true);
        context.addService(management);

        MicrometerPrometheus prometheus = new MicrometerPrometheus();
        prometheus.setEnableRoutePolicy(false);
        prometheus.setEnableExchangeEventNotifier(false);
        prometheus.setEnableRouteEventNotifier(true);
        prometheus.setClearOnReload(false);
        prometheus.setBinders("jvm-memory,jvm-gc,jvm-thread,processor,uptime,file-descriptor");
        context.addService(prometheus);
    }
}
