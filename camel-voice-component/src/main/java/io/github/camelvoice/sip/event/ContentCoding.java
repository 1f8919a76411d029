package io.github.camelvoice.sip.event;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Content-Encoding of bodies that come (RFC 3261, section 20.12): none, gzip and deflate, unpacked up to a bound. */
final class ContentCoding {

    /** Value of Accept-Encoding. */
    static final String ACCEPTED = "gzip, deflate, identity";
    /** What a body may grow to, bytes. */
    static final int MAX_UNPACKED = 1024 * 1024;

    private ContentCoding() {
    }

    /** Why a body is not to be had. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;

        Unusable(int code) {
            super("SIP " + code, null, false, false);
            this.code = code;
        }

        /** 400, 413 or 415. */
        int code() {
            return code;
        }
    }

    /** @param coding value of Content-Encoding, null without */
    static byte[] decoded(byte[] body, String coding) throws Unusable {
        String name = coding == null ? "identity" : coding.trim().toLowerCase(Locale.ROOT);
        try {
            return switch (name) {
                case "identity", "" -> body;
                case "gzip", "x-gzip" -> read(new GZIPInputStream(new ByteArrayInputStream(body)));
                case "deflate" -> inflated(body);
                default -> throw new Unusable(415);
            };
        } catch (IOException broken) {
            throw new Unusable(400);
        }
    }

    /** With the frame of zlib, as the name means, or without, as some send it. */
    private static byte[] inflated(byte[] body) throws IOException, Unusable {
        boolean zlib = body.length >= 2 && (body[0] & 0x0f) == 8 && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(body), inflater)) {
            return read(in);
        } finally {
            inflater.end();
        }
    }

    private static byte[] read(InputStream in) throws IOException, Unusable {
        try (in) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (out.size() + n > MAX_UNPACKED) {
                    throw new Unusable(413);
                }
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }
}
