package io.github.camelvoice.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** External programs that tests talk to, and loopback ports for them. */
public final class Peers {

    public static final String LOOPBACK = "127.0.0.1";
    private static final Duration READY = Duration.ofSeconds(15);

    /** Tests may run in two JVMs at a time; what is free for one is not taken by the other meanwhile. */
    private static final int PORTS = 6_000;
    private static final int FIRST_PORT = 20_000 + Integer.getInteger("test.fork", 2) % 2 * PORTS;
    /** Ports go round: who asks twice before using the first does not get it again. */
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS) & ~1);

    private Peers() {
    }

    /**
     * The path of a program. A test that needs it fails without it: nothing is skipped in silence.
     *
     * @throws AssertionError naming the program and how to leave such tests out
     */
    public static String program(String name) {
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new AssertionError("'" + name + "' is not installed; install the test peers, or leave these tests out with -DexcludedGroups=peer");
    }

    /** The running JDK's tool, {@code keytool} for example. */
    public static String jdkTool(String name) {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + name;
    }

    /** A port that is free for UDP and TCP at the moment. */
    public static int freePort() {
        return freePorts(1);
    }

    /** The first of {@code count} successive ports, even, all free for UDP and TCP at the moment. */
    public static int freePorts(int count) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int offset = Math.floorMod(NEXT.getAndAdd(count + 1 & ~1), PORTS);
            int base = FIRST_PORT + offset;
            boolean free = offset + count <= PORTS;
            for (int port = base; free && port < base + count; port++) {
                free = !udpBound(port) && !tcpBound(port);
            }
            if (free) {
                return base;
            }
        }
        throw new AssertionError("no " + count + " successive free ports");
    }

    /** Waits until somebody has the UDP port. */
    public static void awaitUdp(int port, PeerProcess owner) {
        await(owner, "UDP port " + port).until(() -> owner.mustRun() && udpBound(port));
    }

    /** Waits until somebody takes connections on the port. */
    public static void awaitTcp(int port, PeerProcess owner) {
        await(owner, "TCP port " + port).until(() -> owner.mustRun() && connects(port));
    }

    private static org.awaitility.core.ConditionFactory await(PeerProcess owner, String what) {
        return Awaitility.await(owner.name() + " opens " + what).atMost(READY).pollInterval(Duration.ofMillis(20));
    }

    private static boolean udpBound(int port) {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    private static boolean tcpBound(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    private static boolean connects(int port) {
        try (Socket probe = new Socket(LOOPBACK, port)) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Writes a file of a peer's folder. */
    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
