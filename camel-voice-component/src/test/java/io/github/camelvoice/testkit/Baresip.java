package io.github.camelvoice.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * baresip as a softphone on loopback, user {@code phone} if no other is given: it sends a tone on every call and keeps what it hears.
 * Steered over its control connection. {@code net_interface 127.0.0.1} is what makes it offer loopback for media.
 */
public final class Baresip implements AutoCloseable {

    /** Frequency that it sends, in Hz. */
    public static final double TONE = 440;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIG = """
            poll_method epoll
            net_interface 127.0.0.1
            sip_listen 127.0.0.1:@PORT@
            sip_certificate @CERT@
            sip_cafile @CA@
            sip_verify_server yes
            call_local_timeout 120
            call_max_calls 10
            audio_path /usr/share/baresip
            audio_source aufile,@DIR@/tone.wav
            snd_path @DIR@/heard
            auenc_format s16
            audec_format s16
            ausrc_format s16
            auplay_format s16
            rtp_ports @RTP@-@RTPEND@
            rtp_stats yes
            rtcp_mux no
            jitter_buffer_delay 5-10
            module_path /usr/lib/baresip/modules
            module g711.so
            module g722.so
            module opus.so
            module aufile.so
            module sndfile.so
            module srtp.so
            module_tmp uuid.so
            module_tmp account.so
            module_app menu.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen 127.0.0.1:@CONTROL@
            menu_bell no
            """;
    private static final Pattern PACKETS = Pattern.compile("packets:\\s+\\d+\\s+(\\d+)");
    private static final Map<String, String> CODECS = Map.of("PCMU", "pcmu/8000/1", "PCMA", "pcma/8000/1", "G722", "G722/16000/1",
            "OPUS", "opus/48000/2");

    private Runnable leave = () -> { };
    private final PeerProcess process;
    private final Path folder;
    private final int port;
    private final Socket control;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();

    private Baresip(PeerProcess process, Path folder, int port, Socket control) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.control = control;
        Thread reader = new Thread(this::read, "baresip-control");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it without a registrar and waits until it is ready.
     *
     * @param codec      the one it has: PCMU, PCMA, G722 or OPUS (in stereo)
     * @param answerMode {@code auto} or {@code manual}
     */
    public static Baresip start(Path parent, TestPki pki, String codec, String answerMode) {
        return start(parent, pki, codec, answerMode, 0, "");
    }

    /** @param encryption {@code srtp}: offers RTP/AVP with keys; {@code srtp-mand}: RTP/SAVP, nothing else will do */
    public static Baresip encrypting(Path parent, TestPki pki, String codec, String encryption) {
        return start(parent, pki, codec, "auto", 0, ";mediaenc=" + encryption);
    }

    /** Starts it and waits until it is registered with {@link Kamailio}, over UDP. */
    public static Baresip registered(Path parent, TestPki pki, String codec, Kamailio registrar) {
        return registered(parent, pki, "phone", registrar.port(), "auto", codec);
    }

    /** Starts it as another user, PCMU alone, and waits until it is registered over UDP; it leaves when it is closed. */
    public static Baresip registered(Path parent, TestPki pki, String user, KamailioEvents registrar, String answerMode) {
        Baresip phone = registered(parent, pki, user, registrar.port(), answerMode, "PCMU");
        // Baresip says that it leaves, and may be gone before it is asked for its password.
        phone.leave = () -> registrar.unregister(user);
        return phone;
    }

    /** Starts it as a user of this registrar, PCMU alone, and waits until it is registered over UDP; it leaves when it is closed. */
    public static Baresip registered(Path parent, TestPki pki, String user, KamailioRegistrar registrar, String answerMode) {
        return registered(parent, pki, user, registrar.port(), answerMode, "PCMU");
    }

    private static Baresip registered(Path parent, TestPki pki, String user, int registrar, String answerMode, String codec) {
        Baresip phone = start(parent, pki, codec, answerMode, user, registrar, "");
        phone.process.awaitOutput("[1 binding]", PATIENCE);
        return phone;
    }

    /** Starts it as a user of the registrar at a loopback port: it registers, and watches its messages there, and whether another user is present. */
    public static Baresip watching(Path parent, TestPki pki, String user, int port, String other) {
        return start(parent, pki, "PCMU", "auto", user, port, ";regint=60;mwi=yes",
                "module_app mwi.so\nmodule_app contact.so\nmodule_app presence.so\n",
                "\"Other\" <sip:" + other + "@127.0.0.1:" + port + ">;presence=p2p\n");
    }

    private static Baresip start(Path parent, TestPki pki, String codec, String answerMode, int registrar, String more) {
        return start(parent, pki, codec, answerMode, "phone", registrar, more);
    }

    private static Baresip start(Path parent, TestPki pki, String codec, String answerMode, String user, int registrar, String more) {
        return start(parent, pki, codec, answerMode, user, registrar, ";regint=" + (registrar > 0 ? 60 : 0) + more, "", "");
    }

