package io.github.camelvoice.notifier.spi;

import io.github.camelvoice.call.SipHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * What a SUBSCRIBE or PUBLISH says.
 *
 * @param event         name of the package in lower case, empty if the request has no Event that can be read
 * @param parameters    of the Event, names in lower case, without {@code id}
 * @param resource      its Request-URI
 * @param user          user part of that, unescaped, empty if it has none
 * @param host          host of that
 * @param from          URI of its sender, as its sender says
 * @param displayName   of its sender, empty if there is none
 * @param authenticated user of digest authentication, empty where nobody was asked
 * @param trusted       whether it comes from an address whose word is enough
 * @param accept        media types in lower case without parameters; null where the request has no Accept
 * @param expires       seconds, -1 where the request says nothing
 * @param eventList     whether lists of resources are understood (RFC 4662)
 * @param recipientList whether the body is the list to watch (RFC 5367)
 * @param contentType   with its parameters, null without a body
 * @param bodyLength    of the body as it came, 0 without one
 */
public record EventTerms(String event, Map<String, String> parameters, String resource, String user, String host, String from, String displayName,
                         String authenticated, boolean trusted, String transport, InetSocketAddress source, List<String> accept, int expires,
                         boolean eventList, boolean recipientList, String contentType, int bodyLength, SipHeaders headers) {

    /** Without headers. */
    @Override
    public String toString() {
        return "EventTerms[" + event + " of " + resource + " by " + from + "]";
    }
}
