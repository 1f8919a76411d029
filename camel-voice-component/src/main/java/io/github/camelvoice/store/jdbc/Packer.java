package io.github.camelvoice.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: small numbers in few bytes, texts with their length. */
final class Packer {

    private byte[] bytes;
    private int size;

    Packer(int room) {
        bytes = new byte[room];
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    Packer one(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Seven bits a byte, the lowest first; negative numbers take ten bytes. */
    Packer number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A number that can be below 0 as well. */
    Packer signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    Packer fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    Packer real(double value) {
        return fixed(Double.doubleToLongBits(value));
    }

    Packer raw(byte[] data) {
        room(data.length);
        System.arraycopy(data, 0, bytes, size, data.length);
        size += data.length;
        return this;
    }

    /** @param text null stays null; what is longer than {@code most} characters is cut */
    Packer text(String text, int most) {
        if (text == null) {
            return number(0);
        }
        byte[] utf8 = (text.length() <= most ? text : text.substring(0, most)).getBytes(StandardCharsets.UTF_8);
        return number(utf8.length + 1L).raw(utf8);
    }
}
