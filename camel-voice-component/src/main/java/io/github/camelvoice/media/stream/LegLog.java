package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.rtp.Discard;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a leg logs of things that a sender of packets could make it log: one line per kind and interval at the most. */
final class LegLog {

    private static final Logger LOG = LoggerFactory.getLogger(LegLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String callId;
    private long discardsAt = Long.MIN_VALUE;
    private long discardsTold;
    private long failureAt = Long.MIN_VALUE;
    private long failuresUntold;

    LegLog(String callId) {
        this.callId = callId;
    }

    void discards(FigureBoard figures, long now) {
        if (discardsAt != Long.MIN_VALUE && now - discardsAt < INTERVAL_NANOS) {
            return;
        }
        long discarded = figures.discarded();
        if (discarded == discardsTold) {
            return;
        }
        discardsAt = now;
        discardsTold = discarded;
        if (LOG.isInfoEnabled()) {
            LOG.info("[{}] packets discarded so far: {}", callId, reasons(figures));
        }
    }

    private static String reasons(FigureBoard figures) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Discard.COUNT; i++) {
            Discard reason = Discard.of(i);
            long count = figures.get(reason);
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(reason.tag());
            }
        }
        return text.toString();
    }

    void failure(Throwable failure, long now) {
        if (failureAt != Long.MIN_VALUE && now - failureAt < INTERVAL_NANOS) {
            failuresUntold++;
            return;
        }
        failureAt = now;
        LOG.error("[{}] a packet or a turn of its audio failed ({} more since the last such line)", callId, failuresUntold, failure);
        failuresUntold = 0;
    }

    void warn(String what) {
        LOG.warn("[{}] {}", callId, what);
    }
}
