package io.github.camelvoice.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: small numbers in few bytes, texts with their length. */
public final class Packer {

    private byte[] bytes;
    private int size;

    public Packer(int room) {
        bytes = new byte[room];
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    public Packer one(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Seven bits a byte, the lowest first; negative numbers take ten bytes. */
    public Packer number(long value) {
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
    public Packer signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    public Packer fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Packer real(double value) {
        return fixed(Double.doubleToLongBits(value));
    }

    public Packer raw(byte[] data) {
        room(data.length);
        System.arraycopy(data, 0, bytes, size, data.length);
        size += data.length;
        return this;
    }

    /** @param text null stays null; what is longer than {@code most} characters is cut */
    public Packer text(String text, int most) {
        if (text == null) {
            return number(0);
        }
        byte[] utf8 = (text.length() <= most ? text : text.substring(0, most)).getBytes(StandardCharsets.UTF_8);
        return number(utf8.length + 1L).raw(utf8);
    }

    /** Bytes of the text in UTF-8, without making them. */
    static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
