package io.github.camelvoice.gateway;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.engine.VoiceEngine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures about calls: how many in which state, how fast they were set up, why they ended, how the audio was. Takes its events from a
 * queue of its own; where that is full figures are lost, and counted, and no call waits.
 */
final class CallMetrics implements MeterBinder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallMetrics.class);
    private static final int QUEUE = 20_000;
    private static final int BATCH = 1_000;
    private static final long LOOK_MILLIS = 200;
    private static final double[] MOS_STEPS = {2, 2.5, 3, 3.5, 4, 4.2, 4.4};

    private final VoiceEngine engine;
    private final EventStream stream;
    private EventBus.Subscription subscription;
    private Thread reader;
    private MeterRegistry registry;
    private Timer setup;
    private Timer duration;
    private final CountDownLatch closed = new CountDownLatch(1);

    CallMetrics(VoiceEngine engine, EventStream stream) {
        this.engine = engine;
        this.stream = stream;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        registry = target;
        for (CallState state : CallState.values()) {
            if (state != CallState.ENDED) {
                Gauge.builder("voice.calls", () -> inState(state)).tag("state", state.name().toLowerCase(Locale.ROOT))
                        .description("Live calls").register(target);
            }
        }
        Gauge.builder("voice.rtp.ports", () -> engine.figures().rtpPortsInUse()).description("RTP ports in use").register(target);
        Gauge.builder("voice.sip.transactions", () -> engine.figures().transactions()).description("SIP transactions").register(target);
        FunctionCounter.builder("voice.sip.malformed", engine, VoiceEngine::malformedMessages)
                .description("Messages that were no SIP, or too long").register(target);
        Gauge.builder("voice.event.listeners", stream::listeners).description("Clients of the event stream").register(target);
        FunctionCounter.builder("voice.event.listeners.dropped", stream, EventStream::dropped)
                .description("Clients of the event stream that did not keep up").register(target);
        setup = Timer.builder("voice.call.setup").description("From the INVITE to the answer").publishPercentileHistogram(false)
                .serviceLevelObjectives(java.time.Duration.ofMillis(10), java.time.Duration.ofMillis(20), java.time.Duration.ofMillis(50),
                        java.time.Duration.ofMillis(100), java.time.Duration.ofMillis(500), java.time.Duration.ofSeconds(1),
                        java.time.Duration.ofSeconds(5), java.time.Duration.ofSeconds(20), java.time.Duration.ofSeconds(60))
                .register(target);
        mediaLost();
        duration = Timer.builder("voice.call.duration").description("From the answer to the end").register(target);
        subscription = engine.events().subscribe(QUEUE, CallMetrics::counts);
        FunctionCounter.builder("voice.metrics.dropped", subscription, EventBus.Subscription::dropped)
                .description("Events that figures missed").register(target);
        reader = new Thread(this::read, "voice-metrics");
        reader.setDaemon(true);
        reader.start();
    }

    private static boolean counts(VoiceEvent event) {
        return event instanceof VoiceEvent.CallAnswered || event instanceof VoiceEvent.CallEnded
                || event instanceof VoiceEvent.CallReceived || event instanceof VoiceEvent.CallInitiated
                || event instanceof VoiceEvent.MediaLost;
    }

    private long inState(CallState state) {
        return engine.calls().live().stream().map(call -> call.snapshot()).map(CallSnapshot::state).filter(state::equals).count();
    }

    /** Looks a few times a second, rather than to be woken by each event. */
    private void read() {
        List<VoiceEvent> batch = new ArrayList<>(BATCH);
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                while (subscription.drainTo(batch, BATCH) > 0) {
                    batch.forEach(this::countSafely);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void countSafely(VoiceEvent event) {
        try {
            count(event);
        } catch (RuntimeException e) {
            LOG.warn("an event was not counted", e);
        }
    }

    private void count(VoiceEvent event) {
        String direction = event.head().direction().name().toLowerCase(Locale.ROOT);
        if (event instanceof VoiceEvent.CallAnswered answered) {
            setup.record(answered.setupTime());
        } else if (event instanceof VoiceEvent.CallEnded ended) {
            counter("voice.calls.ended", "Calls that ended, by cause", "direction", direction, "cause", ended.cause().kind().tag(),
                    "by", ended.cause().endedBy().name().toLowerCase(Locale.ROOT), "code", String.valueOf(ended.cause().sipCode()))
                    .increment();
            if (ended.received() != null || !ended.duration().isZero()) {
                duration.record(ended.duration());
            }
            media("received", ended.received());
            media("sent", ended.sent());
        } else if (event instanceof VoiceEvent.MediaLost) {
            mediaLost().increment();
        } else {
            counter("voice.calls.started", "Calls that began", "direction", direction).increment();
        }
    }

    private void media(String direction, MediaFigures figures) {
        if (figures == null || figures.packets() == 0) {
            return;
        }
        counter("voice.rtp.packets", "RTP packets of ended calls", "direction", direction).increment(figures.packets());
        counter("voice.rtp.lost", "RTP packets lost", "direction", direction).increment(Math.max(0, figures.lost()));
        counter("voice.rtp.discarded", "RTP packets discarded", "direction", direction).increment(figures.discarded());
        if (figures.mos() > 0) {
            DistributionSummary.builder("voice.call.mos").description("Estimated mean opinion score of ended calls (ITU-T G.107)")
                    .tag("direction", direction).serviceLevelObjectives(MOS_STEPS).register(registry).record(figures.mos());
            DistributionSummary.builder("voice.call.jitter").baseUnit("milliseconds").description("Jitter at the end of calls (RFC 3550)")
                    .tag("direction", direction).register(registry).record(figures.jitterMillis());
        }
    }

    private Counter mediaLost() {
        return counter("voice.media.lost", "Times that audio stayed away");
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    @Override
    public void close() {
        closed.countDown();
        if (subscription != null) {
            subscription.close();
            reader.interrupt();
        }
    }
}
