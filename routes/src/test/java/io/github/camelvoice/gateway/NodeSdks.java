package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The libraries of Twilio and SignalWire for Node, as {@code package-lock.json} names them: installed once into {@code target}. */
final class NodeSdks {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node-sdks");
    private static final int TRIES = 3;
    private static boolean ready;

    private NodeSdks() {
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (ready) {
            return;
        }
        Files.createDirectories(FOLDER);
        boolean same = Files.isDirectory(FOLDER.resolve("node_modules/twilio")) && Files.exists(FOLDER.resolve("package-lock.json"))
                && Files.mismatch(SOURCES.resolve("package-lock.json"), FOLDER.resolve("package-lock.json")) < 0;
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path log = FOLDER.resolve("npm.log");
        int code = same ? 0 : 1;
        for (int i = 0; i < TRIES && code != 0; i++) {
            Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund").directory(FOLDER.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            assertThat(npm.waitFor(3, TimeUnit.MINUTES)).as("npm ci within three minutes").isTrue();
            code = npm.exitValue();
        }
        assertThat(code).as(() -> "npm ci: " + read(log)).isZero();
        ready = true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Runs a script to its end. @return the last line that it wrote, as JSON */
    static JsonNode run(String script, String... arguments) throws IOException, InterruptedException {
        install();
        Process node = node(script, arguments).redirectError(ProcessBuilder.Redirect.appendTo(FOLDER.resolve(script + ".err").toFile())).start();
        List<String> lines;
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(() -> script + ": " + read(FOLDER.resolve(script + ".err"))).isZero();
        return Running.JSON.readTree(lines.get(lines.size() - 1));
    }

    private static ProcessBuilder node(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(FOLDER.toFile());
    }

    /** An application that runs: it gives documents, and tells what it was asked. */
    static final class Receiver implements AutoCloseable {

        private final Process node;
        private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();
        final String url;

        Receiver(String key) throws Exception {
            install();
            node = node("receiver.js", key).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            Thread reader = new Thread(() -> node.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                try {
                    lines.add(Running.JSON.readTree(line));
                } catch (IOException noJson) {
                    throw new IllegalStateException(line, noJson);
                }
            }));
            reader.setDaemon(true);
            reader.start();
            JsonNode first = lines.poll(30, TimeUnit.SECONDS);
            assertThat(first).as("the receiver listens").isNotNull();
            url = "http://127.0.0.1:" + first.path("port").asInt();
        }

        /** The next requests, in the order of arrival. */
        List<JsonNode> next(int count) throws InterruptedException {
            List<JsonNode> got = new ArrayList<>();
            while (got.size() < count) {
                JsonNode one = lines.poll(20, TimeUnit.SECONDS);
                assertThat(one).as("request %d of %d; so far %s", got.size() + 1, count, got).isNotNull();
                got.add(one);
            }
            return got;
        }

        @Override
        public void close() {
            node.destroy();
        }
    }
}
