package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/**
 * The certificate for SIP over TLS: the user's, or a self-signed one made by the JDK's {@code keytool} at first start and kept in the
 * data folder, readable by its owner only.
 *
 * @param file     PKCS12
 * @param password of the file and of its key
 */
record TlsStore(Path file, String password) {

    private static final String OWN_FILE = "sip-tls.p12";
    /** PKCS12 wants one; what guards the file is its mode. */
    private static final String OWN_PASSWORD = "camel-voice";
    private static final int KEYTOOL_SECONDS = 60;

    /** @return null where TLS is not asked for */
    static TlsStore of(GatewaySettings settings, DataFolder data) {
        if (settings.tlsPort() < 0) {
            return null;
        }
        if (settings.tlsKeystore() != null) {
            check(Setting.SIP_TLS_KEYSTORE, settings.tlsKeystore(), Setting.SIP_TLS_KEYSTORE_PASSWORD, settings.tlsKeystorePassword());
            return new TlsStore(settings.tlsKeystore(), settings.tlsKeystorePassword());
        }
        Path file = data.path(OWN_FILE);
        if (!Files.exists(file)) {
            make(settings, file);
        }
        return new TlsStore(file, OWN_PASSWORD);
    }

    /** @throws SettingException where the file cannot be opened with the password, or has no key */
    static void check(Setting keystore, Path file, Setting passwordOfIt, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.toCharArray()) != null) {
                    return;
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            boolean wrongPassword = e.getCause() instanceof GeneralSecurityException || e instanceof GeneralSecurityException;
            throw SettingException.of(keystore, wrongPassword ? "cannot be opened with the password of "
                    + passwordOfIt.key() + ": " + file : "is no PKCS12 file: " + file);
        }
        throw SettingException.of(keystore, "has no private key: " + file);
    }

    private static void make(GatewaySettings settings, Path file) {
        String name = settings.externalAddress() == null ? settings.sipHost() : settings.externalAddress();
        String kind = name.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:";
        Path draft = file.resolveSibling("." + OWN_FILE + ".new");
        ProcessBuilder keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "sip", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650",
                "-dname", "CN=" + name, "-ext", "san=" + kind + name, "-storetype", "PKCS12", "-keystore", draft.toString(),
                "-storepass", OWN_PASSWORD).redirectErrorStream(true);
        try {
            Files.deleteIfExists(draft);
            Process process = keytool.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw SettingException.of(Setting.SIP_TLS_PORT, "needs a certificate, and keytool made none: " + said);
            }
            OwnerOnly.restrict(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SettingException.of(Setting.SIP_TLS_PORT, "needs a certificate; making one was interrupted");
        } catch (IOException e) {
            throw SettingException.of(Setting.SIP_TLS_PORT, "needs a certificate, and none could be made: " + e.getMessage());
        }
    }
}
