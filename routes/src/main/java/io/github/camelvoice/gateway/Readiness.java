package io.github.camelvoice.gateway;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Tells at {@code /observe/health/ready} whether new calls are taken: not while draining. */
final class Readiness extends AbstractHealthCheck {

    private volatile boolean draining;

    Readiness() {
        super("voice", "gateway");
    }

    void drain() {
        draining = true;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (draining) {
            builder.message("draining").down();
        } else {
            builder.up();
        }
    }
}
