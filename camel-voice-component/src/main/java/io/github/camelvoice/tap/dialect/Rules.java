package io.github.camelvoice.tap.dialect;

import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapSpec;
import java.util.Arrays;

/** What a spec may ask of a dialect. All throw {@link IllegalArgumentException} with words for the caller. */
final class Rules {

    private Rules() {
    }

    /** @param formats {@code PCMU/8000} and so on */
    static void formats(TapSpec spec, String... formats) {
        String asked = spec.codec() + "/" + spec.rate();
        if (!Arrays.asList(formats).contains(asked)) {
            throw new IllegalArgumentException("protocol " + spec.protocol().word() + " carries " + String.join(", ", formats) + ", not " + asked);
        }
    }

    static void twentyMillis(TapSpec spec) {
        if (spec.ptimeMillis() != 20) {
            throw new IllegalArgumentException("protocol " + spec.protocol().word() + " has frames of 20 ms");
        }
    }

    static void mono(TapSpec spec) {
        if (spec.channels() != 1) {
            throw new IllegalArgumentException("protocol " + spec.protocol().word() + " has one channel");
        }
    }

    static void twoChannelsAreBoth(TapSpec spec, TapDirection direction) {
        if (spec.channels() == 2 && direction != TapDirection.BOTH) {
            throw new IllegalArgumentException("two channels need the direction both");
        }
    }

    /** Twilio and SignalWire: a bidirectional stream has the inbound track only. */
    static void twoWaysMeansInbound(TapSpec spec, TapDirection direction) {
        if (spec.speaks() && direction != TapDirection.SPEAK) {
            throw new IllegalArgumentException("a bidirectional stream of protocol " + spec.protocol().word()
                    + " carries the inbound track only: direction must be speak");
        }
    }

    static void subProtocol(TapSpec spec) {
        if (spec.subProtocol() != null && !spec.subProtocol().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")) {
            throw new IllegalArgumentException("the sub-protocol must be one token");
        }
    }

    /** Custom parameters: bounded, names not empty. */
    static void parameters(TapSpec spec, String... taken) {
        int size = 0;
        for (var entry : spec.parameters().entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
            if (entry.getKey().isEmpty() || Arrays.asList(taken).contains(entry.getKey())) {
                throw new IllegalArgumentException("a parameter cannot be called \"" + entry.getKey() + "\"");
            }
        }
        if (size > 16_384 || spec.parameters().size() > 100) {
            throw new IllegalArgumentException("parameters must be 100 at most, and 16384 characters in all");
        }
    }
}
