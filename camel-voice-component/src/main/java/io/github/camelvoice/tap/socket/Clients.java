package io.github.camelvoice.tap.socket;

import io.github.camelvoice.outbound.CheckedTarget;
import io.github.camelvoice.outbound.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;

/** WebSocket clients: one for all that is plain, one for each tap over TLS, since there it belongs to the name. Thread-safe. */
final class Clients {

    static final int CONNECT_MILLIS = 5_000;
    /** Of frames and of messages: 30 seconds of linear audio at 16 kHz as base64, and room. */
    static final int LONGEST_MESSAGE = 2 << 20;
    /** What the kernel may hide: the far end is to be slow here, where frames can be dropped, and not there. */
    private static final int SEND_BUFFER = 32 << 10;
    /** No bound of its own: -1, which should mean that, makes Vert.x 4.5 wait for ever. */
    private static final int MOST = 1_000_000;

    private final SecureRandom random = new SecureRandom();
    private Vertx vertx;
    private WebSocketClient plain;

    synchronized WebSocketClient plain(Vertx wanted) {
        if (plain == null || vertx != wanted) {
            vertx = wanted;
            plain = wanted.createWebSocketClient(options());
        }
        return plain;
    }

    /** For masking keys. */
    SecureRandom random() {
        return random;
    }

    /** For one tap, which closes it. */
    WebSocketClient secure(Vertx wanted, CheckedTarget target, SSLContext context) {
        String host = target.host();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return wanted.createWebSocketClient(Tls.apply(options().setSsl(true), new NamedContext(context == null ? platform() : context, name)));
    }

    private static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("the platform has no TLS", broken);
        }
    }

    private static WebSocketClientOptions options() {
        return new WebSocketClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxConnections(MOST).setSendBufferSize(SEND_BUFFER)
                .setMaxFrameSize(LONGEST_MESSAGE).setMaxMessageSize(LONGEST_MESSAGE).setClosingTimeout(1)
                .setTryUsePerMessageCompression(false).setTcpNoDelay(true);
    }
}
