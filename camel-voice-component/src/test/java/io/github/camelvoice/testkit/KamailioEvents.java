package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kamailio as registrar, proxy and notifier on loopback, UDP and TCP: {@code reg} of who registers with it, {@code dialog} of calls through
 * it, {@code presence}, {@code dialog} and {@code message-summary} of what is published to it, lists (RFC 4662) of its database.
 *
 * <p>Who registers is asked for digest credentials, and so is who subscribes or publishes as somebody {@code @secure.invalid}; the
 * password of every user is {@link Kamailio#PASSWORD}. A recipient list (RFC 5367) is refused with 420, or passed over.
 *
 * <p>Its lists hold for watchers and entries {@code @phones.invalid} alone, to be reached by {@link #proxy()}: it drops ports of URIs.
 */
public final class KamailioEvents implements AutoCloseable {

    /** Domain that is its own, besides its address. */
    public static final String DOMAIN = "phones.invalid";
    private static final Path TABLES = Path.of("/usr/share/kamailio/dbtext/kamailio");
    private static final List<String> NEEDED = List.of("version", "presentity", "active_watchers", "watchers", "xcap", "pua", "rls_presentity",
            "rls_watchers", "dialog", "dialog_vars");

    private final Path folder;
    private final int port;
    private PeerProcess process;

    private KamailioEvents(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    public static Setup in(Path parent) {
        return new Setup(parent);
    }

    /** How to start it. */
    public static final class Setup {
        private final Path parent;
        private final StringBuilder lists = new StringBuilder();
        private int number;
        private int minExpires = 1;
        private int maxExpires = 3600;
        private boolean refuses = true;

        private Setup(Path parent) {
            this.parent = parent;
        }

        /** Subscriptions for a shorter time are answered 423, for a longer time they are shortened. Seconds. */
        public Setup expires(int min, int max) {
            minExpires = min;
            maxExpires = max;
            return this;
        }

        /** Pays no attention to {@code Require: recipient-list-subscribe}, as a server does that knows nothing of it. */
        public Setup passesOverRecipientLists() {
            refuses = false;
            return this;
        }

        /** The list {@code sip:NAME@phones.invalid} of {@code sip:WATCHER@phones.invalid}; entries are user names of that domain. */
        public Setup list(String name, String watcher, String... entries) {
            String document = """
                    <?xml version="1.0" encoding="UTF-8"?><rls-services xmlns="urn:ietf:params:xml:ns:rls-services" \
                    xmlns:rl="urn:ietf:params:xml:ns:resource-lists"><service uri="sip:%s@%s"><list name="%s">%s</list><packages>\
                    <package>presence</package><package>dialog</package><package>message-summary</package></packages></service></rls-services>"""
                    .formatted(name, DOMAIN, name, List.of(entries).stream()
                            .map(entry -> "<rl:entry uri=\"sip:" + entry + "@" + DOMAIN + "\"/>").collect(Collectors.joining()));
            lists.append(++number).append(':').append(watcher).append(':').append(DOMAIN).append(':').append(document.replace(":", "\\:"))
                    .append(":8:etag").append(number).append(":0:rls-services/").append(number).append(":0\n");
            return this;
        }

        public KamailioEvents start() {
            try (InputStream config = KamailioEvents.class.getResourceAsStream("/kamailio/events.cfg")) {
                Path folder = Files.createTempDirectory(parent, "kamailio-events");
                Files.createDirectory(folder.resolve("db"));
                for (String table : NEEDED) {
                    Files.copy(TABLES.resolve(table), folder.resolve("db").resolve(table));
                }
                Files.writeString(folder.resolve("db/xcap"), lists, StandardOpenOption.APPEND);
                int port = Peers.freePort();
                Peers.write(folder.resolve("kamailio.cfg"), new String(config.readAllBytes(), StandardCharsets.UTF_8)
                        .replace("@PORT@", "" + port).replace("@DIR@", folder.toString()).replace("@PASSWORD@", Kamailio.PASSWORD)
                        .replace("@MIN@", "" + minExpires).replace("@MAX@", "" + maxExpires).replace("@LISTS@", refuses ? "1" : "0"));
                KamailioEvents kamailio = new KamailioEvents(folder, port);
                kamailio.restart();
                return kamailio;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** Starts it again at the same port after {@link #kill()}: it knows of no registration and no subscription. */
    public void restart() {
        process = PeerProcess.start(folder, Duration.ofMinutes(10), "kamailio", "-f", "kamailio.cfg", "-w", folder.toString(),
                "-Y", folder.toString(), "-P", folder.resolve("pid").toString(), "-DD", "-E", "-m", "64", "-M", "8");
        Peers.awaitUdp(port, process);
        Peers.awaitTcp(port, process);
    }

    /** Ends it as a crash would: nobody is told. */
    public void kill() {
        process.kill();
    }

    /** UDP and TCP. */
    public int port() {
        return port;
    }

    /** {@code sip:USER@127.0.0.1:PORT}, the address of record of a user. */
    public String uri(String user) {
        return "sip:" + user + "@" + Peers.LOOPBACK + ":" + port;
    }

    /** Its address as a route, for URIs of {@link #DOMAIN} and others that say nothing of where it is. */
    public String proxy() {
        return "sip:" + Peers.LOOPBACK + ":" + port + ";lr";
    }

    /** Ends all registrations of a user, as a phone of the user would. */
    void unregister(String user) {
        try (RawSip phone = RawSip.open()) {
            phone.request("REGISTER", "sip:127.0.0.1:" + port).from(uri(user)).to(uri(user)).withoutContact().with("Contact: *", "Expires: 0").as(user, Kamailio.PASSWORD)
                    .send(port);
        }
    }

    /** How many requests of a method for an event package it has taken for itself since it was last started, its own to itself included. */
    public long taken(String method, String event) {
        return output().lines().filter(line -> line.endsWith("TAKEN " + method + " " + event)).count();
    }

    public String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
