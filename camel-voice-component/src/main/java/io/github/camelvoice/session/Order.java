package io.github.camelvoice.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;

/**
 * A command on its way through a session, and who waits for what comes of it.
 *
 * @param target   whom to call, or to transfer to, as it was asked for; null for none
 * @param uri      the same as a SIP URI
 * @param interval of a start: seconds until an incoming call is answered
 * @param files    to be played
 */
record Order(String target, String uri, SipHeaders headers, int interval, List<PlaySource> files, Sessions.BrokenFiles broken,
             CompletableFuture<SessionStatus> done) {

    static Order plain() {
        return new Order(null, null, SipHeaders.none(), 0, List.of(), Sessions.BrokenFiles.SKIP, new CompletableFuture<>());
    }

    static Order start(int interval) {
        return new Order(null, null, SipHeaders.none(), interval, List.of(), Sessions.BrokenFiles.SKIP, new CompletableFuture<>());
    }

    static Order to(String target, String uri, SipHeaders headers) {
        return new Order(target, uri, headers, 0, List.of(), Sessions.BrokenFiles.SKIP, new CompletableFuture<>());
    }

    static Order play(List<PlaySource> files, Sessions.BrokenFiles broken) {
        return new Order(null, null, SipHeaders.none(), 0, List.copyOf(files), broken, new CompletableFuture<>());
    }

    void fail(SessionException.Kind kind, String message) {
        done.completeExceptionally(new SessionException(kind, message));
    }

    void fail(SessionException.Kind kind, Throwable cause) {
        done.completeExceptionally(new SessionException(kind, cause.getMessage(), cause));
    }
}
