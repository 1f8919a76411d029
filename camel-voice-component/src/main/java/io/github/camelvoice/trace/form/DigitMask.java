package io.github.camelvoice.trace.form;

/**
 * Hides the digits in bodies of INFO requests, {@code application/dtmf-relay} ({@code Signal=5}, {@code Duration=160}) and {@code application/dtmf}
 * ({@code 5}): somebody may have keyed in a PIN. How long a key was held stays.
 */
final class DigitMask {

    private final Mask mask;
    private final byte[] data;

    DigitMask(Mask mask, byte[] data) {
        this.mask = mask;
        this.data = data;
    }

    /** @param named hides nothing but what a line says the signal is: for bodies that may have other parts in them */
    void hide(int from, int to, boolean named) {
        int at = from;
        while (at < to) {
            int end = Octets.lineEnd(data, at, to);
            line(at, end, named);
            at = Octets.nextLine(data, end, to);
        }
    }

    private void line(int from, int to, boolean named) {
        int name = Octets.skipBlanks(data, from, to);
        int nameTo = Octets.skipToken(data, name, to);
        int equals = Octets.skipBlanks(data, nameTo, to);
        boolean pair = equals < to && data[equals] == '=';
        if (pair && Octets.equal(data, name, nameTo, "duration")) {
            return;
        }
        if (pair && (!named || Octets.equal(data, name, nameTo, "signal"))) {
            mask.hide(equals + 1, to);
        } else if (!named) {
            mask.hide(from, to);
        }
    }
}
