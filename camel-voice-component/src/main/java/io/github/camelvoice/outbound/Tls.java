package io.github.camelvoice.outbound;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TCPSSLOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/** Brings a JDK {@link SSLContext} to a client of Vert.x, which else knows key stores and files only. */
public final class Tls {

    private Tls() {
    }

    /**
     * Makes a client of Vert.x use the context. Handshakes are computed on a worker thread, so that they do not hold up what else is on the
     * event loop. Verification of host names is the client's own option, and on by default. TLS is on by default then (the client would not
     * look at the context otherwise): a request without it says so.
     *
     * @param context null for the platform's
     */
    public static <T extends TCPSSLOptions> T apply(T options, SSLContext context) {
        options.setSsl(true).setSslEngineOptions(new ContextOptions(context == null ? platform() : context));
        return options;
    }

    /** The first time, it reads the authorities of the platform: not on an event loop. */
    static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("the platform has no TLS", broken);
        }
    }

    private static final class ContextOptions extends SSLEngineOptions {
        private final SSLContext context;
        /** One for all names: a client keeps what it gets here for each name it ever went to. */
        private final SslContext shared;

        ContextOptions(SSLContext context) {
            this.context = context;
            this.shared = new JdkSslContext(context, true, null, SupportedCipherSuiteFilter.INSTANCE, null, ClientAuth.NONE,
                    new String[] {"TLSv1.3", "TLSv1.2"}, false);
            setUseWorkerThread(true);
        }

        @Override
        public SSLEngineOptions copy() {
            return new ContextOptions(context);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new SslContextFactory() {
                @Override
                public SslContext create() {
                    return shared;
                }
            };
        }
    }
}
