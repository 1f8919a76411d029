package io.github.camelvoice.subscription;

/**
 * What the subscriptions of this node hold at one moment, and what was counted since the start.
 *
 * @param subscriptions   watched here
 * @param resources       of all of them
 * @param watches         SUBSCRIBE usages that should live: one for each resource, or one for a list
 * @param subscribing     of these: queued, on their way, or not accepted yet
 * @param pending         accepted, but not yet authorised by the notifier
 * @param active          of the watches
 * @param waiting         to subscribe again later
 * @param stopped         never to subscribe again
 * @param notifies        NOTIFYs that came
 * @param changes         told to followers
 * @param stale           bodies older than what was known
 * @param gaps            partial states whose base was missing
 * @param healed          gaps closed by a full state
 * @param broken          bodies that could not be read
 * @param resubscriptions after a subscription ended or failed
 * @param refused         SUBSCRIBEs refused or unanswered
 * @param listsRefused    lists that a server would not watch, so that each entry was subscribed to
 */
public record SubscriptionFigures(int subscriptions, int resources, int watches, int subscribing, int pending, int active, int waiting,
                                  int stopped, long notifies, long changes, long stale, long gaps, long healed, long broken,
                                  long resubscriptions, long refused, long listsRefused) {
}
