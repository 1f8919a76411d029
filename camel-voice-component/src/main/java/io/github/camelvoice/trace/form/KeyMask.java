package io.github.camelvoice.trace.form;

/** Hides the keys of encrypted audio in the lines of SDP: {@code a=crypto} (RFC 4568), {@code a=key-mgmt} (RFC 4567), {@code k=} (RFC 4566). */
final class KeyMask {

    private static final String[] KEY_METHODS = {"clear:", "base64:", "uri:"};

    private final Mask mask;
    private final byte[] data;

    KeyMask(Mask mask, byte[] data) {
        this.mask = mask;
        this.data = data;
    }

    /** Looks at every line. */
    void hide(int from, int to) {
        int at = from;
        while (at < to) {
            int end = Octets.lineEnd(data, at, to);
            line(at, end);
            at = Octets.nextLine(data, end, to);
        }
    }

    private void line(int from, int to) {
        int type = Octets.skipBlanks(data, from, to);
        int equals = Octets.skipBlanks(data, Math.min(type + 1, to), to);
        if (equals >= to || data[equals] != '=') {
            return;
        }
        int value = Octets.skipBlanks(data, equals + 1, to);
        if (data[type] == 'k' || data[type] == 'K') {
            key(value, to);
        } else if (data[type] == 'a' || data[type] == 'A') {
            attribute(value, to);
        }
    }

    private void key(int from, int to) {
        if (Octets.equal(data, from, to, "prompt")) {
            return;
        }
        for (String method : KEY_METHODS) {
            if (Octets.startsWith(data, from, to, method)) {
                mask.hide(from + method.length(), to);
                return;
            }
        }
        mask.hide(from, to);
    }

    private void attribute(int from, int to) {
        int nameTo = Octets.skipToken(data, from, to);
        int colon = Octets.skipBlanks(data, nameTo, to);
        if (colon >= to || data[colon] != ':') {
            return;
        }
        if (Octets.equal(data, from, nameTo, "crypto")) {
            crypto(colon + 1, to);
        } else if (Octets.equal(data, from, nameTo, "key-mgmt")) {
            mask.hide(word(colon + 1, to), to);
        }
    }

    /** {@code 1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4;inline:KEY}; with no key method that we know all behind the suite is hidden. */
    private void crypto(int from, int to) {
        boolean inline = false;
        for (int at = from; at < to; at++) {
            if (!Octets.startsWith(data, at, to, "inline")) {
                continue;
            }
            int colon = Octets.skipBlanks(data, at + 6, to);
            if (colon < to && data[colon] == ':') {
                inline = true;
                int keyFrom = Octets.skipBlanks(data, colon + 1, to);
                int keyTo = keyFrom;
                while (keyTo < to && data[keyTo] != '|' && data[keyTo] != ';' && !Octets.isBlank(data[keyTo])) {
                    keyTo++;
                }
                mask.hide(keyFrom, keyTo);
                at = keyTo;
            }
        }
        if (!inline) {
            mask.hide(word(word(from, to), to), to);
        }
    }

    /** Behind the next word. */
    private int word(int from, int to) {
        int at = Octets.skipBlanks(data, from, to);
        while (at < to && !Octets.isBlank(data[at])) {
            at++;
        }
        return at;
    }
}
