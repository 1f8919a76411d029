package io.github.camelvoice.document;

import io.github.camelvoice.runtime.EngineClock;

/**
 * How many documents of applications one execution may go through: menus go on for as long as their caller does, a circle does not.
 * For one thread.
 */
final class AnswerLimit {

    static final int MOST_A_MINUTE = 32;
    static final int MOST = 1_000;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final EngineClock clock;
    private int all;
    private int thisMinute;
    private long minuteBegan;

    AnswerLimit(EngineClock clock) {
        this.clock = clock;
    }

    /** @throws DocumentException where there were too many */
    void count(Place from) throws DocumentException {
        long now = clock.nanos();
        if (thisMinute == 0 || now - minuteBegan > MINUTE_NANOS) {
            minuteBegan = now;
            thisMinute = 0;
        }
        if (++all > MOST || ++thisMinute > MOST_A_MINUTE) {
            throw new DocumentException(ProblemCode.TOO_MANY_TRANSFERS, from, "more than " + (all > MOST ? MOST + " documents"
                    : MOST_A_MINUTE + " documents within a minute"));
        }
    }
}
