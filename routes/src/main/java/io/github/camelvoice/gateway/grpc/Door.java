package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.access.Visitors;
import io.github.camelvoice.runtime.EngineClock;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected: as many as there is room for. As with HTTP, whoever has not shown credentials makes room for the next, and is sent away where
 * nothing is asked. Thread-safe, never blocks.
 */
final class Door {

    private final Visitors<Channel> visitors;
    private final Map<Ends, Channel> channels = new ConcurrentHashMap<>();

    private record Ends(SocketAddress remote, SocketAddress local) {
    }

    Door(int most, EngineClock clock) {
        visitors = new Visitors<>(most, clock, Door::sendAway);
    }

    ServerChannel listener() {
        return new Listener();
    }

    private static void sendAway(Channel channel) {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    /** A call came in. */
    void asked(Attributes call) {
        Channel channel = channel(call);
        if (channel != null) {
            visitors.asked(channel);
        }
    }

    /** Its caller has shown credentials. */
    void known(Attributes call) {
        Channel channel = channel(call);
        if (channel != null) {
            visitors.known(channel);
        }
    }

    private Channel channel(Attributes call) {
        SocketAddress remote = call.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        SocketAddress local = call.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
        return remote == null || local == null ? null : channels.get(new Ends(remote, local));
    }

    /** To be called about once a second. */
    void look() {
        visitors.look();
    }

    int connections() {
        return visitors.count();
    }

    private void came(Channel channel) {
        Ends ends = new Ends(channel.remoteAddress(), channel.localAddress());
        if (ends.remote() != null && ends.local() != null) {
            channels.put(ends, channel);
            channel.closeFuture().addListener(closed -> {
                channels.remove(ends, channel);
                visitors.left(channel);
            });
        }
        visitors.came(channel);
        if (!channel.isOpen()) {
            channels.remove(ends, channel);
        }
    }

    private final class Listener extends NioServerSocketChannel {

        /** One connection at most, by the contract of Netty. */
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int count = super.doReadMessages(accepted);
            if (count > 0 && accepted.get(accepted.size() - 1) instanceof SocketChannel channel) {
                came(channel);
                if (!channel.isOpen()) {
                    accepted.remove(accepted.size() - 1);
                    return 0;
                }
            }
            return count;
        }
    }
}
