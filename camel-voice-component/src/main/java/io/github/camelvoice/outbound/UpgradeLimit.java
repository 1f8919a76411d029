package io.github.camelvoice.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.transports.JDKTransport;

/**
 * Bounds what a server may answer to a WebSocket upgrade. Vert.x 4.5 collects the body of a refused upgrade without a limit, as fast as it comes: a
 * server that answers 403 and never stops would fill the memory before any time limit. First in the pipeline of each connection; leaves it
 * once the upgrade is through.
 */
final class UpgradeLimit extends ChannelInboundHandlerAdapter {

    /** Of bytes on the wire, those of the TLS handshake that come late included. */
    static final int MOST_BYTES = 128 << 10;
    /** What Vert.x calls its handler while an upgrade is under way. */
    private static final String UPGRADING = "handshakeCompleter";

    private boolean begun;
    /** Whether it may leave. */
    private boolean done;
    private int bytes;

    private UpgradeLimit(boolean done) {
        this.done = done;
    }

    /** Vert.x empties the pipeline of a new connection before it makes it one of HTTP. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!done && channel.isOpen()) {
            done = true;
            channel.eventLoop().execute(() -> channel.pipeline().addFirst(new UpgradeLimit(true)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (context.pipeline().get(UPGRADING) != null) {
            begun = true;
            bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            if (bytes > MOST_BYTES) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
        } else if (begun) {
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }

    /** Connections with such a limit. */
    static final class Transport extends JDKTransport {

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            ChannelFactory<? extends Channel> plain = super.channelFactory(domainSocket);
            return () -> {
                Channel channel = plain.newChannel();
                channel.pipeline().addFirst(new UpgradeLimit(false));
                return channel;
            };
        }
    }
}
