package io.github.camelvoice.examples.voicebot;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.spi.MediaTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gateway, bot and a phone together: shows that the bot answers, how fast, and that a key silences it. Ends by itself: 0 if all went well. */
public final class Demo {

    private static final int BURSTS = 20;
    private static final int SENTENCE_MILLIS = 3000;
    private static final int ANSWER_MILLIS = 1000;
    private static final long PATIENCE_SECONDS = 20;

    private Demo() {
    }

    /** Arguments: the gateway's jar and the folder with the routes. */
    public static void main(String[] arguments) throws Exception {
        Path scratch = Files.createTempDirectory("voice-bot");
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        boolean good = false;
        try (Bot bot = Bot.start(0, line -> {
            System.out.println("  " + line);
            lines.add(line);
        }); GatewayProcess gateway = GatewayProcess.start(Path.of(arguments[0]), scratch, List.of("-Dvoice.routes.dir=" + arguments[1],
                "-Dvoice.outbound.allow=127.0.0.1", "-Dbot.url=" + bot.url())); Caller caller = Caller.start(scratch)) {
            System.out.printf("%nThe bot waits at %s, the gateway for calls at 127.0.0.1:%d%n", bot.url(), gateway.sipPort());
            good = echo(caller, gateway.sipPort(), lines) & interrupt(caller, gateway.sipPort(), lines);
        } catch (IllegalStateException e) {
            System.out.println("\nThe example failed: " + e.getMessage());
            System.out.println(Files.readString(scratch.resolve("gateway.log")));
        } finally {
            delete(scratch);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean echo(Caller caller, int sipPort, BlockingQueue<String> lines) throws Exception {
        System.out.printf("%n1. A phone calls sip:echo-bot@127.0.0.1:%d and says %d bursts of tone; the bot says them back at once%n", sipPort, BURSTS);
        RoundTrip trip = RoundTrip.measure(caller, sipPort, BURSTS, () -> await(lines, "answering at once"));
        return result(trip.isWhole(), trip.toString());
    }

    private static boolean interrupt(Caller caller, int sipPort, BlockingQueue<String> lines) throws Exception {
        System.out.printf("%n2. It calls sip:repeat-bot@127.0.0.1:%d and says a tone of 3 s; the bot repeats it, and a key silences it%n", sipPort);
        Ear ear = new Ear();
        Call call = caller.dial("repeat-bot", sipPort, ear);
        await(lines, "answering after each sentence");
        caller.say(call, Tones.bursts(1, SENTENCE_MILLIS, SENTENCE_MILLIS));
        await(lines, "saying it as answer");
        ear.awaitSpeech(ANSWER_MILLIS, PATIENCE_SECONDS);
        caller.press(call, "5").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        await(lines, "was played, or cleared");
        caller.hangUp(call);
        int heard = ear.bursts(MediaTap.Track.INBOUND).stream().mapToInt(Ear.Burst::millis).sum();
        return result(heard > 0 && heard < SENTENCE_MILLIS, String.format(Locale.ROOT, "the caller heard the first %.1f s of it", heard / 1000.0));
    }

    private static void await(BlockingQueue<String> lines, String part) throws InterruptedException {
        String line;
        do {
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("the bot did not say '" + part + "'");
            }
        } while (!line.contains(part));
    }

    private static boolean result(boolean good, String text) {
        System.out.println((good ? "  ok   " : "  FAILED  ") + text);
        return good;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
