package io.github.camelvoice.notifier;

/**
 * What the notifier did since its start.
 *
 * @param watchers     of now
 * @param publications of now, those of PUBLISH and of the engine's own
 * @param accepted     subscriptions, fetches included
 * @param refused      SUBSCRIBEs
 * @param notifies     NOTIFYs sent
 * @param lost         subscriptions removed because a NOTIFY was refused or not answered
 * @param expired      subscriptions that nobody prolonged
 * @param published    PUBLISHes taken
 * @param dropped      reports that a watcher was too slow for
 */
public record NotifierFigures(int watchers, int publications, long accepted, long refused, long notifies, long lost, long expired,
                              long published, long dropped) {
}
