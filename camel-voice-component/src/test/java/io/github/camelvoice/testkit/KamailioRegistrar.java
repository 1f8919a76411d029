package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Kamailio as the server where accounts register, and the proxy of their calls; UDP, TCP and TLS on loopback. REGISTER, and calls of its
 * own users, are asked for digest credentials; who is no user of it gets 403. Calls to a user go to all its contacts, over the connection that it
 * registered by; to {@code busy} 486, to who is not there 404.
 *
 * <p>It answers double CRLF on connections and STUN on its UDP port. It can be killed and started again at the same ports, with or without
 * the locations that it knew.
 */
public final class KamailioRegistrar implements AutoCloseable {

    /** A domain that is its own, besides its address. */
    public static final String DOMAIN = "accounts.invalid";
    public static final String REALM = "accounts.invalid";
    private static final Path TABLES = Path.of("/usr/share/kamailio/dbtext/kamailio");

    private final Path folder;
    private final Setup setup;
    private final int port;
    private final int tlsPort;
    private PeerProcess process;

    private KamailioRegistrar(Path folder, Setup setup, int port, int tlsPort) {
        this.folder = folder;
        this.setup = setup;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    public static Setup in(Path parent, TestPki pki) {
        return new Setup(parent, pki);
    }

    /** How to start it. */
    public static final class Setup {
        private final Path parent;
        private final TestPki pki;
        private final Map<String, String> users = new LinkedHashMap<>();
        private final Set<String> switches = new LinkedHashSet<>();
        private int minExpires = 1;
        private int maxExpires = 3600;
        private int nonceSeconds = 300;
        private int retryAfter;
        private int flowTimer;
        private int edgeOf;
        private int children = 2;

        private Setup(Path parent, TestPki pki) {
            this.parent = parent;
            this.pki = pki;
        }

        /** Users with the password {@link Kamailio#PASSWORD}. */
        public Setup users(String... names) {
            for (String name : names) {
                user(name, Kamailio.PASSWORD);
            }
            return this;
        }

        /** A user; it may give its name for digest, or {@code auth-NAME}. */
        public Setup user(String name, String password) {
            users.put(name, password);
            return this;
        }

        /** Registrations for a shorter time are answered 423, for a longer time they are shortened. Seconds. */
        public Setup expires(int min, int max) {
            minExpires = min;
            maxExpires = max;
            return this;
        }

        /** How long a nonce holds; what comes later is asked anew with {@code stale=true}. */
        public Setup nonces(int seconds) {
            nonceSeconds = seconds;
            return this;
        }

        /** Digest with SHA-256 alone (RFC 8760). */
        public Setup sha256() {
            return with("WITH_SHA256");
        }

        /** Locations are in a database, and known after {@link #restart()}. */
        public Setup remembering() {
            return with("WITH_MEMORY");
        }

        /** Contacts are called as they stand, not over the connection or at the address that they came from. */
        public Setup plain() {
            return with("WITH_PLAIN");
        }

        /** A 200 to REGISTER names it as Service-Route (RFC 3608), with the parameter {@code of=USER}. */
        public Setup serviceRoute() {
            return with("WITH_SERVICE_ROUTE");
        }

        /** A 200 to REGISTER asks for signs of life (RFC 5626). */
        public Setup flowTimer(int seconds) {
            flowTimer = seconds;
            return with("WITH_FLOW_TIMER");
        }

        /** REGISTER is answered 503 with Retry-After. */
        public Setup overloaded(int seconds) {
            retryAfter = seconds;
            return with("WITH_OVERLOAD");
        }

        /** Back from {@link #overloaded}. */
        public Setup recovered() {
            switches.remove("WITH_OVERLOAD");
            return this;
        }

        /** Processes that read UDP. */
        public Setup children(int count) {
            children = count;
            return this;
        }

        /** Is no registrar, but an edge proxy before one: it passes REGISTER on with a Path (RFC 3327), and calls both ways. */
        public Setup edgeOf(KamailioRegistrar registrar) {
            edgeOf = registrar.port();
            return with("WITH_EDGE");
        }

        private Setup with(String option) {
            switches.add(option);
            return this;
        }

        public KamailioRegistrar start() {
            try {
                Path folder = Files.createTempDirectory(parent, "kamailio-registrar");
                Files.createDirectory(folder.resolve("db"));
                for (String table : List.of("version", "location", "location_attrs")) {
                    Files.copy(TABLES.resolve(table), folder.resolve("db").resolve(table));
                }
                int tlsPort = Peers.freePort();
                TestPki.Identity identity = pki.identity("registrar-" + tlsPort, "IP:127.0.0.1");
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
                        ca_list = %s
                        """.formatted(identity.key(), identity.cert(), pki.authority()));
                KamailioRegistrar kamailio = new KamailioRegistrar(folder, this, Peers.freePort(), tlsPort);
                kamailio.restart();
                return kamailio;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private String config(KamailioRegistrar of) throws IOException {
            List<String> lines = new ArrayList<>();
            users.forEach((name, password) -> lines.add("    $sht(users=>" + name + ") = \"" + password + "\";"));
            lines.add("    xlog(\"L_ERR\", \"KNOWS " + users.size() + "\\n\");");
            try (InputStream config = KamailioRegistrar.class.getResourceAsStream("/kamailio/registrar.cfg")) {
                return new String(config.readAllBytes(), StandardCharsets.UTF_8)
                        .replace("@SWITCHES@", String.join("\n", switches.stream().map(each -> "#!define " + each).toList()))
                        .replace("@USERS@", String.join("\n", lines)).replace("@CHILDREN@", "" + children)
                        .replace("@PORT@", "" + of.port).replace("@TLSPORT@", "" + of.tlsPort).replace("@DIR@", of.folder.toString())
                        .replace("@REALM@", REALM).replace("@NONCE@", "" + nonceSeconds).replace("@MIN@", "" + minExpires)
                        .replace("@MAX@", "" + maxExpires).replace("@RETRY@", "" + retryAfter).replace("@FLOW@", "" + flowTimer)
                        .replace("@REGISTRAR@", "" + edgeOf);
            }
        }
    }

    /** Starts it again at the same ports after {@link #kill()}, in another way. */
    public void restart(Consumer<Setup> change) {
        change.accept(setup);
        restart();
    }

    /** Starts it again at the same ports after {@link #kill()} or {@link #close()}. */
    public void restart() {
        try {
            Peers.write(folder.resolve("kamailio.cfg"), setup.config(this));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        process = PeerProcess.start(folder, Duration.ofMinutes(10), "kamailio", "-f", "kamailio.cfg", "-w", folder.toString(),
                "-Y", folder.toString(), "-P", folder.resolve("pid").toString(), "-DD", "-E", "-m", "64", "-M", "8");
        Peers.awaitUdp(port, process);
        Peers.awaitTcp(port, process);
        Peers.awaitTcp(tlsPort, process);
    }

    /** Ends it as a crash would; where it is {@linkplain Setup#remembering remembering}, its database has all. */
    public void kill() {
        if (setup.switches.contains("WITH_MEMORY")) {
            rpc("db_text.dump");
        }
        process.kill();
    }

    /** UDP and TCP. */
    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** {@code USER@127.0.0.1:PORT}, the name of an account. */
    public String account(String user) {
        return user + "@" + Peers.LOOPBACK + ":" + port;
    }

    /** {@code sip:USER@127.0.0.1:PORT}. */
    public String uri(String user) {
        return "sip:" + account(user);
    }

    /** URIs where it would call a user now, as it knows them. */
    public List<String> contacts(String user) {
        String told = rpc("ul.lookup", "location", user);
        return Pattern.compile("(?m)^\\s*Address: (\\S+)").matcher(told).results().map(match -> match.group(1)).toList();
    }

    /** Forgets where a user is. */
    public void forget(String user) {
        rpc("ul.rm", "location", user);
    }

    /** Waits until it would call a user at so many contacts. */
    public void awaitContacts(String user, int count) {
        Awaitility.await(user + " has " + count + " contacts").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .until(() -> contacts(user).size() == count);
    }

    private String rpc(String... command) {
        List<String> full = new ArrayList<>(List.of("kamcmd", "-s", "unix:" + folder.resolve("ctl")));
        full.addAll(List.of(command));
        try (PeerProcess asked = PeerProcess.start(folder, Duration.ofSeconds(10), full.toArray(String[]::new))) {
            asked.awaitExit(Duration.ofSeconds(12));
            return asked.output();
        }
    }

    /** REGISTERs of a user that came since it was last started, those without good credentials included: {@code CAME USER udp 1 REGISTER CALL-ID SOURCE}. */
    public List<String> came(String user) {
        return lines("CAME " + user + " ");
    }

    /** REGISTERs of a user that it took since it was last started: {@code TAKEN USER SECONDS CONTACT}. */
    public List<String> taken(String user) {
        return lines("TAKEN " + user + " ");
    }

    /** Lines that it wrote since it was last started, from a word on: {@code EXPIRED alice}, {@code BRIEF}, {@code ASKED}, {@code PASSED}, {@code ROUTED}. */
    public List<String> lines(String start) {
        return output().lines().map(line -> line.indexOf("<script>: ") < 0 ? "" : line.substring(line.indexOf("<script>: ") + 10))
                .filter(line -> line.startsWith(start)).toList();
    }

    public String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
