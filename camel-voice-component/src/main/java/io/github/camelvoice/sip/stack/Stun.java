package io.github.camelvoice.sip.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** As much of STUN (RFC 5389) as keep-alives of SIP over UDP need (RFC 5626, section 8): Binding, without any attribute in the request. */
final class Stun {

    static final int REQUEST = 0x0001;
    static final int SUCCESS = 0x0101;
    static final int ERROR = 0x0111;
    private static final int HEADER = 20;
    private static final int COOKIE = 0x2112A442;
    private static final int MAPPED_ADDRESS = 0x0001;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    /** From here on an attribute that is not understood may be ignored. */
    private static final int OPTIONAL = 0x8000;

    private Stun() {
    }

    /** Whether a datagram is STUN of RFC 5389 and no SIP: two zero bits, the cookie, a length that fits. Reads from position 0. */
    static boolean is(ByteBuffer datagram, int length) {
        return length >= HEADER && (datagram.get(0) & 0xc0) == 0 && datagram.getInt(4) == COOKIE
                && (datagram.getShort(2) & 0xffff) == length - HEADER && length % 4 == 0;
    }

    static int type(byte[] message) {
        return (message[0] & 0xff) << 8 | message[1] & 0xff;
    }

    /** The transaction, 96 bits. */
    static ByteBuffer id(byte[] message) {
        return ByteBuffer.wrap(Arrays.copyOfRange(message, 8, HEADER));
    }

    static byte[] request(ByteBuffer id) {
        return ByteBuffer.allocate(HEADER).putShort((short) REQUEST).putShort((short) 0).putInt(COOKIE).put(id.duplicate()).array();
    }

    /** A success that says where the request came from. Less than twice as long as any request: no amplifier. */
    static byte[] success(byte[] request, InetSocketAddress source) {
        byte[] address = source.getAddress().getAddress();
        ByteBuffer out = ByteBuffer.allocate(HEADER + 8 + address.length);
        out.putShort((short) SUCCESS).putShort((short) (8 + address.length)).put(request, 4, 16);
        out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
        out.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        out.putShort((short) (source.getPort() ^ COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            out.put((byte) (address[i] ^ request[4 + i]));
        }
        return out.array();
    }

    /** Whether a request asks for nothing that we do not know. */
    static boolean isPlain(byte[] request) {
        for (int at = HEADER; at + 4 <= request.length; ) {
            if (number(request, at) < OPTIONAL) {
                return false;
            }
            at = next(request, at);
        }
        return true;
    }

    /** What a response says of where its request came from; null if nothing that can be read. */
    static InetSocketAddress mapped(byte[] response) {
        InetSocketAddress plain = null;
        for (int at = HEADER; at + 4 <= response.length; ) {
            int type = number(response, at);
            int length = number(response, at + 2);
            if (at + 4 + length > response.length) {
                return plain;
            }
            if (type == XOR_MAPPED_ADDRESS) {
                InetSocketAddress found = address(response, at + 4, length, true);
                if (found != null) {
                    return found;
                }
            } else if (type == MAPPED_ADDRESS && plain == null) {
                plain = address(response, at + 4, length, false);
            }
            at = next(response, at);
        }
        return plain;
    }

    private static InetSocketAddress address(byte[] message, int at, int length, boolean hidden) {
        int size = length - 4;
        if (size != 4 && size != 16 || message[at + 1] != (size == 4 ? 1 : 2)) {
            return null;
        }
        byte[] bytes = Arrays.copyOfRange(message, at + 4, at + length);
        int port = number(message, at + 2);
        if (hidden) {
            port ^= COOKIE >>> 16;
            for (int i = 0; i < size; i++) {
                bytes[i] ^= message[4 + i];
            }
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    private static int next(byte[] message, int at) {
        return at + 4 + (number(message, at + 2) + 3 & ~3);
    }

    private static int number(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }
}
