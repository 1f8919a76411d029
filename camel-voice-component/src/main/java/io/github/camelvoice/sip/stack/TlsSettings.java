package io.github.camelvoice.sip.stack;

import java.net.Socket;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.3 and 1.2 with forward secrecy and authenticated encryption only; certificates verified, names included. */
final class TlsSettings {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext server;
    private final boolean clientAuth;
    private final boolean verify;

    /** Made when the first call goes out: reading the platform's certificates takes its time. */
    private SSLContext client;

    /** @param context null: the platform's, for calling out */
    TlsSettings(SSLContext context, boolean clientAuth, boolean verify) {
        this.server = context;
        this.clientAuth = clientAuth;
        this.verify = verify;
    }

    private synchronized SSLContext client() throws IOException {
        if (client == null) {
            try {
                client = verify ? trusting(server) : careless();
            } catch (GeneralSecurityException unusable) {
                throw new IOException("TLS is not available: " + unusable.getMessage(), unusable);
            }
        }
        return client;
    }

    private static SSLContext trusting(SSLContext configured) throws GeneralSecurityException {
        return configured != null ? configured : SSLContext.getDefault();
    }

    private static SSLContext careless() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAnybody()}, new SecureRandom());
        return context;
    }

    /** Layers the server side over an accepted socket; the handshake is the caller's. */
    SSLSocket accept(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) server.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        SSLParameters parameters = modern(socket);
        parameters.setNeedClientAuth(clientAuth);
        socket.setSSLParameters(parameters);
        return socket;
    }

    /**
     * Layers the client side over a connected socket; the handshake is the caller's.
     *
     * @param host name (or address) that the certificate must carry; sent as SNI if it is a name
     */
    SSLSocket connect(Socket plain, String host) throws IOException {
        SSLSocket socket = (SSLSocket) client().getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        socket.setUseClientMode(true);
        SSLParameters parameters = modern(socket);
        if (!Addresses.isLiteral(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        if (verify) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLParameters modern(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        String[] suites = Arrays.stream(socket.getSupportedCipherSuites())
                .filter(s -> s.startsWith("TLS_AES_") || s.startsWith("TLS_CHACHA20_")
                        || s.startsWith("TLS_ECDHE_") && (s.contains("_GCM_") || s.contains("CHACHA20")))
                .toArray(String[]::new);
        parameters.setCipherSuites(suites);
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    /** For {@code tlsVerify=false} alone, which somebody wrote down on purpose. */
    private static final class TrustAnybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Anybody.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Anybody.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
