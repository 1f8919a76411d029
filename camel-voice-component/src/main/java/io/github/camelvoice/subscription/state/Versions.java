package io.github.camelvoice.subscription.state;

/** Versions of documents with full and partial state (RFC 3680, section 5.2; RFC 4235, section 4.3; RFC 4575, section 4.6). */
final class Versions {

    private static final long SIGNED = Integer.MAX_VALUE;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Versions() {
    }

    /** What a version says of its document. */
    enum Order { NEXT, GAP, STALE }

    /**
     * Full state needs no base: it is a gap never, and stale only when it is older. Some notifiers give full state without ever raising the version,
     * so the same version is taken; a partial document with the same version is one that was heard. After the largest number of 32 bits, signed
     * or not, comes 0.
     *
     * @param known -1 for none
     */
    static Order order(long known, long version, boolean full) {
        if (known < 0) {
            return full ? Order.NEXT : Order.GAP;
        }
        if (version == known) {
            return full ? Order.NEXT : Order.STALE;
        }
        if (version == next(known) || version == 0 && (known == SIGNED || known == UNSIGNED)) {
            return Order.NEXT;
        }
        if (version < known) {
            return Order.STALE;
        }
        return full ? Order.NEXT : Order.GAP;
    }

    /** @return -1 after none */
    static long next(long known) {
        return known < 0 ? -1 : known == UNSIGNED ? 0 : known + 1;
    }
}
