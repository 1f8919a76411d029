package io.github.camelvoice.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * Camel's view of {@link HttpFront}: {@code platform-http:} and the observability services find their router here. It opens and closes
 * nothing: Camel's own server would only log that a port is in use, and could not be guarded before it listens.
 */
final class PlatformServer extends VertxPlatformHttpServer {

    private final HttpFront front;
    private final int port;

    private PlatformServer(HttpFront front, VertxPlatformHttpServerConfiguration configuration) {
        super(configuration);
        this.front = front;
        this.port = configuration.getBindPort();
        setVertx(front.vertx());
    }

    static PlatformServer on(HttpFront front, String host) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(front.port());
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        return new PlatformServer(front, configuration);
    }

    @Override
    public HttpServer getServer() {
        return front.server();
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    protected void initializeServer() {
        Router camel = Router.router(front.vertx());
        front.router().route("/*").subRouter(camel);
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        getCamelContext().getRegistry().bind(name, new VertxPlatformHttpRouter(this, front.vertx(), camel, name,
                VertxPlatformHttpRouter.SERVER_TYPE_SERVER) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                Map<Integer, BodyHandler> byLimit = new ConcurrentHashMap<>();
                return context -> {
                    int most = HttpGuard.mostBytes(RequestPath.segments(context.request().path()));
                    context.request().resume();
                    byLimit.computeIfAbsent(most, limit -> BodyHandler.create(false).setBodyLimit(limit)).handle(context);
                };
            }
        });
    }

    @Override
    protected void startServer() {
        // it listens already
    }

    @Override
    protected void stopServer() {
        // HttpFront closes it, last of all
    }
}
