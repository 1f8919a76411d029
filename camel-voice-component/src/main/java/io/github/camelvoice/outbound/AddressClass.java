package io.github.camelvoice.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What kind of address it is, by the special-purpose registries (RFC 6890 and its successors). */
enum AddressClass {
    PUBLIC("a public"),
    LOOPBACK("a loopback"),
    PRIVATE("a private"),
    /** Metadata services of clouds live there. */
    LINK_LOCAL("a link-local"),
    /** Documentation, benchmarks, carrier-grade NAT's neighbours, not yet assigned. */
    RESERVED("a reserved"),
    /** 0.0.0.0, multicast, broadcast: nothing is sent there, whatever is configured. */
    UNUSABLE("not a host's");

    private final String article;

    AddressClass(String article) {
        this.article = article;
    }

    /** For a message: {@code a loopback address}. */
    String words() {
        return article + " address";
    }

    static AddressClass of(InetAddress address) {
        byte[] b = address.getAddress();
        return address instanceof Inet4Address ? ipv4(b) : ipv6(b);
    }

    private static AddressClass ipv4(byte[] b) {
        int a0 = b[0] & 0xff;
        int a1 = b[1] & 0xff;
        int a2 = b[2] & 0xff;
        if (a0 == 0 || a0 >> 4 == 14 || a0 == 255 && a1 == 255 && a2 == 255 && (b[3] & 0xff) == 255) {
            return UNUSABLE;
        }
        if (a0 == 127) {
            return LOOPBACK;
        }
        if (a0 == 10 || a0 == 172 && a1 >> 4 == 1 || a0 == 192 && a1 == 168 || a0 == 100 && a1 >> 6 == 1) {
            return PRIVATE;
        }
        if (a0 == 169 && a1 == 254) {
            return LINK_LOCAL;
        }
        boolean reserved = a0 >= 240 || a0 == 192 && a1 == 0 && (a2 == 0 || a2 == 2) || a0 == 192 && a1 == 88 && a2 == 99
                || a0 == 198 && (a1 >> 1 == 9 || a1 == 51 && a2 == 100) || a0 == 203 && a1 == 0 && a2 == 113;
        return reserved ? RESERVED : PUBLIC;
    }

    private static AddressClass ipv6(byte[] b) {
        int w0 = word(b, 0);
        int w1 = word(b, 1);
        if (w0 >> 8 == 0xff || zero(b, 0, 16)) {
            return UNUSABLE;
        }
        if (zero(b, 0, 15) && b[15] == 1) {
            return LOOPBACK;
        }
        if (w0 >> 6 == 0xfe80 >> 6) {
            return LINK_LOCAL;
        }
        if (w0 >> 9 == 0xfc00 >> 9 || w0 >> 6 == 0xfec0 >> 6) {
            return PRIVATE;
        }
        // IPv4 inside: mapped and compatible (RFC 4291), translated (RFC 2765, RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214)
        if (zero(b, 0, 12) || zero(b, 0, 10) && word(b, 5) == 0xffff || zero(b, 0, 8) && word(b, 4) == 0xffff && word(b, 5) == 0
                || w0 == 0x64 && w1 == 0xff9b && zero(b, 4, 12)) {
            return inner(b, 12);
        }
        if (w0 == 0x2002) {
            return inner(b, 2);
        }
        if ((word(b, 4) & 0xfdff) == 0 && word(b, 5) == 0x5efe && inner(b, 12) != PUBLIC) {
            return inner(b, 12);
        }
        boolean global = w0 >> 13 == 1 && !(w0 == 0x2001 && (w1 < 0x200 || w1 == 0xdb8)) && !(w0 == 0x3fff && w1 < 0x1000);
        return global ? PUBLIC : RESERVED;
    }

    private static AddressClass inner(byte[] b, int at) {
        return ipv4(Arrays.copyOfRange(b, at, at + 4));
    }

    private static int word(byte[] b, int index) {
        return (b[index * 2] & 0xff) << 8 | b[index * 2 + 1] & 0xff;
    }

    private static boolean zero(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** An IPv6 address that stands for an IPv4 one (mapped) as that one, since that is where a socket would go. */
    static InetAddress plain(InetAddress address) {
        byte[] b = address.getAddress();
        if (b.length == 16 && zero(b, 0, 10) && word(b, 5) == 0xffff) {
            try {
                return InetAddress.getByAddress(Arrays.copyOfRange(b, 12, 16));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return address;
    }
}
