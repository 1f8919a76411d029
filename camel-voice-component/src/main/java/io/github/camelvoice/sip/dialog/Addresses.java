package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.GenericURI;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.address.TelURLImpl;
import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.UriPasswords;
import java.text.ParseException;
import javax.sip.address.URI;

/** Addresses as the parser made them, and as the call room knows them. */
public final class Addresses {

    private Addresses() {
    }

    public static Party party(AddressParametersHeader header) {
        return party(header.getAddress().getURI(), header.getAddress().getDisplayName());
    }

    public static Party party(URI uri, String displayName) {
        String shown = displayName == null ? "" : unquote(displayName.trim());
        if (uri instanceof SipUri sip) {
            return new Party(UriPasswords.hide(sip.encode()), sip.getUser(), sip.getHost(), shown);
        }
        if (uri instanceof TelURLImpl tel) {
            return new Party(tel.encode(), tel.isGlobal() ? "+" + number(tel) : number(tel), "", shown);
        }
        return new Party(uri.toString(), "", "", shown);
    }

    private static String number(TelURLImpl tel) {
        String number = tel.getPhoneNumber();
        return number.startsWith("+") ? number.substring(1) : number;
    }

    private static String unquote(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** @throws IllegalArgumentException saying that {@code what} is not a SIP URI */
    public static SipUri sipUri(String text, String what) {
        if (uri(text, what) instanceof SipUri uri) {
            return uri;
        }
        throw new IllegalArgumentException(what + " is not a SIP URI: " + shown(text));
    }

    /** @throws IllegalArgumentException saying that {@code what} is neither a SIP nor a telephone URI */
    public static GenericURI uri(String text, String what) {
        if (text != null && !HeaderRules.hasBreak(text) && isOneUri(text.trim())) {
            try {
                GenericURI uri = new StringMsgParser().parseUrl(text.trim());
                if (uri instanceof TelURLImpl || uri instanceof SipUri sip && sip.getHost() != null && !sip.getHost().isEmpty()) {
                    return uri;
                }
            } catch (ParseException | RuntimeException malformed) {
                throw new IllegalArgumentException(what + " is not a SIP URI: " + shown(text), malformed);
            }
        }
        throw new IllegalArgumentException(what + " is not a SIP URI: " + shown(text));
    }

    /** The parser takes the beginning of a text that has more in it than a URI, and forgets the rest. */
    private static boolean isOneUri(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"');
    }

    /** An address with a display name that is always quoted and escaped. */
    public static AddressImpl address(URI uri, String displayName) {
        AddressImpl address = new AddressImpl();
        address.setURI(uri);
        address.setAddressType(AddressImpl.NAME_ADDR);
        if (displayName != null && !displayName.isBlank()) {
            if (HeaderRules.hasBreak(displayName)) {
                throw new IllegalArgumentException("the display name has a line break or a NUL");
            }
            address.setDisplayName(displayName.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return address;
    }

    /** A host without the brackets of IPv6. */
    public static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether a host without brackets is an IP address and no name. */
    public static boolean isLiteral(String bare) {
        return bare.indexOf(':') >= 0 || !bare.isEmpty() && bare.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** The transport that a URI asks for: {@code udp}, {@code tcp} or {@code tls}. */
    public static String transport(SipUri uri) {
        String transport = uri.getTransportParam();
        if (uri.isSecure()) {
            return "tls";
        }
        return transport == null ? "udp" : transport.toLowerCase(java.util.Locale.ROOT);
    }

    private static String shown(String text) {
        return text == null ? "null" : UriPasswords.hide(text).replaceAll("\\p{Cntrl}", "?");
    }
}
