package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;

/** Contacts of phones behind an address translator. */
public final class Nat {

    private Nat() {
    }

    /** Whether a Contact names a private address although its message came from a public one. Names are never looked up. */
    public static boolean hides(String contactHost, InetAddress source) {
        if (isPrivate(source) || contactHost == null) {
            return false;
        }
        String bare = Addresses.bare(contactHost);
        if (!Addresses.isLiteral(bare)) {
            return false;
        }
        try {
            InetAddress contact = InetAddress.getByName(bare);
            return isPrivate(contact) || contact.isAnyLocalAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    /** RFC 1918, RFC 6598, RFC 3927, RFC 4193 and loopback. */
    private static boolean isPrivate(InetAddress address) {
        if (address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64 : (bytes[0] & 0xfe) == 0xfc;
    }

    /** The URI with host and port of the packet. */
    public static SipUri seen(SipUri contact, InetSocketAddress source) {
        SipUri uri = (SipUri) contact.clone();
        InetAddress address = source.getAddress();
        try {
            uri.setHost(address instanceof Inet4Address ? address.getHostAddress() : "[" + address.getHostAddress() + "]");
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        uri.setPort(source.getPort());
        return uri;
    }
}
