package io.github.camelvoice.examples.voicebot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway as a process of its own, started as a user would, with a data folder that is thrown away. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final Pattern SIP_PORT = Pattern.compile("\"voice\\.sip\\.port\"\\s*:\\s*([0-9]+)");

    private final Process process;
    private final Path scratch;

    private GatewayProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
    }

    /** @param options -D options in front of -jar */
    static GatewayProcess start(Path jar, Path scratch, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dvoice.sip.port=0", "-Dvoice.http.port=0", "-Dvoice.data.dir=" + scratch.resolve("data")));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        GatewayProcess gateway = new GatewayProcess(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(scratch.resolve("gateway.log").toFile()).start(), scratch);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(gateway.ports())) {
            boolean ended = gateway.process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                gateway.close();
                throw new IllegalStateException(ended ? "the gateway ended with " + gateway.process.exitValue() : "the gateway was not ready in time");
            }
        }
        return gateway;
    }

    private Path ports() {
        return scratch.resolve("data").resolve("ports.json");
    }

    int sipPort() throws IOException {
        Matcher port = SIP_PORT.matcher(Files.readString(ports()));
        if (!port.find()) {
            throw new IllegalStateException("no SIP port in " + ports());
        }
        return Integer.parseInt(port.group(1));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
