package io.github.camelvoice.voice;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.testkit.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A node of a cluster whose locks are files; as a process of its own, one that makes subscriptions and prints what changes. Arguments: name, folder,
 * URL of the database, and the resources to be watched.
 */
final class ClusterNode implements AutoCloseable {

    static final String EVENT = "message-summary";
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final VoiceComponent component = new VoiceComponent();
    final List<StateChange> changes = new CopyOnWriteArrayList<>();

    ClusterNode(String name, Path folder, String database) throws Exception {
        FileLockClusterService locks = new FileLockClusterService();
        locks.setId(name);
        locks.setRoot(folder.resolve("locks").toString());
        locks.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
        locks.setAcquireLockInterval(500, TimeUnit.MILLISECONDS);
        context.addService(locks);
        component.setSipPort(0);
        component.setRtpPorts("20000-29000");
        component.setStore("jdbc");
        component.setDataDir(folder.resolve(name).toString());
        component.setDataSource(source(database));
        component.setDrainTimeout(0);
        context.addComponent("voice", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").to("log:events?level=OFF");
            }
        });
        context.start();
        engine().subscriptions().follow(ChangeFilter.ALL, changes::add);
    }

    static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(Postgres.USER);
        source.setPassword(Postgres.PASSWORD);
        return source;
    }

    VoiceEngine engine() {
        return component.runningVoiceEngine();
    }

    static SubscriptionRequest watch(String uri) {
        return new SubscriptionRequest(null, "acme", EVENT, List.of(new SubscriptionRequest.Resource(uri, null)), List.of(), 0, null, null, "route",
                SubscriptionRequest.Lists.NEVER, null, null, null);
    }

    @Override
    public void close() {
        context.stop();
    }

    public static void main(String[] arguments) throws Exception {
        ClusterNode node = new ClusterNode(arguments[0], Path.of(arguments[1]), arguments[2]);
        node.engine().subscriptions().follow(ChangeFilter.ALL, change ->
                System.out.println("changed " + change.resource() + " " + change.instance().full().document().replaceAll("\\s+", " ")));
        for (int i = 3; i < arguments.length; i++) {
            String uri = arguments[i];
            // Before the first lock is had, the node is responsible for nothing.
            org.awaitility.Awaitility.await().ignoreExceptionsMatching(java.util.concurrent.CompletionException.class::isInstance)
                    .until(() -> node.engine().subscriptions().create(watch(uri)).toCompletableFuture().join() != null);
        }
        System.out.println("ready");
        System.in.read();
        node.close();
        System.out.println("closed");
    }
}
