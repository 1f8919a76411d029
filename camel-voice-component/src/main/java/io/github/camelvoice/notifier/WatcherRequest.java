package io.github.camelvoice.notifier;

import io.github.camelvoice.call.SipHeaders;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Somebody wants to watch.
 *
 * @param id          of the watcher from now on
 * @param event       the package
 * @param resource    Request-URI: what is to be watched, or a list
 * @param watcher     URI of the From header, which proves nothing
 * @param displayName of that, empty if there is none
 * @param user        of digest authentication, empty where nobody was asked
 * @param transport   {@code udp}, {@code tcp} or {@code tls}
 * @param expires     seconds that will be granted, 0 for a fetch
 * @param accept      media types, empty where nothing was said
 * @param resources   the URIs on the list; of one that is none, the resource
 */
public record WatcherRequest(String id, String event, String resource, String watcher, String displayName, String user, String transport,
                             InetSocketAddress source, int expires, List<String> accept, SipHeaders headers, List<String> resources) {

    public WatcherRequest {
        accept = List.copyOf(accept);
        resources = List.copyOf(resources);
    }
}
