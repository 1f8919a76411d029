package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of SIPp with a scenario of the folder {@code sipp} of the test resources, on loopback and a free port. Ends by itself
 * after the time given; {@link #close} kills what is left. Needs {@code sipp} on the path: such tests carry {@code @Tag("peer")}.
 */
public final class SippRunner implements AutoCloseable {

    private final Process process;
    private final Path folder;
    private final int port;
    private final Duration limit;

    /**
     * @param passed  whether every call went as the scenario says
     * @param errors  what SIPp wrote about calls that did not
     * @param messages all SIP messages, both ways
     */
    public record Result(boolean passed, int exitCode, String errors, String messages) {

        /** How many messages begin with this text. */
        public long count(String firstLine) {
            return messages.lines().filter(line -> line.startsWith(firstLine)).count();
        }

        @Override
        public String toString() {
            return (passed ? "passed" : "failed, exit code " + exitCode) + "\n" + errors + "\n" + messages;
        }
    }

    private SippRunner(Process process, Path folder, int port, Duration limit) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.limit = limit;
    }

    /** SIPp calls. {@code remote}: {@code 127.0.0.1:5060}; {@code more}: further options, {@code -t t1} for TCP. */
    public static SippRunner calls(String scenario, String remote, String... more) {
        return start(scenario, Duration.ofSeconds(25), remote, more);
    }

    /** As {@link #calls}, for scenarios that take longer than 25 seconds. */
    public static SippRunner calls(String scenario, Duration limit, String remote, String... more) {
        return start(scenario, limit, remote, more);
    }

    /** SIPp waits to be called, at {@link #port}. */
    public static SippRunner answers(String scenario, String... more) {
        return start(scenario, Duration.ofSeconds(25), null, more);
    }

    private static SippRunner start(String scenario, Duration limit, String remote, String... more) {
        try {
            Path folder = Files.createTempDirectory("sipp");
            Path file = folder.resolve(scenario);
            try (InputStream in = SippRunner.class.getResourceAsStream("/sipp/" + scenario)) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no scenario sipp/" + scenario);
                }
                Files.copy(in, file);
            }
            int port = freePort();
            List<String> command = new ArrayList<>(List.of("sipp", "-nostdin", "-sf", file.toString(), "-i", "127.0.0.1", "-p",
                    String.valueOf(port), "-m", "1", "-timeout", limit.toSeconds() + "s", "-timeout_error", "-trace_err", "-error_file",
                    folder.resolve("errors").toString(), "-trace_msg", "-message_file", folder.resolve("messages").toString()));
            command.addAll(List.of(more));
            if (remote != null) {
                command.add(remote);
            }
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(folder.resolve("screen").toFile()).start();
            return new SippRunner(process, folder, port, limit);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A port that is free for UDP and TCP now. */
    public static int freePort() throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return tcp.getLocalPort();
            } catch (java.net.BindException taken) {
                // The next one, then.
            }
        }
        throw new IOException("no free port");
    }

    public int port() {
        return port;
    }

    /** Waits for the end of the run. */
    public Result result() {
        try {
            boolean ended = process.waitFor(limit.toSeconds() + 10, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            int code = ended ? process.exitValue() : -1;
            return new Result(code == 0, code, read("errors") + (code > 1 || code < 0 ? read("screen") : ""), read("messages"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(folder)) {
            process.waitFor(5, TimeUnit.SECONDS);
            files.sorted(Comparator.reverseOrder()).forEach(SippRunner::delete);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stillOpen) {
            file.toFile().deleteOnExit();
        }
    }
}
