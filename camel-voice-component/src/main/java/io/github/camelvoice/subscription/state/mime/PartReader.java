package io.github.camelvoice.subscription.state.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Reads headers and body of a part. Of the headers Content-Type, Content-ID and Content-Transfer-Encoding count. */
final class PartReader {

    private static final int MAX_HEADERS = 8 * 1024;

    private PartReader() {
    }

    static Part read(byte[] all, int from, int to, int number) throws MimeException {
        int at = from;
        String type = null;
        String id = null;
        String encoding = "binary";
        StringBuilder header = new StringBuilder();
        boolean ended = false;
        while (!ended) {
            if (at - from > MAX_HEADERS) {
                throw new MimeException("part " + number + " has headers of more than " + MAX_HEADERS + " bytes");
            }
            int end = at;
            while (end < to && all[end] != '\n') {
                end++;
            }
            int stop = end > at && all[end - 1] == '\r' ? end - 1 : end;
            String line = new String(all, at, Math.min(stop - at, MAX_HEADERS + 1), StandardCharsets.UTF_8);
            at = Math.min(end + 1, to);
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (!folded) {
                String value = value(header, "content-type");
                type = value == null ? type : value;
                value = value(header, "content-id");
                id = value == null ? id : value;
                value = value(header, "content-transfer-encoding");
                encoding = value == null ? encoding : value.toLowerCase(Locale.ROOT);
                header.setLength(0);
            }
            header.append(line);
            ended = line.isEmpty() || end >= to;
        }
        byte[] body = decoded(Arrays.copyOfRange(all, Math.min(at, to), to), encoding, number);
        return new Part(type == null || type.isEmpty() ? "text/plain" : type, Part.plainId(id), body);
    }

    private static String value(StringBuilder header, String name) {
        int colon = header.indexOf(":");
        return colon > 0 && header.substring(0, colon).strip().equalsIgnoreCase(name) ? header.substring(colon + 1).strip() : null;
    }

    private static byte[] decoded(byte[] body, String encoding, int number) throws MimeException {
        return switch (encoding) {
            case "binary", "8bit", "7bit", "none", "" -> body;
            case "base64" -> base64(body, number);
            case "quoted-printable" -> quotedPrintable(body, number);
            default -> throw new MimeException("part " + number + " has a transfer encoding that is not known");
        };
    }

    private static byte[] base64(byte[] body, int number) throws MimeException {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new MimeException("part " + number + " is not base64");
        }
    }

    private static byte[] quotedPrintable(byte[] body, int number) throws MimeException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        for (int i = 0; i < body.length; i++) {
            if (body[i] != '=') {
                out.write(body[i]);
            } else if (i + 1 < body.length && body[i + 1] == '\n') {
                i++;
            } else if (i + 2 < body.length && body[i + 1] == '\r' && body[i + 2] == '\n') {
                i += 2;
            } else if (i + 2 < body.length && Character.digit(body[i + 1], 16) >= 0 && Character.digit(body[i + 2], 16) >= 0) {
                out.write(Character.digit(body[i + 1], 16) << 4 | Character.digit(body[i + 2], 16));
                i += 2;
            } else {
                throw new MimeException("part " + number + " is not quoted-printable");
            }
        }
        return out.toByteArray();
    }
}
