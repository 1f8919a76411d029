package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.SipHeaders;
import java.util.List;
import java.util.Objects;

/**
 * How to place a call.
 *
 * @param target       SIP or SIPS URI, {@code sip:bob@example.com;transport=tcp}
 * @param from         address of the From header, null for the engine's default identity
 * @param fromDisplay  display name of the From header, null for none
 * @param username     user for digest challenges, null if there are no credentials
 * @param password     password for digest challenges, given to nobody but the target's first challenger of each realm
 * @param outboundProxy SIP URI of the first hop (loose route), null to go to the target itself
 * @param sessionExpires seconds asked for with RFC 4028, 0 for the engine's default
 * @param headers      extra headers of the INVITE
 * @param maxForwards  of the INVITE, 1 to 255; 0 for 70
 * @param reached      where the target is, if it is a user of ours; null to go where the target says
 * @param route        SIP URIs that the INVITE passes after the proxy, as the server of an account told them (RFC 3608)
 */
public record OutboundLeg(String target, String from, String fromDisplay, String username, String password,
                          String outboundProxy, int sessionExpires, SipHeaders headers, int maxForwards, Locator.Reached reached,
                          List<String> route) {

    public OutboundLeg {
        Objects.requireNonNull(target, "target");
        headers = headers == null ? SipHeaders.none() : headers;
        route = List.copyOf(route);
    }

    /** With Max-Forwards as RFC 3261 recommends it. */
    public OutboundLeg(String target, String from, String fromDisplay, String username, String password, String outboundProxy, int sessionExpires,
                       SipHeaders headers) {
        this(target, from, fromDisplay, username, password, outboundProxy, sessionExpires, headers, 0, null, List.of());
    }

    public OutboundLeg withMaxForwards(int value) {
        return new OutboundLeg(target, from, fromDisplay, username, password, outboundProxy, sessionExpires, headers, value, reached, route);
    }

    public OutboundLeg withHeaders(SipHeaders value) {
        return new OutboundLeg(target, from, fromDisplay, username, password, outboundProxy, sessionExpires, value, maxForwards, reached, route);
    }

    /** @param display null for none @param expires see {@link #sessionExpires} */
    public OutboundLeg withTerms(String display, int expires) {
        return new OutboundLeg(target, from, display, username, password, outboundProxy, expires, headers, maxForwards, reached, route);
    }

    /** To a place where the target was registered, and not by way of a proxy. */
    public OutboundLeg withReached(Locator.Reached value) {
        return new OutboundLeg(target, from, fromDisplay, username, password, null, sessionExpires, headers, maxForwards, value,
                List.of());
    }

    public OutboundLeg withRoute(List<String> value) {
        return new OutboundLeg(target, from, fromDisplay, username, password, outboundProxy, sessionExpires, headers, maxForwards, reached, value);
    }

    /** SIP URI of the first hop, null to go to the target itself. */
    public String firstHop() {
        return outboundProxy != null ? outboundProxy : route.isEmpty() ? null : route.get(0);
    }

    @Override
    public String toString() {
        return "OutboundLeg[" + target + "]";
    }
}
