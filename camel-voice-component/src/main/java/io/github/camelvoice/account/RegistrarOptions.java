package io.github.camelvoice.account;

/**
 * Bounds of the registrar.
 *
 * @param minExpires     seconds; less is answered with 423, 1 to {@code maxExpires}
 * @param maxExpires     seconds; more is cut
 * @param defaultExpires seconds where a REGISTER says nothing
 * @param maxContacts    of a user; more are refused with 403
 */
public record RegistrarOptions(int minExpires, int maxExpires, int defaultExpires, int maxContacts) {

    /** A minute to two hours, an hour where nothing is said, ten contacts. */
    public static final RegistrarOptions DEFAULT = new RegistrarOptions(60, 7200, 3600, 10);

    public RegistrarOptions {
        if (minExpires < 1 || maxExpires < minExpires || defaultExpires < minExpires || defaultExpires > maxExpires) {
            throw new IllegalArgumentException("times of registrations: 1 <= " + minExpires + " <= " + defaultExpires + " <= " + maxExpires
                    + " does not hold");
        }
        if (maxContacts < 1) {
            throw new IllegalArgumentException("a user has at least one contact, not " + maxContacts);
        }
    }
}
