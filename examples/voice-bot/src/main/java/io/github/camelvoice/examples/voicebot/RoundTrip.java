package io.github.camelvoice.examples.voicebot;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.spi.MediaTap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How long the audio takes from the caller through the gateway to the bot, and back.
 *
 * @param said  bursts that the caller sent
 * @param heard bursts that came back
 */
record RoundTrip(List<Ear.Burst> said, List<Ear.Burst> heard) {

    private static final int BURST_MILLIS = 100;
    private static final int PERIOD_MILLIS = 500;
    private static final long PATIENCE_SECONDS = 30;
    private static final long LAST_SECONDS = 3;

    /** Waits until the bot has the call: what was said before is not heard. */
    @FunctionalInterface
    interface Ready {
        void await() throws Exception;
    }

    /** Calls the echo bot, says so many bursts, hangs up. */
    static RoundTrip measure(Caller caller, int sipPort, int bursts, Ready bot) throws Exception {
        Ear ear = new Ear();
        Call call = caller.dial("echo-bot", sipPort, ear);
        bot.await();
        caller.say(call, Tones.bursts(bursts, BURST_MILLIS, PERIOD_MILLIS)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ear.awaitSpeech(bursts * BURST_MILLIS, LAST_SECONDS);
        caller.hangUp(call);
        return new RoundTrip(ear.bursts(MediaTap.Track.OUTBOUND), ear.bursts(MediaTap.Track.INBOUND));
    }

    /** Whether each burst came back, as long as it was, and nothing else. */
    boolean isWhole() {
        return said.size() == heard.size() && IntStream.range(0, said.size()).allMatch(i -> heard.get(i).millis() == said.get(i).millis());
    }

    /** Of each burst, shortest first. */
    List<Double> millis() {
        return IntStream.range(0, Math.min(said.size(), heard.size()))
                .mapToObj(i -> (heard.get(i).nanos() - said.get(i).nanos()) / 1e6).sorted().toList();
    }

    @Override
    public String toString() {
        List<Double> all = millis();
        return all.isEmpty() ? "nothing came back" : String.format(Locale.ROOT, "%d of %d bursts came back; there and back: median %.0f ms, worst %.0f ms",
                heard.size(), said.size(), all.get(all.size() / 2), all.get(all.size() - 1));
    }
}
