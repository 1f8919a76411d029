package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * SIPp as a caller or a callee on loopback. Its messages and errors are kept in the folder and shown when it fails.
 */
public final class Sipp implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(150);

    private final PeerProcess process;
    private final Path messages;
    private final Path errors;
    private final int port;
    private final int mediaPort;
    private final Duration limit;

    private Sipp(PeerProcess process, Path messages, Path errors, int port, int mediaPort, Duration limit) {
        this.process = process;
        this.messages = messages;
        this.errors = errors;
        this.port = port;
        this.mediaPort = mediaPort;
        this.limit = limit.plusSeconds(5);
    }

    /** @param folder for the scenario and the logs */
    public static Setup in(Path folder) {
        return new Setup(folder);
    }

    /** How to start it. */
    public static final class Setup {
        private final Path folder;
        private final List<String> options = new ArrayList<>();
        private String transport = "u1";
        private int calls = 1;
        private Duration limit = LIMIT;
        private boolean logMessages = true;
        private int ownPort;
        private int contactPort;

        private Setup(Path folder) {
            this.folder = folder;
        }

        /** One TCP connection in place of UDP. */
        public Setup tcp() {
            transport = "t1";
            return this;
        }

        /** @param rate a second */
        public Setup calls(int number, int rate) {
            calls = number;
            options.addAll(List.of("-r", Integer.toString(rate)));
            return this;
        }

        /** Any further options of SIPp. */
        public Setup with(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        public Setup limit(Duration value) {
            limit = value;
            return this;
        }

        /** Its SIP port, and the one that its Contact names. */
        public Setup ports(int own, int contact) {
            ownPort = own;
            contactPort = contact;
            return this;
        }

        /** Keeps no messages, for many calls. */
        public Setup quiet() {
            logMessages = false;
            return this;
        }

        /** Starts calling {@code user} at a loopback port. */
        public Sipp call(String user, int port, SippScenario scenario) {
            options.addAll(List.of("-s", user, Peers.LOOPBACK + ":" + port));
            return start(file(scenario), calls);
        }

        private List<String> file(SippScenario scenario) {
            try {
                return List.of("-sf", Files.writeString(Files.createTempFile(folder, "scenario", ".xml"), scenario.xml()).toString());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** Calls with a scenario of SIPp's own. */
        public Sipp callBuiltIn(String name, String user, int port) {
            options.addAll(List.of("-s", user, Peers.LOOPBACK + ":" + port));
            return start(List.of("-sn", name), calls);
        }

        /** Waits for calls; returns when its port is open. */
        public Sipp answer(SippScenario scenario) {
            return answer(file(scenario));
        }

        /** Waits for calls with a scenario of SIPp's own. */
        public Sipp answerBuiltIn(String name) {
            return answer(List.of("-sn", name));
        }

        private Sipp answer(List<String> scenario) {
            Sipp sipp = start(scenario, calls);
            if (transport.equals("u1")) {
                Peers.awaitUdp(sipp.port, sipp.process);
            } else {
                Peers.awaitTcp(sipp.port, sipp.process);
            }
            return sipp;
        }

        private Sipp start(List<String> scenario, int number) {
            int port = ownPort == 0 ? Peers.freePort() : ownPort;
            int media = Peers.freePorts(4);
            Path messages = folder.resolve("sipp-" + port + ".messages");
            Path errors = folder.resolve("sipp-" + port + ".errors");
            List<String> command = new ArrayList<>(List.of("sipp", scenario.get(0), scenario.get(1), "-i", Peers.LOOPBACK, "-p", "" + port,
                    "-mi", Peers.LOOPBACK, "-mp", "" + media, "-t", transport, "-m", "" + number, "-nostdin", "-trace_err",
                    "-error_file", errors.toString(), "-timeout", limit.toSeconds() + "s", "-timeout_error", "-max_retrans", "8",
                    "-key", "contact_port", "" + (contactPort == 0 ? port : contactPort)));
            if (logMessages) {
                command.addAll(List.of("-trace_msg", "-message_file", messages.toString()));
            }
            command.addAll(options);
            PeerProcess process = PeerProcess.start(folder, limit.plusSeconds(5), command.toArray(String[]::new));
            return new Sipp(process, messages, errors, port, media, limit);
        }
    }

    /** Its SIP port on loopback. */
    public int port() {
        return port;
    }

    /** Where it takes RTP. */
    public int mediaPort() {
        return mediaPort;
    }

    /** The file of {@link #messages()}, for {@link SippLog}. */
    public Path log() {
        return messages;
    }

    /** Every message sent and received so far. */
    public String messages() {
        return text(messages);
    }

    /** Waits for its end; every call must have gone as the scenario says. */
    public void mustSucceed() {
        int code = process.awaitExit(limit);
        if (code != 0) {
            String log = messages();
            throw new AssertionError("SIPp ended with " + code + "\n" + text(errors) + "\n" + log.substring(Math.max(0, log.length() - 12_000))
                    + (log.isEmpty() ? process.output() : ""));
        }
    }

    /** Waits for its end, whatever it says. */
    public int exitCode() {
        return process.awaitExit(limit);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
