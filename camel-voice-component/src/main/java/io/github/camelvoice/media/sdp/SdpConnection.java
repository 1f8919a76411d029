package io.github.camelvoice.media.sdp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A {@code c=} line, {@code IN IP4 192.0.2.1}. */
public record SdpConnection(String networkType, String addressType, String address) {

    private static final Pattern IP4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IP6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

    static SdpConnection of(InetAddress address) {
        return new SdpConnection("IN", address instanceof java.net.Inet6Address ? "IP6" : "IP4", literal(address));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /**
     * The address, if it is an IP literal: names are not looked up in the media path, since whoever answers the look-up would choose
     * where our audio goes.
     *
     * @throws NotAcceptableException naming an address that is no literal, or not unicast
     */
    InetAddress literalAddress() throws NotAcceptableException {
        if ("IN".equals(networkType) && (IP4.matcher(address).matches() || address.indexOf(':') >= 0 && IP6.matcher(address).matches())) {
            try {
                // Hexadecimal digit or colon first: getByName then parses, and asks no resolver.
                return unicast(InetAddress.getByName(address));
            } catch (UnknownHostException malformed) {
                throw new NotAcceptableException("the connection address is malformed: " + SdpParser.shown(address));
            }
        }
        throw new NotAcceptableException("the connection address must be an IP address: " + SdpParser.shown(address));
    }

    private static InetAddress unicast(InetAddress address) throws NotAcceptableException {
        byte[] bytes = address.getAddress();
        boolean broadcast = bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
        if (address.isMulticastAddress() || broadcast) {
            throw new NotAcceptableException("multicast and broadcast are not supported: " + address.getHostAddress());
        }
        return address;
    }

    @Override
    public String toString() {
        return networkType + " " + addressType + " " + address;
    }
}
