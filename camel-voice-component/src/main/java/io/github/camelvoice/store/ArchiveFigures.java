package io.github.camelvoice.store;

/**
 * How the archive does at one moment.
 *
 * @param waitingEntries entries that are not in the store yet
 * @param waitingBytes   their size in the log
 * @param lost           entries that had no room, since the start
 * @param trouble        why no new call can be recorded, null if all is well
 * @param storeTrouble   why the store takes nothing at the moment, null if it does; calls go on meanwhile
 */
public record ArchiveFigures(long waitingEntries, long waitingBytes, long lost, String trouble, String storeTrouble) {
}
