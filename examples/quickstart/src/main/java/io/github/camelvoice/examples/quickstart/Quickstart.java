package io.github.camelvoice.examples.quickstart;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.VoiceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The first ten minutes, shown: starts the gateway on free ports, calls its numbers {@code hello} and {@code record} with a phone of
 * our own, has it call that phone, and tells what really happened, SIP messages included. Ends by itself: 0 if all came out as it should.
 */
public final class Quickstart {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GatewayProcess gateway;
    private final Phone phone;
    private final EventPrinter events;
    private String greeted;
    private boolean failed;

    private Quickstart(GatewayProcess gateway, Phone phone, EventPrinter events) {
        this.gateway = gateway;
        this.phone = phone;
        this.events = events;
    }

    public static void main(String[] arguments) throws Exception {
        Path scratch = Files.createTempDirectory("voice-quickstart");
        boolean failed = true;
        try (GatewayProcess gateway = GatewayProcess.start(Path.of(arguments[0]), scratch)) {
            System.out.printf("%nThe gateway is up: SIP on 127.0.0.1:%d, HTTP on 127.0.0.1:%d (after %.1f s)%n", gateway.sipPort(),
                    gateway.httpPort(), gateway.startMillis() / 1000.0);
            try (Phone phone = Phone.start(scratch); EventPrinter events = EventPrinter.listen(gateway)) {
                Quickstart show = new Quickstart(gateway, phone, events);
                show.hello();
                show.record();
                show.place();
                show.ladder();
                failed = show.failed;
            }
        } catch (QuickstartException e) {
            System.out.println("\nThe quickstart failed: " + e.getMessage());
            System.out.println(GatewayProcess.lastLines(scratch, 15));
        } finally {
            delete(scratch);
        }
        if (!failed) {
            farewell(arguments[0]);
        }
        System.exit(failed ? 1 : 0);
    }

    private void hello() throws Exception {
        title("1. Our phone calls sip:hello@127.0.0.1:%d - a YAML route answers, plays a greeting and hangs up", gateway.sipPort());
        VoiceEvent.CallEnded ended = phone.call("hello", gateway.sipPort(), call -> phone.say(call, Tones.seconds(30)), PATIENCE);
        greeted = ended.head().sipCallId();
        events.settle();
        result(ended.received().packets() > 100 && ended.sent().packets() > 100,
                "%d RTP packets came, %d went, %d were lost; %.1f s of talk; jitter %.1f ms%s; the %s side hung up",
                ended.received().packets(), ended.sent().packets(), ended.received().lost(), ended.duration().toMillis() / 1000.0,
                ended.received().jitterMillis(), quality(ended.received().mos()),
                ended.cause().endedBy().name().toLowerCase(Locale.ROOT));
    }

    private static String quality(double mos) {
        return mos > 0 ? String.format(Locale.ROOT, ", estimated quality %.1f of 4.5 (MOS)", mos) : "";
    }

    private void record() throws Exception {
        title("2. Our phone calls sip:record@127.0.0.1:%d, waits for the beep and plays a tune of 3 seconds", gateway.sipPort());
        phone.call("record", gateway.sipPort(), call -> {
            events.await("recording-started", PATIENCE);
            phone.say(call, Tones.seconds(3)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            phone.hangUp(call);
            return null;
        }, PATIENCE);
        events.await("recording-ended", PATIENCE);
        events.settle();
        Path file = gateway.newestRecording();
        Recording recording = Recording.read(file);
        result(recording.seconds() > 2.5 && recording.peakDecibels() > -30, "%s: %.1f s at %d Hz, loudest at %.0f dBFS, 440 Hz tone %s",
                file.getFileName(), recording.seconds(), recording.sampleRate(), recording.peakDecibels(),
                recording.has(Tones.FREQUENCY) ? "found" : "not found");
        failed |= !recording.has(Tones.FREQUENCY);
    }

    private void place() throws Exception {
        title("3. POST /api/v1/calls has the gateway call our phone, which answers; POST .../play greets it");
        var answered = phone.answerNext(PATIENCE);
        String id = gateway.placeCall("sip:phone@127.0.0.1:" + phone.sipPort());
        CallSnapshot call = answered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        events.await("call-answered", PATIENCE);
        gateway.act(id, "play", "{\"source\":\"prompt:hello\"}");
        events.await("play-ended", PATIENCE);
        gateway.act(id, "hangup", "");
        VoiceEvent.CallEnded ended = phone.ended(call.callId(), PATIENCE);
        events.settle();
        result(ended.received().packets() > 100, "%d RTP packets came; the gateway hung up after %.1f s", ended.received().packets(),
                ended.duration().toMillis() / 1000.0);
    }

    private void ladder() throws Exception {
        title("4. GET /api/v1/history/CALL/ladder tells what was said on the wire in the first call");
        String ladder = gateway.ladder(greeted);
        ladder.lines().forEach(line -> System.out.println("  " + line));
        System.out.println();
        result(ladder.contains("INVITE") && ladder.contains("BYE"), "kept: as JSON, pcap, SVG and Mermaid too, and in the console");
    }

    private static void title(String format, Object... values) {
        System.out.println();
        System.out.println(String.format(format, values));
    }

    private void result(boolean good, String format, Object... values) {
        System.out.println((good ? "  ok   " : "  FAILED  ") + String.format(Locale.ROOT, format, values));
        failed |= !good;
    }

    private static void farewell(String jar) {
        System.out.println("""

                All of it worked. Now with your own softphone, on this machine:
                  java -jar %s
                  then dial sip:echo@127.0.0.1 (or hello, or record); no account is needed on loopback.
                Your calls, and what was said on the wire, are at http://127.0.0.1:8080/console/ (account voice, token in data/auth-token).
                From another machine, tell the gateway where to listen and who may call:
                  java -Dvoice.sip.host=192.0.2.10 -Dvoice.sip.users=alice:secret -jar %s
                  with your address for 192.0.2.10, and user alice, password secret and that address as the proxy in the softphone.
                Put a YAML route into a folder and add -Dvoice.routes.dir=that-folder: README.md has one.
                """.formatted(jar, jar).stripTrailing());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
