package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Carries bytes between a TCP and a TLS connection on loopback, so that a peer without TLS speaks it.
 */
public final class TlsRelay implements AutoCloseable {

    private final ServerSocket door;
    private final SocketFactory onward;
    private final int target;
    private final int from;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private TlsRelay(ServerSocketFactory in, SocketFactory onward, int target, int from) {
        try {
            this.door = in.createServerSocket(0, 50, InetAddress.getByName(Peers.LOOPBACK));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.onward = onward;
        this.target = target;
        this.from = from;
        start("tls-relay", this::accept);
    }

    /** Takes one TCP connection, goes on with TLS to {@code target} from the port {@code from}: where its Contact says that it is. */
    public static TlsRelay toTls(SSLContext context, int target, int from) {
        return new TlsRelay(ServerSocketFactory.getDefault(), context.getSocketFactory(), target, from);
    }

    /** Takes TLS, goes on with TCP to {@code target}. */
    public static TlsRelay fromTls(SSLContext context, int target) {
        return new TlsRelay(context.getServerSocketFactory(), SocketFactory.getDefault(), target, 0);
    }

    public int port() {
        return door.getLocalPort();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = onward.createSocket(Peers.LOOPBACK, target, InetAddress.getByName(Peers.LOOPBACK), from);
                sockets.addAll(List.of(near, far));
                start("tls-relay-out", () -> copy(near, far));
                start("tls-relay-in", () -> copy(far, near));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
