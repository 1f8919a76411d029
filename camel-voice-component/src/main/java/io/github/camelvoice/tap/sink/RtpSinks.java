package io.github.camelvoice.tap.sink;

import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.Target;
import io.github.camelvoice.outbound.TargetException;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.SinkFactory;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.vertx.core.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** Makes RTP sinks. */
public final class RtpSinks implements SinkFactory {

    /** What fits into one packet everywhere, headers left out. */
    private static final int MOST_BYTES = 1_400;

    private final TargetPolicy policy;
    private final InetAddress bind;
    private final InetAddress advertised;
    private final EngineClock clock;

    /**
     * @param bind       local address
     * @param advertised the address told in place of the local one, null for none
     */
    public RtpSinks(TargetPolicy policy, InetAddress bind, InetAddress advertised, EngineClock clock) {
        this.policy = policy;
        this.bind = bind;
        this.advertised = advertised;
        this.clock = clock;
    }

    @Override
    public boolean makes(TapProtocol protocol) {
        return protocol == TapProtocol.RTP;
    }

    @Override
    public Sink make(TapSpec spec, TapIdentity identity, Context loop) throws TapException {
        Target target = target(spec.uri());
        if (spec.speaks()) {
            throw bad("a tap by RTP does not speak into the call");
        }
        if (!spec.headers().isEmpty() || spec.authorization() != null || spec.subProtocol() != null || spec.tls() != null) {
            throw bad("headers, credentials, sub-protocol and TLS are for WebSockets");
        }
        AudioShape shape = new AudioShape(spec.codec(), spec.rate(), spec.channels() == 2 ? AudioShape.Layout.STEREO : AudioShape.Layout.MIX,
                spec.ptimeMillis(), true);
        if (shape.frameBytes() > MOST_BYTES) {
            throw bad("rtp_ptime is too long for one packet: " + shape.frameBytes() + " bytes of at most " + MOST_BYTES);
        }
        return new RtpSink(shape, bind, advertised, new InetSocketAddress(target.literal(), target.port()), clock);
    }

    private Target target(String uri) throws TapException {
        try {
            return policy.parse(uri, Set.of("rtp"));
        } catch (TargetException refused) {
            throw new TapException(refused.kind() == TargetException.Kind.NOT_ALLOWED ? TapException.Kind.FORBIDDEN : TapException.Kind.BAD_REQUEST,
                    refused.getMessage(), refused);
        }
    }

    private static TapException bad(String message) {
        return new TapException(TapException.Kind.BAD_REQUEST, message);
    }
}
