package io.github.camelvoice.subscription.spi;

import java.util.List;
import java.util.Map;

/**
 * What to subscribe to.
 *
 * @param target        SIP or SIPS URI of the resource, of a list, or of a list server
 * @param from          who we say we are: a SIP URI, or null for our own identity
 * @param event         value of the Event header without id: {@code dialog}, {@code dialog;call-id=x}
 * @param accept        media types of bodies that are understood, at least one
 * @param expires       seconds asked for; 0 is a fetch
 * @param eventList     whether lists of resources are understood (RFC 4662: Supported: eventlist)
 * @param list          a resource-lists document to subscribe to in one go (RFC 5367), or null
 * @param outboundProxy SIP URI that every first SUBSCRIBE goes to, or null
 * @param username      for digest, null without
 * @param password      for digest, null without
 * @param headers       more headers of the SUBSCRIBE, none that the stack sets itself
 */
public record UsageSpec(String target, String from, String event, List<String> accept, int expires, boolean eventList, byte[] list,
                        String outboundProxy, String username, String password, Map<String, String> headers) {

    public UsageSpec {
        accept = List.copyOf(accept);
        headers = Map.copyOf(headers);
    }

    /** Without credentials and headers: both may have secrets. */
    @Override
    public String toString() {
        return "UsageSpec[" + event + " of " + target + (list == null ? "" : ", a list of " + list.length + " bytes") + ", " + expires + " s]";
    }
}
