package io.github.camelvoice.tap.dialect;

import io.github.camelvoice.call.Party;

/** How dialects name who calls whom. */
final class Callers {

    private Callers() {
    }

    /** The number, or the user part; the whole address where there is none. */
    static String number(Party party) {
        return party.user().isEmpty() ? party.uri() : party.user();
    }
}
