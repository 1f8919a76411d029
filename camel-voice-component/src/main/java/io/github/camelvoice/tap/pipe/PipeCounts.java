package io.github.camelvoice.tap.pipe;

/** What happened on the way from packets to frames. Belongs to the loop. */
final class PipeCounts {

    /** Silence in place of what did not come, in units of 1/8000 s. */
    long filledUnits;
    /** Packets that came after their time. */
    long late;
    /** Packets that the loop was too late for, and frames that the clock could not make in time. */
    long overrun;
}
