package io.github.camelvoice.tap.socket;

import io.github.camelvoice.outbound.CheckedTarget;
import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.function.Consumer;

/** Checks the destination and connects to the address that was checked, within five seconds in all. Confined to its event loop. */
final class Connector {

    /** What to do with a connection. */
    @FunctionalInterface
    interface Connected {

        /** @param release to be called once, when the connection is closed */
        void connected(WebSocket socket, CheckedTarget target, Runnable release);
    }

    private final TapSpec spec;
    private final TapIdentity identity;
    private final String subProtocol;
    private final TargetPolicy policy;
    private final Clients clients;
    private final Context loop;
    private final Vertx vertx;
    /** Each try has its number; what comes of an earlier one is closed and forgotten. */
    private int attempt;
    private long timer = -1;

    Connector(TapSpec spec, TapIdentity identity, String subProtocol, TargetPolicy policy, Clients clients, Context loop) {
        this.spec = spec;
        this.identity = identity;
        this.subProtocol = spec.subProtocol() != null ? spec.subProtocol() : subProtocol;
        this.policy = policy;
        this.clients = clients;
        this.loop = loop;
        this.vertx = loop.owner();
    }

    /** Ends in one of the two, unless it is cancelled. */
    void connect(Connected connected, Consumer<Failure> failed) {
        cancel();
        int mine = attempt;
        timer = vertx.setTimer(Clients.CONNECT_MILLIS, id -> loop.runOnContext(none -> settle(mine, () -> failed.accept(Failure.TIMED_OUT))));
        policy.check(spec.uri(), Schemes.WEBSOCKET, true).whenComplete((target, refused) -> loop.runOnContext(none -> {
            if (mine != attempt) {
                return;
            }
            if (refused != null) {
                settle(mine, () -> failed.accept(Failure.of(refused)));
            } else {
                dial(mine, target, connected, failed);
            }
        }));
    }

    void cancel() {
        attempt++;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void settle(int mine, Runnable outcome) {
        if (mine == attempt) {
            cancel();
            outcome.run();
        }
    }

    private void dial(int mine, CheckedTarget target, Connected connected, Consumer<Failure> failed) {
        WebSocketClient client = target.isSecure() ? clients.secure(vertx, target, spec.tls()) : clients.plain(vertx);
        Runnable release = target.isSecure() ? client::close : () -> { };
        client.connect(options(target)).onComplete(done -> {
            if (done.failed()) {
                release.run();
                settle(mine, () -> failed.accept(Failure.of(done.cause())));
            } else if (mine != attempt) {
                WebSocket late = done.result();
                late.closeHandler(none -> release.run());
                late.close();
            } else {
                settle(mine, () -> connected.connected(done.result(), target, release));
            }
        });
    }

    /** {@code setServer} is of no use here (it is not looked at): host is the address that was checked, and the URI has the name. */
    private WebSocketConnectOptions options(CheckedTarget target) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(target.address().getHostAddress()).setPort(target.port()).setSsl(target.isSecure())
                .setURI(target.uri().toString()).setTimeout(Clients.CONNECT_MILLIS)
                .setHeaders(Upgrade.headers(spec, identity.callId(), identity.controlId(), target.target()));
        options.setAllowOriginHeader(false);
        if (subProtocol != null) {
            options.setSubProtocols(List.of(subProtocol));
        }
        return options;
    }
}
