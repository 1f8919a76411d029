package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log of the application is told about a store that fails. */
class FeederTest {

    private long nanos = 1;
    private final EngineClock clock = new EngineClock() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }
    };
    private final Feeder.Stop stop = new Feeder.Stop() {
        @Override
        public boolean isNow() {
            return false;
        }

        @Override
        public boolean pause(long time) {
            nanos += TimeUnit.SECONDS.toNanos(6);
            return true;
        }
    };

    private List<String> told(String... failures) {
        Deque<String> ahead = new ArrayDeque<>(List.of(failures));
        Feeder feeder = new Feeder(null, "source", null, stop, clock, SpoolOptions.in(Path.of("spool")).pace(), number -> { });
        Logger logger = (Logger) LoggerFactory.getLogger(Feeder.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            assertThat(feeder.<String>ask(store -> {
                if (!ahead.isEmpty()) {
                    throw new StoreException(ahead.poll(), null);
                }
                return "answer";
            })).isEqualTo("answer");
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).map(line -> line.replaceAll(".*meanwhile: | \\(.*", "")).toList();
    }

    @Test
    void aTroubleIsToldOnceAndItsEndToo() {
        assertThat(told("away", "away", "away", "away")).containsExactly("away", "the store takes entries again, after 24 s");
    }

    @Test
    void anotherTroubleIsToldAsWellButNotOftener() {
        assertThat(told("away", "no tables", "no tables", "away", "away")).containsExactly("away", "no tables", "away",
                "the store takes entries again, after 30 s");
    }
}
