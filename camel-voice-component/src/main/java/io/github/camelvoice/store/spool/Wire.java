package io.github.camelvoice.store.spool;

import io.github.camelvoice.call.MediaFigures;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Values as bytes, big-endian; null is a value. Readers throw runtime exceptions on bytes that nobody wrote. */
final class Wire {

    /** Bytes that an instant, an address without a name, and a pair of media figures need at most. */
    static final int INSTANT = 12;
    static final int ADDRESS = 23;
    static final int FIGURES = 49;

    private static final long NO_INSTANT = Long.MIN_VALUE;
    private static final int NO_ADDRESS = 0;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int IPV6_SCOPED = 20;
    private static final int NAMED = 1;

    private Wire() {
    }

    /** Most bytes that the text needs. */
    static int room(String text) {
        return text == null ? 1 : 5 + 3 * text.length();
    }

    static void putText(ByteBuffer out, String text) {
        if (text == null) {
            out.put((byte) 0);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putCount(out, bytes.length + 1);
        out.put(bytes);
    }

    static String text(ByteBuffer in) {
        int length = count(in) - 1;
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new IllegalArgumentException("text of " + length + " bytes where " + in.remaining() + " are left");
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    static void putBytes(ByteBuffer out, byte[] bytes) {
        putCount(out, bytes.length);
        out.put(bytes);
    }

    static byte[] bytes(ByteBuffer in) {
        int length = count(in);
        if (length > in.remaining()) {
            throw new IllegalArgumentException(length + " bytes where " + in.remaining() + " are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void putCount(ByteBuffer out, int count) {
        int rest = count;
        while (rest > 0x7f) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int count(ByteBuffer in) {
        int count = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.get();
            count |= (next & 0x7f) << shift;
            if (next >= 0) {
                if (count < 0) {
                    break;
                }
                return count;
            }
        }
        throw new IllegalArgumentException("not a count");
    }

    static void putInstant(ByteBuffer out, Instant instant) {
        out.putLong(instant == null ? NO_INSTANT : instant.getEpochSecond()).putInt(instant == null ? 0 : instant.getNano());
    }

    static Instant instant(ByteBuffer in) {
        long seconds = in.getLong();
        int nanos = in.getInt();
        return seconds == NO_INSTANT ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    /** Most bytes that the address needs. */
    static int room(InetSocketAddress address) {
        return address == null || address.getAddress() != null ? ADDRESS : ADDRESS + room(address.getHostString());
    }

    static void putAddress(ByteBuffer out, InetSocketAddress address) {
        if (address == null) {
            out.put((byte) NO_ADDRESS);
            return;
        }
        InetAddress ip = address.getAddress();
        if (ip == null) {
            out.put((byte) NAMED);
            putText(out, address.getHostString());
        } else if (ip instanceof Inet6Address six && six.getScopeId() != 0) {
            out.put((byte) IPV6_SCOPED).put(ip.getAddress()).putInt(six.getScopeId());
        } else {
            byte[] bytes = ip.getAddress();
            out.put((byte) bytes.length).put(bytes);
        }
        out.putShort((short) address.getPort());
    }

    static InetSocketAddress address(ByteBuffer in) {
        int kind = in.get();
        if (kind == NO_ADDRESS) {
            return null;
        }
        if (kind == NAMED) {
            String name = text(in);
            return InetSocketAddress.createUnresolved(name, Short.toUnsignedInt(in.getShort()));
        }
        if (kind != IPV4 && kind != IPV6 && kind != IPV6_SCOPED) {
            throw new IllegalArgumentException("address of kind " + kind);
        }
        byte[] bytes = new byte[kind == IPV4 ? 4 : 16];
        in.get(bytes);
        try {
            InetAddress ip = kind == IPV6_SCOPED ? Inet6Address.getByAddress(null, bytes, in.getInt()) : InetAddress.getByAddress(bytes);
            return new InetSocketAddress(ip, Short.toUnsignedInt(in.getShort()));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    static void putFigures(ByteBuffer out, MediaFigures figures) {
        if (figures == null) {
            out.put((byte) 0);
            return;
        }
        out.put((byte) 1).putLong(figures.packets()).putLong(figures.bytes()).putLong(figures.lost()).putLong(figures.discarded())
            .putDouble(figures.jitterMillis()).putDouble(figures.mos());
    }

    static MediaFigures figures(ByteBuffer in) {
        if (in.get() == 0) {
            return null;
        }
        return new MediaFigures(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getDouble(), in.getDouble());
    }
}
