package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, from Debian's binaries, on loopback and in a folder under /tmp. It can be stopped and started again on the same
 * port. As root it runs as user {@code postgres}: the server refuses to be root.
 */
public final class Postgres implements AutoCloseable {

    public static final String USER = "voice";
    public static final String PASSWORD = "s3cret";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path home;
    private final Path data;
    private final int port;
    private boolean running;

    private Postgres(Path home, int port) {
        this.home = home;
        this.data = home.resolve("data");
        this.port = port;
    }

    /** A running server whose files are not forced to the disk. */
    public static Postgres start() {
        return start("fsync=off");
    }

    /** @param settings lines of its configuration */
    public static Postgres start(String... settings) {
        try {
            Path home = Files.createTempDirectory("voice-postgres");
            if (isRoot()) {
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.setOwner(home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
            Path password = home.resolve("password");
            Files.writeString(password, PASSWORD + "\n");
            Postgres server = new Postgres(home, Peers.freePort());
            server.run("initdb", "-D", server.data.toString(), "-U", USER, "-A", "scram-sha-256", "--pwfile", password.toString(), "-E", "UTF8",
                    "--locale=C", "--no-sync");
            List<String> lines = new ArrayList<>(List.of(settings));
            lines.addAll(List.of("listen_addresses='127.0.0.1'", "port=" + server.port, "unix_socket_directories=''", "max_connections=60"));
            Files.writeString(server.data.resolve("postgresql.auto.conf"), String.join("\n", lines) + "\n");
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.startAgain();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path program(String name) throws IOException {
        try (Stream<Path> versions = Files.exists(VERSIONS) ? Files.list(VERSIONS) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin").resolve(name)).filter(Files::isExecutable).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("PostgreSQL's '" + name
                            + "' is not installed; install it, or leave these tests out with -DexcludedGroups=peer"));
        }
    }

    private void run(String program, String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            if (isRoot()) {
                command.addAll(List.of("runuser", "-u", "postgres", "--"));
            }
            command.add(program(program).toString());
            command.addAll(List.of(arguments));
            Path log = home.resolve("out.log");
            Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Starts it again on its port, with the data that it had. Returns when it takes connections. */
    public synchronized void startAgain() {
        if (!running) {
            run("pg_ctl", "-D", data.toString(), "-l", home.resolve("server.log").toString(), "-w", "-t", "50", "start");
            running = true;
        }
    }

    /** Stops it in mid-work: connections break. What was committed is there when it starts again. */
    public synchronized void stop() {
        if (running) {
            run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
            running = false;
        }
    }

    public int port() {
        return port;
    }

    /** URL of its database, without credentials. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** URL of a new database, without credentials. */
    public String newDatabase(String name) {
        execute("create database " + name);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Runs a statement in the first database. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Process number of the server, for its CPU time. */
    public long pid() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        stop();
        if (Files.exists(home)) {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
