package io.github.camelvoice.sip.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.SipSignalling;
import io.github.camelvoice.sip.stack.SipStackHost;
import io.github.camelvoice.sip.stack.SipStartException;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageSpec;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions on real sockets against SIPp as a notifier with faults. */
@Tag("peer")
class SubscriberAgainstSippTest {

    @TempDir
    Path folder;

    private final ScheduledTimers timers = new ScheduledTimers();
    private final ExecutorService pool = Executors.newFixedThreadPool(2, Threads.named("test"));
    private final Queue<UsageEvent> events = new ConcurrentLinkedQueue<>();
    private SipStackHost stack;
    private Subscriber subscriber;

    @BeforeEach
    void start() throws SipStartException {
        SipConfig config = SipConfig.loopback();
        stack = new SipStackHost(config, EngineClock.SYSTEM, timers);
        SipSignalling signalling = new SipSignalling(stack, config, timers, new Ids("e"));
        subscriber = new Subscriber(signalling.env(), signalling.dispatcher(), EngineClock.SYSTEM);
        stack.start(signalling);
    }

    @AfterEach
    void stop() {
        stack.close();
        pool.shutdownNow();
        timers.close();
    }

    @Test
    void askedWhoWeAreThenTooBriefThenForgotten() {
        assertThat(run("notifier-challenges.xml", "alice")).containsExactly("accepted 2", "n1 active", "ended REFRESH_FAILED 481");
    }

    @Test
    void earlyForkedOutOfOrderAndEnded() {
        assertThat(run("notifier-early-fork.xml", null)).containsExactly("n1 active", "accepted 60", "n2 active", "n1 terminated probation after 30",
                "n2 terminated giveup after 5", "ended TERMINATED");
    }

    private List<String> run(String scenario, String user) {
        try (Sipp sipp = Sipp.in(folder).limit(Duration.ofSeconds(30)).answer(SippScenario.resource(scenario))) {
            Mailbox mailbox = new Mailbox(pool, scenario);
            Usage usage = subscriber.subscribe(new UsageSpec("sip:bob@127.0.0.1:" + sipp.port(), null, "dialog", List.of("application/dialog-info+xml"), 60,
                    false, null, null, user, user == null ? null : "wonder", Map.of()), mailbox, events::add);
            mailbox.release(usage::start);
            sipp.mustSucceed();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> subscriber.live() == 0);
        return events.stream().map(SubscriberRig::text).toList();
    }
}