    private static Baresip start(Path parent, TestPki pki, String codec, String answerMode, String user, int registrar, String more, String modules,
                                 String contacts) {
        try {
            Path folder = Files.createTempDirectory(parent, "baresip");
            Files.createDirectory(folder.resolve("heard"));
            int port = Peers.freePorts(2);
            int control = Peers.freePort();
            int rtp = Peers.freePorts(20);
            int rate = codec.equals("OPUS") ? 48_000 : codec.equals("G722") ? 16_000 : 8_000;
            Tones.write(folder.resolve("tone.wav"), rate, codec.equals("OPUS") ? 2 : 1, TONE, 60);
            Peers.write(folder.resolve("config"), (CONFIG + modules).replace("@PORT@", "" + port).replace("@DIR@", folder.toString())
                    .replace("@RTP@", "" + rtp).replace("@RTPEND@", "" + (rtp + 19)).replace("@CONTROL@", "" + control)
                    .replace("@CERT@", pki.identity("baresip-" + port, "IP:127.0.0.1").both().toString())
                    .replace("@CA@", pki.authority().toString()));
            Peers.write(folder.resolve("accounts"), "<sip:" + user + "@127.0.0.1:" + (registrar > 0 ? registrar : port) + ">;answermode=" + answerMode
                    + ";audio_codecs=" + CODECS.get(codec) + ";ptime=20;auth_user=" + user + ";auth_pass=" + Kamailio.PASSWORD + more
                    + "\n");
            Peers.write(folder.resolve("contacts"), contacts);
            PeerProcess process = PeerProcess.start(folder, Duration.ofMinutes(5), "baresip", "-s", "-f", folder.toString());
            process.awaitOutput("baresip is ready", PATIENCE);
            return new Baresip(process, folder, port, new Socket(Peers.LOOPBACK, control));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** UDP and TCP; TLS is the next one. */
    public int port() {
        return port;
    }

    public void dial(String uri) {
        command("dial", uri);
    }

    public void accept() {
        command("accept", "");
    }

    public void hangup() {
        command("hangup", "");
    }

    public void hold() {
        command("hold", "");
    }

    public void resume() {
        command("resume", "");
    }

    /** Asks the far end of its call to call somebody (REFER). */
    public void transfer(String uri) {
        command("transfer", uri);
    }

    /** Presses keys: RFC 4733 events. */
    public void press(String digits) {
        for (char digit : digits.toCharArray()) {
            command("sndcode", String.valueOf(digit));
        }
    }

    private synchronized void command(String name, String params) {
        try {
            byte[] text = JSON.writeValueAsBytes(Map.of("command", name, "params", params, "token", name));
            control.getOutputStream().write((text.length + ":").getBytes(StandardCharsets.US_ASCII));
            control.getOutputStream().write(text);
            control.getOutputStream().write(',');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for an event, {@code CALL_ESTABLISHED} for example, to have come {@code times} times. */
    public void awaitEvent(String type, int times) {
        Awaitility.await("baresip tells " + type).atMost(PATIENCE).untilAsserted(() -> {
            if (told.stream().filter(event -> type.equals(event.path("type").asText())).count() < times) {
                throw new AssertionError("so far: " + output());
            }
        });
    }

    /** All parameters of the events of a type, in order. */
    public List<String> parameters(String type) {
        return told.stream().filter(event -> type.equals(event.path("type").asText())).map(event -> event.path("param").asText()).toList();
    }

    /** What it heard in its calls, the longest; to be asked for when its calls are over. */
    public Tones.Audio heard() {
        return longest().orElseThrow(() -> new AssertionError("baresip heard nothing:\n" + process.output()));
    }

    private Optional<Tones.Audio> longest() {
        try (Stream<Path> files = Files.list(folder.resolve("heard"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-dec.wav")).map(Tones::read)
                    .max(Comparator.comparingDouble(Tones.Audio::seconds));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** RTP packets that it received in its last call; to be asked for when that is over. */
    public long received() {
        Matcher matcher = PACKETS.matcher(process.output());
        long last = 0;
        while (matcher.find()) {
            last = Long.parseLong(matcher.group(1));
        }
        return last;
    }

    /** Waits until it has heard so much audio in its longest call. */
    public void awaitSeconds(double seconds) {
        Awaitility.await("baresip hears " + seconds + " s").atMost(PATIENCE).untilAsserted(() -> {
            double heard = longest().map(Tones.Audio::seconds).orElse(0.0);
            if (heard < seconds) {
                throw new AssertionError("heard " + heard + " s of: " + output());
            }
        });
    }

    public String output() {
        return process.output() + told;
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(control.getInputStream())) {
            for (int c = in.read(), length = 0; c >= 0; c = in.read()) {
                if (c == ':') {
                    told.add(JSON.readTree(in.readNBytes(length)));
                    length = 0;
                } else if (Character.isDigit(c)) {
                    length = length * 10 + Character.digit(c, 10);
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            control.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            process.close();
        }
        leave.run();
    }
}
