package io.github.camelvoice.voice;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.Ownership;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.support.cluster.ClusterServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Divides the subscriptions between the nodes of a cluster, where there is one: from the component's options to who watches what. */
final class ClusterWatching {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatching.class);

    private final VoiceComponent component;
    private ClusterOwnership ownership;
    private ScheduledExecutorService thread;

    ClusterWatching(VoiceComponent component) {
        this.component = component;
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    Ownership prepare() {
        CamelClusterService service = component.getClusterService();
        boolean shares = component.getStore().equals("jdbc");
        if (service != null && !shares) {
            throw new IllegalArgumentException("clusterService needs store=jdbc: nodes share their subscriptions in one database");
        }
        if (service == null) {
            service = ClusterServiceHelper.lookupService(component.getCamelContext()).orElse(null);
        }
        if (service == null || !shares) {
            if (service != null) {
                LOG.info("subscriptions are not shared with other nodes: that needs store=jdbc");
            }
            return Ownership.ALL;
        }
        ownership = new ClusterOwnership(service, "subscriptions-" + component.getProject(), component.getSubscribePartitions(), EngineClock.SYSTEM);
        return ownership;
    }

    void start(VoiceEngine engine) throws Exception {
        if (ownership != null) {
            thread = component.getCamelContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(component, "VoiceCluster");
            ownership.start(engine.subscriptionStore()::beat, thread);
        }
    }

    /** Others may take over. The engine has stopped before. */
    void stop() {
        if (ownership != null) {
            ownership.close();
            ownership = null;
        }
        if (thread != null) {
            component.getCamelContext().getExecutorServiceManager().shutdownNow(thread);
            thread = null;
        }
    }
}
