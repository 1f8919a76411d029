package io.github.camelvoice.tap.socket;

import io.github.camelvoice.outbound.TargetException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection.
 *
 * @param reason  for the caller: no addresses, no secrets
 * @param lasting trying again makes no sense
 */
record Failure(String reason, boolean lasting) {

    static final Failure TIMED_OUT = new Failure("cannot connect: no answer in time", false);

    static Failure of(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TargetException refused) {
            return new Failure("cannot connect: " + refused.getMessage(), refused.kind() != TargetException.Kind.UNRESOLVED);
        }
        if (cause instanceof UpgradeRejectedException rejected) {
            int status = rejected.getStatus();
            boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
            return new Failure("the far end refused the upgrade with status " + status, !later);
        }
        if (cause instanceof WebSocketHandshakeException) {
            return new Failure("the far end does not speak the WebSocket protocol, or not the sub-protocol that was asked for", true);
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return new Failure("TLS failed: the certificate is not trusted, is for another name, or there is no common version", true);
            }
        }
        if (cause instanceof ConnectException) {
            return new Failure("cannot connect: refused, or no way there", false);
        }
        if (cause instanceof SocketException) {
            return new Failure("cannot connect: no way there", false);
        }
        return new Failure("cannot connect: the connection was closed before the upgrade", false);
    }

    /** Of an open connection that the far end closed. @param code of the close frame, null if none came. @return null: in good order */
    static Failure ofClose(Short code) {
        if (code == null) {
            return new Failure("the connection was lost", false);
        }
        return switch (code) {
            case 1000, 1005 -> null;
            case 1006 -> new Failure("the connection was lost", false);
            case 1002, 1003, 1007, 1008, 1009, 1010 -> new Failure("the far end closed the connection with code " + code, true);
            default -> new Failure("the far end closed the connection with code " + code, false);
        };
    }
}
