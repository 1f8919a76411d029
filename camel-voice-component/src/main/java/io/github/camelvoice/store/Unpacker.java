package io.github.camelvoice.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link Packer} wrote. Bytes that end too early, or make no sense: {@link IllegalArgumentException}. */
public final class Unpacker {

    private final byte[] bytes;
    private int at;

    public Unpacker(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    private int take(int count) {
        if (count < 0 || bytes.length - at < count) {
            throw new IllegalArgumentException("packed bytes end too early");
        }
        int from = at;
        at += count;
        return from;
    }

    public int one() {
        return bytes[take(1)] & 0xff;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("packed number is too long");
    }

    private int length() {
        long length = number();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("packed length makes no sense");
        }
        return (int) length;
    }

    public long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    public long fixed() {
        int from = take(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[from + i] & 0xff;
        }
        return value;
    }

    public double real() {
        return Double.longBitsToDouble(fixed());
    }

    public byte[] raw(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    public byte[] rawWithLength() {
        return raw(length());
    }

    public String text() {
        int length = length();
        if (length == 0) {
            return null;
        }
        int from = take(length - 1);
        return new String(bytes, from, length - 1, StandardCharsets.UTF_8);
    }
}
