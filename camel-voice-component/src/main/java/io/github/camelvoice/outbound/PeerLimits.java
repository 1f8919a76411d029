package io.github.camelvoice.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.transports.JDKTransport;

/**
 * Bounds what a far end can make us hold, where Vert.x 4.5 does not; first in the pipeline of each connection.
 * <ul>
 * <li>The body of a refused WebSocket upgrade is collected without a limit: a server that answers 403 and never stops would fill the memory
 * before any time limit.</li>
 * <li>Each ping is answered at once: one that floods with pings and reads nothing would fill it with pongs.</li>
 * </ul>
 */
final class PeerLimits extends ChannelInboundHandlerAdapter {

    /** Of the answer to an upgrade: bytes on the wire, those of the TLS handshake that come late included. */
    static final int MOST_OF_UPGRADE = 128 << 10;
    /** What may wait to be sent when something comes in; what we send of our own accord stops long before. */
    static final int MOST_UNSENT = 1 << 20;
    /** What Vert.x calls its handler while an upgrade is under way. */
    private static final String UPGRADING = "handshakeCompleter";

    private final boolean again;
    private boolean upgraded;
    private int bytes;

    private PeerLimits(boolean again) {
        this.again = again;
    }

    /** Vert.x empties the pipeline of a new connection before it makes it one of HTTP. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!again && channel.isOpen()) {
            channel.eventLoop().execute(() -> channel.pipeline().addFirst(new PeerLimits(true)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!upgraded) {
            boolean upgrading = context.pipeline().get(UPGRADING) != null;
            upgraded = !upgrading && bytes > 0;
            bytes += upgrading && message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            if (bytes > MOST_OF_UPGRADE) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
        if (unsent != null && unsent.totalPendingWriteBytes() > MOST_UNSENT) {
            context.close();
        }
    }

    /** Connections with such limits. */
    static final class Transport extends JDKTransport {

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            ChannelFactory<? extends Channel> plain = super.channelFactory(domainSocket);
            return () -> {
                Channel channel = plain.newChannel();
                channel.pipeline().addFirst(new PeerLimits(false));
                return channel;
            };
        }
    }
}
