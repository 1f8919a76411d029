package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * An external program of a test: its output goes to a file, its time is bounded even if the test's own process dies, and it is
 * ended by its handle.
 */
public final class PeerProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String name;
    private final Process process;
    private final Path log;

    private PeerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program with nothing on its standard input.
     *
     * @param folder  working folder; the output is kept there as {@code NAME.out}
     * @param limit   time after which it is ended whatever happens
     * @param command the program, found on the path, and its arguments
     */
    public static PeerProcess start(Path folder, Duration limit, String... command) {
        List<String> full = new ArrayList<>(List.of(Peers.program("timeout"), "--kill-after=3", Long.toString(limit.toSeconds())));
        full.addAll(List.of(command));
        full.set(3, Peers.program(command[0]));
        try {
            Path log = Files.createTempFile(folder, command[0].replace('/', '_') + "-", ".out");
            Process process = new ProcessBuilder(full).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null"))).redirectOutput(log.toFile()).start();
            return new PeerProcess(command[0], process, log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs a program to its end, which must be a good one; returns what it printed. */
    public static String run(Path folder, String... command) {
        try (PeerProcess process = start(folder, Duration.ofSeconds(30), command)) {
            int code = process.awaitExit(Duration.ofSeconds(35));
            if (code != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + code + ":\n" + process.output());
            }
            return process.output();
        }
    }

    public String name() {
        return name;
    }

    /** Everything printed so far, both streams. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** @throws AssertionError with its output if it has ended */
    boolean mustRun() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + output());
        }
        return true;
    }

    /** Waits until the output holds the text. */
    public void awaitOutput(String text, Duration limit) {
        Awaitility.await(name + " prints '" + text + "'").atMost(limit).pollInterval(Duration.ofMillis(20))
                .until(() -> output().contains(text) || !mustRun());
    }

    /** @throws AssertionError if it goes on for longer than {@code limit} */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Ends it and what it has started at once, with SIGKILL. */
    public void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
        awaitExit(GRACE);
    }

    /** Asks it to end, insists after a moment. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
