package io.github.camelvoice.tap.socket;

import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.Target;
import io.github.camelvoice.outbound.TargetException;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.SinkFactory;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.dialect.Dialects;
import io.vertx.core.Context;

/** Makes the sinks of taps over WebSockets, in all dialects. Thread-safe. */
public final class SocketSinks implements SinkFactory {

    private final TargetPolicy policy;
    private final EngineClock clock;
    private final Clients clients = new Clients();

    public SocketSinks(TargetPolicy policy, EngineClock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public boolean makes(TapProtocol protocol) {
        return protocol.isWebSocket();
    }

    /**
     * Whether the dialect has what the spec asks for. The destination is not looked at.
     *
     * @throws IllegalArgumentException in words for the caller
     */
    public static void check(TapSpec spec) {
        Dialects.of(spec, new TapIdentity("", "", null, "", null), EngineClock.SYSTEM);
        Upgrade.check(spec);
    }

    @Override
    public Sink make(TapSpec spec, TapIdentity identity, Context loop) throws TapException {
        try {
            check(spec);
            Target target = policy.parse(spec.uri(), Schemes.WEBSOCKET, true);
            Upgrade.check(spec, target);
            return new SocketSink(spec, identity, Dialects.of(spec, identity, clock), policy, clients, loop);
        } catch (IllegalArgumentException wrong) {
            throw new TapException(TapException.Kind.BAD_REQUEST, wrong.getMessage(), wrong);
        } catch (TargetException refused) {
            throw new TapException(refused.kind() == TargetException.Kind.NOT_ALLOWED ? TapException.Kind.FORBIDDEN
                    : TapException.Kind.BAD_REQUEST, refused.getMessage(), refused);
        }
    }
}
