package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.digest.DigestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP stack of one engine: JAIN-SIP's parser and transactions behind our own transports, limits and authentication. Opens its
 * ports with {@link #start}; {@link #close} ends every thread and frees every port before it returns.
 */
public final class SipStackHost implements SipDoor, AutoCloseable {

    private static final int IO_THREADS = 32;
    private static final int IO_QUEUE = 10_000;
    private static final long JANITOR_MILLIS = 5_000;
    /** Stands for the port of TLS where we call out only: JAIN-SIP wants a number. */
    private static final int NO_PORT = 5061;
    private static final Logger LOG = LoggerFactory.getLogger(SipStackHost.class);

    private final SipConfig config;
    private final EngineClock clock;
    private final Timers timers;
    private final WireTap tap;
    private final Dns dns;

    private final Callees callees = new Callees();

    private volatile Bindings bindings;
    private volatile boolean closed;
    private Reactor reactor;
    private ThreadPoolExecutor io;
    private Resolver resolver;
    private EngineStack stack;
    private UdpTransport udp;
    private StreamTransport tcp;
    private StreamTransport tls;
    private ServerSide server;
    private ClientSide client;
    private Intake intake;
    private Flows flows;
    private Watchdog watchdog;
    private volatile Timers.Timer watch = () -> { };
    private volatile Timers.Timer janitor = () -> { };

    public SipStackHost(SipConfig config, EngineClock clock, Timers timers) {
        this(config, clock, timers, WireTap.NONE);
    }

    /** @param tap sees all bytes */
    public SipStackHost(SipConfig config, EngineClock clock, Timers timers, WireTap tap) {
        this(config, clock, timers, tap, new Dns(config.dnsServers()));
    }

    SipStackHost(SipConfig config, EngineClock clock, Timers timers, WireTap tap, Dns dns) {
        this.config = config;
        this.clock = clock;
        this.timers = timers;
        this.tap = tap;
        this.dns = dns;
    }

    /**
     * Opens the ports and begins to listen. Once.
     *
     * @throws SipStartException if a port is not to be had or the certificates are of no use; nothing stays open then
     */
    public void start(RequestSink sink) throws SipStartException {
        Networks trusted = new Networks(config.trustedSources());
        Listeners listeners = Listeners.open(config);
        try {
            bindings = Advertised.bindings(config, listeners);
            build(listeners, trusted, sink);
        } catch (IOException | SipException | RuntimeException failure) {
            listeners.close();
            close();
            throw new SipStartException("the SIP stack cannot start: " + failure.getMessage(), failure);
        }
        reactor.start();
        LOG.info("SIP listens on udp/tcp {}:{}{}, advertised as {}:{}", Addresses.forUri(bindings.host()), bindings.port(),
                bindings.tlsPort() > 0 ? ", tls " + Addresses.forUri(bindings.host()) + ":" + bindings.tlsPort() : "",
                Addresses.forUri(bindings.advertisedHost()), bindings.advertisedPort());
        watch();
        tidy();
    }

    private void build(Listeners listeners, Networks trusted, RequestSink sink)
            throws IOException, SipException {
        InetAddress address = listeners.address();
        Flood flood = new Flood(clock);
        Ids ids = new Ids("s");
        Replies replies = new Replies(ids, config.userAgent());
        reactor = new Reactor(clock);
        io = new ThreadPoolExecutor(IO_THREADS, IO_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(IO_QUEUE),
                Threads.named("sip-io"));
        io.allowCoreThreadTimeOut(true);
        resolver = new Resolver(clock, new LookUp(clock, dns, transport -> !transport.equals("tls") || bindings.tlsPort() > 0, LookUp.from(address)));
        Ways ways = new Ways(bindings);
        flows = new Flows(reactor, ways);
        stack = new EngineStack(reactor, ways, this::ended);
        server = new ServerSide(reactor, clock, stack, replies, gatekeeper(trusted, replies, flood), flood, config.maxInvitesPerSource(),
                callees, sink);
        client = new ClientSide(reactor, clock, stack, resolver, new Targets(clock), ways, ids);
        intake = new Intake(reactor, server, client, replies, flood);

        udp = new UdpTransport(listeners.udp(), reactor, intake, tap, flows, flood);
        tcp = new StreamTransport(null, new InetSocketAddress(address, bindings.port()), listeners.tcp(), io, intake, tap, flood);
        TlsSettings settings = new TlsSettings(config.tls(), config.tlsClientAuth(), config.tlsVerify());
        int tlsPort = bindings.tlsPort() > 0 ? bindings.tlsPort() : NO_PORT;
        tls = new StreamTransport(settings, new InetSocketAddress(address, tlsPort), listeners.tls(), io, intake, tap, flood);
        ways.open(udp, tcp, tls);
        udp.attach(stack);
        tcp.attach(stack);
        tls.attach(stack);
        String host = address.getHostAddress();
        stack.listen(host, bindings.port(), "udp");
        stack.listen(host, bindings.port(), "tcp");
        stack.listen(host, tlsPort, "tls");
        watchdog = new Watchdog(address, bindings.port(), () -> reactor.execute(this::reopen));
    }

    private Gatekeeper gatekeeper(Networks trusted, Replies replies, Flood flood) {
        DigestServer digest = new DigestServer(config.realm(), config.users(), config.digestAlgorithms(), clock);
        return new Gatekeeper(digest, config.requireAuth(), trusted, replies, flood);
    }

    private void reopen() {
        try {
            udp.rebind();
        } catch (IOException failure) {
            LOG.error("the SIP port {} (udp) cannot be opened again: {}", bindings.port(), failure.getMessage());
        }
    }

    private void watch() {
        watch = timers.schedule(Watchdog.PERIOD_MILLIS, TimeUnit.MILLISECONDS, io, () -> {
            watchdog.look();
            if (!closed) {
                watch();
            }
        });
    }

    /** Closes connections whose peers do not read. */
    private void tidy() {
        janitor = timers.schedule(JANITOR_MILLIS, TimeUnit.MILLISECONDS, Runnable::run, () -> {
            tcp.closeStuck(System.nanoTime());
            tls.closeStuck(System.nanoTime());
            if (!closed) {
                tidy();
            }
        });
    }

    private void ended(SIPTransaction transaction) {
        if (transaction instanceof SIPServerTransaction s) {
            server.ended(s);
        } else if (transaction instanceof SIPClientTransaction c) {
            client.ended(c);
        }
    }

    @Override
    public Bindings bindings() {
        Bindings known = bindings;
        if (known == null) {
            throw new IllegalStateException("the SIP stack is not started");
        }
        return known;
    }

    @Override
    public boolean listens(String transport) {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp", "tcp", "tls" -> true;
            default -> false;
        };
    }

    @Override
    public ClientTransactionHandle send(SIPRequest request, Flow first, ClientTransactionListener listener, Executor on) {
        return client.send(request, first, listener, on);
    }

    @Override
    public void sendOnce(SIPRequest request) {
        client.sendAck(request);
    }

    @Override
    public void sendAck(SIPRequest ack) {
        client.sendAck(ack);
    }

    @Override
    public FlowWatch keepAlive(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on) {
        return flows.watch(flow, seconds, expected, listener, on);
    }

    @Override
    public void admit(String contactUser, ClientTransactionHandle registered) {
        callees.admit(contactUser, registered);
    }

    @Override
    public void dismiss(String contactUser) {
        callees.dismiss(contactUser);
    }

    @Override
    public int transactions() {
        return stack.transactions();
    }

    /** Entries that outlive their transactions (accepted INVITEs for 64 x T1) and timers; all end by themselves. For leak checks. */
    public int remembered() {
        return server.remembered() + client.remembered() + flows.live() + reactor.alarms();
    }

    /** TCP and TLS connections that are open or being opened. */
    public int connections() {
        return tcp.connections() + tls.connections();
    }

    /** Messages that were no SIP. */
    public long malformed() {
        return intake.malformed();
    }

    /** How often the watchdog opened the UDP port anew. */
    public int reopened() {
        return watchdog.cures();
    }

    /** Waits until the stack's thread has seen the clock and everything handed to it before; for tests with a clock of their own. */
    void settle() {
        CountDownLatch seen = new CountDownLatch(1);
        reactor.execute(() -> reactor.schedule(seen::countDown, 0, 0));
        try {
            if (!seen.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the SIP thread is stuck");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Watchdog watchdog() {
        return watchdog;
    }

    UdpTransport udp() {
        return udp;
    }

    /** Ends all threads, frees all ports, forgets all transactions without a word on the wire. Idempotent; waits up to some seconds. */
    @Override
    public void close() {
        closed = true;
        watch.cancel();
        janitor.cancel();
        for (MessageProcessor transport : new MessageProcessor[] {udp, tcp, tls}) {
            if (transport != null) {
                transport.stop();
            }
        }
        if (resolver != null) {
            resolver.close();
        }
        if (stack != null) {
            stack.stopStack();
        }
        if (reactor != null) {
            reactor.stop();
        }
        if (io != null) {
            io.shutdownNow();
            try {
                io.awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
