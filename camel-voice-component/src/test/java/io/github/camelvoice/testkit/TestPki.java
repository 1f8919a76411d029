package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority and certificates signed by it, made anew for each test class in a temporary folder.
 */
public final class TestPki {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    private TestPki(Path folder) {
        this.folder = folder;
    }

    /** Makes the authority. */
    public static TestPki create(Path folder) {
        PeerProcess.run(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=camel-voice test authority");
        return new TestPki(folder);
    }

    /**
     * A key with a certificate.
     *
     * @param key  PEM file of the private key
     * @param cert PEM file of the certificate
     * @param both PEM file with both
     */
    public record Identity(Path key, Path cert, Path both, Path store) {
    }

    /** @param subjectAltName as openssl writes it: {@code IP:127.0.0.1}, {@code DNS:localhost} */
    public Identity identity(String name, String subjectAltName) {
        Peers.write(folder.resolve(name + ".ext"), "subjectAltName=" + subjectAltName + "\n");
        PeerProcess.run(folder, "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name);
        PeerProcess.run(folder, "openssl", "x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", name + ".ext", "-out", name + ".pem");
        PeerProcess.run(folder, "openssl", "pkcs12", "-export", "-inkey", name + ".key", "-in", name + ".pem", "-out", name + ".p12",
                "-passout", "pass:" + PASSWORD);
        try {
            Path key = folder.resolve(name + ".key");
            Path cert = folder.resolve(name + ".pem");
            Path both = Peers.write(folder.resolve(name + "-both.pem"), Files.readString(key) + Files.readString(cert));
            return new Identity(key, cert, both, folder.resolve(name + ".p12"));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** PEM file of the authority's certificate. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Shows the identity (null for none) and trusts this authority alone. */
    public SSLContext context(Identity identity) {
        try {
            KeyManagerFactory keys = null;
            if (identity != null) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(identity.store())) {
                    store.load(in, PASSWORD.toCharArray());
                }
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, PASSWORD.toCharArray());
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(authority())) {
                trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
