package io.github.camelvoice.gateway;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.outbound.CheckedTarget;
import io.github.camelvoice.outbound.Overrides;
import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.Target;
import io.github.camelvoice.outbound.TargetException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where subscriptions may be told: where anything may be sent, but not to ourselves. And under which address we are known. Thread-safe. */
final class SepReceivers {

    private static final long PATIENCE_SECONDS = 6;
    /** First segments of paths that we serve. */
    private static final List<String> OUR_PATHS = List.of("/v/", "/v1beta1/", "/api/", "/2010-04-01/", "/observe/");
    private static final String HOST = "[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](:[0-9]{1,5})?";

    private final Supplier<VoiceEngine> engine;
    private final String publicUrl;
    private final String address;
    private final int port;

    /**
     * @param publicUrl without a slash at the end, null where none is set
     * @param address   {@code host:port} that HTTP listens on
     */
    SepReceivers(Supplier<VoiceEngine> engine, String publicUrl, String address, int port) {
        this.engine = engine;
        this.publicUrl = publicUrl;
        this.address = address;
        this.port = port;
    }

    /** The beginning of our URLs. @param host as the client named us, null where it did not */
    String base(String host) {
        if (publicUrl != null) {
            return publicUrl;
        }
        return "http://" + (host != null && host.matches(HOST) ? host : address);
    }

    /**
     * Waits for the look-up of a name; one that has no address now is looked up again with each callback.
     *
     * @param host as the client named us, null where it did not
     * @throws SepError naming {@code notify}
     */
    void check(String receiver, String host) {
        try {
            engine.get().callbacks().check(receiver);
        } catch (IllegalArgumentException refused) {
            throw bad(refused.getMessage());
        }
        if (!Callback.isUrl(receiver)) {
            return;
        }
        try {
            String url = Overrides.split(receiver).url();
            Target target = engine.get().outbound().policy().parse(url, Schemes.HTTP, true);
            if (isNamedOurs(target, host)) {
                throw loop();
            }
            CheckedTarget checked = engine.get().outbound().policy().check(url, Schemes.HTTP, true).toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (checked.port() == port && isOurs(checked.address())) {
                throw loop();
            }
        } catch (TargetException refused) {
            throw bad(refused.getMessage());
        } catch (ExecutionException wrapped) {
            if (!(wrapped.getCause() instanceof TargetException refused) || refused.kind() != TargetException.Kind.UNRESOLVED) {
                throw bad(wrapped.getCause().getMessage());
            }
        } catch (TimeoutException late) {
            // it is looked up again with each callback
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new SepError(503, "unavailable", null, null);
        }
    }

    private static SepError bad(String message) {
        return new SepError(400, "bad-notify", "notify@url", "notify@url: " + message);
    }

    private static SepError loop() {
        return new SepError(400, "loop", "notify@url", "notify@url: that is this gateway itself");
    }

    /** Behind a proxy, the same host may be somebody else's too, under other paths. */
    private boolean isNamedOurs(Target target, String host) {
        boolean sameHost = host != null && host.equalsIgnoreCase(target.authority());
        if (publicUrl != null) {
            URI base = URI.create(publicUrl);
            int basePort = base.getPort() < 0 ? Schemes.defaultPort(base.getScheme()) : base.getPort();
            sameHost |= base.getHost().equalsIgnoreCase(target.host()) && basePort == target.port();
            if (sameHost && base.getPath() != null && !base.getPath().isEmpty() && target.path().startsWith(base.getPath() + "/")) {
                return true;
            }
        }
        return sameHost && OUR_PATHS.stream().anyMatch(target.path()::startsWith);
    }

    private static boolean isOurs(InetAddress target) {
        try {
            return target.isLoopbackAddress() || target.isAnyLocalAddress() || NetworkInterface.getByInetAddress(target) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
