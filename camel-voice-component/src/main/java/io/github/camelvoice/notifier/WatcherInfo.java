package io.github.camelvoice.notifier;

import java.time.Instant;

/**
 * Somebody who watches.
 *
 * @param resource what is watched, or a list
 * @param size     how many resources that is
 * @param watcher  URI of its From header
 * @param user     of digest authentication, empty where nobody was asked
 * @param source   address that its SUBSCRIBE came from
 * @param pending  whether nobody has decided yet
 * @param expires  when the subscription ends unless it is prolonged
 * @param told     NOTIFYs so far that were answered
 */
public record WatcherInfo(String id, String event, String resource, int size, String watcher, String user, String source, boolean pending,
                          Instant since, Instant expires, long told) {
}
