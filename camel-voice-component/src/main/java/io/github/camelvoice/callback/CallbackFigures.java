package io.github.camelvoice.callback;

/**
 * How the delivery of callbacks does at one moment.
 *
 * @param waiting      callbacks that are not delivered yet; those that an earlier run left are counted once they are read
 * @param oldestMillis age of the oldest of those in memory, 0 for none
 * @param carried      attempts that are being made
 * @param ready        callbacks in memory that only wait for their turn, not for a pause to be over
 * @param delivered    since the start
 * @param failed       attempts that failed, since the start
 * @param givenUp      since the start
 * @param attended     whether somebody delivers
 * @param trouble      in plain words what is wrong with what waits in the store, null for nothing
 */
public record CallbackFigures(long waiting, long oldestMillis, int carried, int ready, long delivered, long failed, long givenUp, boolean attended,
                              String trouble) {
}
