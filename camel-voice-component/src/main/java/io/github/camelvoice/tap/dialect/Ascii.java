package io.github.camelvoice.tap.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that is written again and again into the same array. What is put must be ASCII. */
final class Ascii {

    private static final byte[] BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int length;

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Ascii clear() {
        length = 0;
        return this;
    }

    Ascii put(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** @param number not negative */
    Ascii put(long number) {
        room(20);
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** RFC 4648, 4, with padding. */
    Ascii putBase64(byte[] data, int count) {
        room((count + 2) / 3 * 4);
        byte[] to = bytes;
        int at = length;
        int i = 0;
        for (; i + 2 < count; i += 3) {
            int three = (data[i] & 0xff) << 16 | (data[i + 1] & 0xff) << 8 | data[i + 2] & 0xff;
            to[at++] = BASE64[three >>> 18];
            to[at++] = BASE64[three >>> 12 & 63];
            to[at++] = BASE64[three >>> 6 & 63];
            to[at++] = BASE64[three & 63];
        }
        if (i < count) {
            boolean two = i + 1 < count;
            int rest = (data[i] & 0xff) << 16 | (two ? (data[i + 1] & 0xff) << 8 : 0);
            to[at++] = BASE64[rest >>> 18];
            to[at++] = BASE64[rest >>> 12 & 63];
            to[at++] = two ? BASE64[rest >>> 6 & 63] : (byte) '=';
            to[at++] = '=';
        }
        length = at;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
