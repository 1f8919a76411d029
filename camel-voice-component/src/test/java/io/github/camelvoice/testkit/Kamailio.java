package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Kamailio as a registrar and a record-routing proxy on loopback, over UDP, TCP and TLS. Requests to itself go to a registered
 * contact, else to the {@code target}; requests to other loopback addresses are relayed there. Who calls from {@code @secure.invalid},
 * and who registers, is asked for digest credentials (the password of every user is {@link #PASSWORD}).
 */
public final class Kamailio implements AutoCloseable {

    public static final String PASSWORD = "s3cret";
    private static final String CONFIG = """
            #!KAMAILIO
            debug=1
            log_stderror=yes
            children=2
            tcp_children=2
            auto_aliases=no
            disable_core_dump=yes
            enable_tls=yes
            listen=udp:127.0.0.1:@PORT@
            listen=tcp:127.0.0.1:@PORT@
            listen=tls:127.0.0.1:@TLSPORT@
            loadmodule "kex.so"
            loadmodule "corex.so"
            loadmodule "tm.so"
            loadmodule "sl.so"
            loadmodule "rr.so"
            loadmodule "pv.so"
            loadmodule "maxfwd.so"
            loadmodule "textops.so"
            loadmodule "siputils.so"
            loadmodule "usrloc.so"
            loadmodule "registrar.so"
            loadmodule "auth.so"
            loadmodule "xlog.so"
            loadmodule "tls.so"
            modparam("tls", "config", "@DIR@/tls.cfg")
            modparam("usrloc", "db_mode", 0)
            modparam("rr", "append_fromtag", 1)
            modparam("tm", "fr_timer", 5000)

            request_route {
                if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
                force_rport();
                if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
                if (has_totag()) {
                    if (loose_route()) { xlog("L_ERR", "ROUTED $rm\\n"); t_relay(); exit; }
                    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
                    sl_send_reply("404", "Not here");
                    exit;
                }
                t_check_trans();
                if (is_method("REGISTER")) {
                    if (!pv_www_authenticate("proxy.invalid", "@PASSWORD@", "0")) { www_challenge("proxy.invalid", "1"); exit; }
                    save("location");
                    exit;
                }
                if ($fd == "secure.invalid" && is_method("INVITE")) {
                    if (!pv_proxy_authenticate("proxy.invalid", "@PASSWORD@", "0")) { proxy_challenge("proxy.invalid", "1"); exit; }
                    consume_credentials();
                }
                if (is_method("INVITE")) record_route();
                loose_route();
                if (uri == myself && !lookup("location")) $ru = "sip:" + $rU + "@@TARGET@";
                if (!($rd =~ "^127\\.")) { sl_send_reply("403", "Loopback only"); exit; }
                if (!t_relay()) sl_reply_error();
                exit;
            }
            """;

    private final PeerProcess process;
    private final int port;
    private final int tlsPort;

    private Kamailio(PeerProcess process, int port, int tlsPort) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** @param target host, port and URI parameters where calls to the proxy itself go: {@code 127.0.0.1:5060;transport=tcp} */
    public static Kamailio start(Path parent, String target, TestPki pki) {
        try {
            Path folder = Files.createTempDirectory(parent, "kamailio");
            int port = Peers.freePort();
            int tlsPort = Peers.freePort();
            TestPki.Identity identity = pki.identity("kamailio-" + tlsPort, "IP:127.0.0.1");
            Peers.write(folder.resolve("kamailio.cfg"), CONFIG.replace("@PORT@", "" + port).replace("@TLSPORT@", "" + tlsPort)
                    .replace("@TARGET@", target).replace("@PASSWORD@", PASSWORD).replace("@DIR@", folder.toString()));
            Peers.write(folder.resolve("tls.cfg"), """
                    [server:default]
                    method = TLSv1.2+
                    verify_certificate = no
                    require_certificate = no
                    private_key = %s
                    certificate = %s
                    [client:default]
                    method = TLSv1.2+
                    verify_certificate = yes
                    require_certificate = yes
                    private_key = %s
                    certificate = %s
                    ca_list = %s
                    """.formatted(identity.key(), identity.cert(), identity.key(), identity.cert(), pki.authority()));
            PeerProcess process = PeerProcess.start(folder, Duration.ofMinutes(10), "kamailio", "-f", "kamailio.cfg", "-w", folder.toString(),
                    "-Y", folder.toString(), "-P", folder.resolve("pid").toString(), "-DD", "-E", "-m", "64", "-M", "8");
            Peers.awaitUdp(port, process);
            Peers.awaitTcp(port, process);
            Peers.awaitTcp(tlsPort, process);
            return new Kamailio(process, port, tlsPort);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** UDP and TCP. */
    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** How many requests of a method within a dialog it has passed on by their Route headers. */
    public long routed(String method) {
        return process.output().lines().filter(line -> line.endsWith("ROUTED " + method)).count();
    }

    public String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
