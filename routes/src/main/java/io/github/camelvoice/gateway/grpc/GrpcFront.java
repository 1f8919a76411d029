package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.grpc.ondewo.SipGrpc;
import io.github.camelvoice.gateway.grpc.session.SessionStatusesGrpc;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.Sessions;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC port, and the services behind it. Started once, stopped once. */
public final class GrpcFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcFront.class);
    /** Of gRPC itself: it complains of each broken connection and each request that is too large, as often as strangers please. */
    private static final java.util.logging.Logger PLAINTS = java.util.logging.Logger.getLogger("io.grpc");
    /** They check requests, make messages, and read histories. */
    private static final int WORKERS = 16;
    private static final int LOOPS = 2;
    /** What a connection may send before somebody reads it. */
    private static final int WINDOW = 128 * 1024;
    private static final int METADATA_BYTES = 8 * 1024;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int IDLE_MINUTES = 10;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int PERMITTED_PING_SECONDS = 20;
    private static final int RESETS = 200;
    private static final int RESET_SECONDS = 30;
    private static final int DRAIN_SECONDS = 5;
    private static final List<String> SERVICES = List.of("", SipGrpc.SERVICE_NAME, SessionStatusesGrpc.SERVICE_NAME);

    private final BooleanSupplier ready;
    private final Door door;
    private final Streams streams;
    private final SessionRoutes routes;
    private final FollowService follow;
    private final HealthStatusManager health = new HealthStatusManager();
    private final EventLoopGroup acceptor = new NioEventLoopGroup(1, new DefaultThreadFactory("voice-grpc-accept", true));
    private final EventLoopGroup loops = new NioEventLoopGroup(LOOPS, new DefaultThreadFactory("voice-grpc-io", true));
    private final ExecutorService workers;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("voice-grpc-timer", true));
    private final Server server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean draining;

    /**
     * What the services need.
     *
     * @param camel    with the routes
     * @param sessions that are followed
     * @param logins   shared with HTTP: who guesses at both is slowed at both
     * @param welcome  whether an API account is still what it was
     * @param ready    whether new work is taken; may wait
     */
    public record House(CamelContext camel, Supplier<Sessions> sessions, Logins logins, Predicate<Account> welcome, BooleanSupplier ready,
            EngineClock clock) {
    }

    private GrpcFront(GrpcConfig config, House house) throws GeneralSecurityException, IOException {
        ready = house.ready();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("voice-grpc", true));
        pool.allowCoreThreadTimeOut(true);
        workers = pool;
        door = new Door(GrpcConfig.CONNECTIONS, house.clock());
        streams = new Streams(SipGrpc.getSipPlayWavFilesMethod().getFullMethodName(), config.messageBytes(), config.heldBytes(), house.clock());
        routes = new SessionRoutes(house.camel());
        Statuses statuses = new Statuses(config.tracebacks());
        follow = new FollowService(house.sessions(), statuses, house.welcome(), workers, GrpcConfig.FOLLOWERS);
        SipService.Owners owners = new SipService.Owners(account -> house.sessions().get().get(account).map(SessionInfo::owner));
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .bossEventLoopGroup(acceptor).workerEventLoopGroup(loops).channelFactory(door::listener).executor(workers)
                .maxInboundMessageSize(config.messageBytes()).maxInboundMetadataSize(METADATA_BYTES).flowControlWindow(WINDOW)
                .maxConcurrentCallsPerConnection(config.streams()).maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS).keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS).permitKeepAliveWithoutCalls(true).maxRstFramesPerWindow(RESETS,
                        RESET_SECONDS)
                // What is compressed tells its size too late.
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                .addStreamTracerFactory(streams).intercept(new Guard(config, house.logins(), door, streams))
                .addService(Readable.of(new SipService(routes, owners, statuses))).addService(Readable.of(follow))
                .addService(Readable.of(health.getHealthService())).addService(Readable.of(ProtoReflectionServiceV1.newInstance()));
        if (config.tls() != null) {
            builder.sslContext(tls(config, house.camel()));
        }
        server = builder.build();
    }

    /**
     * Opens the port; calls can come when it returns.
     *
     * @throws IOException where the port cannot be opened
     * @throws GeneralSecurityException where TLS cannot be had
     */
    public static GrpcFront start(GrpcConfig config, House house) throws IOException, GeneralSecurityException {
        PLAINTS.setLevel(Level.SEVERE);
        GrpcFront front = new GrpcFront(config, house);
        try {
            front.tellHealth();
            front.server.start();
        } catch (IOException taken) {
            front.close();
            throw taken;
        }
        front.timer.scheduleWithFixedDelay(() -> guarded(() -> {
            front.door.look();
            front.streams.look();
            front.follow.look();
        }), 1, 1, TimeUnit.SECONDS);
        front.timer.scheduleWithFixedDelay(() -> guarded(front::tellHealth), 1, 1, TimeUnit.SECONDS);
        return front;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            LOG.error("gRPC was not looked after", mistake);
        }
    }

    private static SslContext tls(GrpcConfig config, CamelContext camel) throws GeneralSecurityException, IOException {
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE, ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2);
        return new JdkSslContext(config.tls().createSSLContext(camel), false, Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE, http2,
                ClientAuth.NONE, new String[] {"TLSv1.3", "TLSv1.2"}, false);
    }

    private void tellHealth() {
        ServingStatus status = !draining && ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        if (!draining || status == ServingStatus.NOT_SERVING) {
            SERVICES.forEach(service -> health.setStatus(service, status));
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Open connections. */
    public int connections() {
        return door.connections();
    }

    /** Calls under way. */
    public int calls() {
        return streams.open();
    }

    /** Bytes of the requests of these calls. */
    public long heldBytes() {
        return streams.held();
    }

    /** Callers that follow statuses. */
    public int followers() {
        return follow.followers();
    }

    /** Tells those who ask for its health that there is something better; calls are still taken. */
    public void drain() {
        draining = true;
        tellHealth();
    }

    /** Takes no more calls; those under way have a moment to end. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining = true;
        timer.shutdownNow();
        health.enterTerminalState();
        follow.close();
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
                server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
        workers.shutdown();
        routes.close();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
