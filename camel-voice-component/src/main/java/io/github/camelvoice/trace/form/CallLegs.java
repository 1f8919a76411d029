package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that belong together, a caller and those who were called for it, as one. Immutable.
 *
 * @param legs at least one; the caller first
 */
public record CallLegs(List<SipInfo> legs) {

    public CallLegs {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("there is no leg");
        }
    }

    /**
     * A message of a leg.
     *
     * @param leg from 0
     */
    public record Said(int leg, SipMessage message) {
    }

    /** The messages of all legs in order of time. Two legs that share a Call-ID share their messages: they are there once. */
    public List<Said> messages() {
        List<Said> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            SipInfo info = legs.get(leg);
            if (seen.add(info.call().sipCallId())) {
                for (SipMessage message : info.messages()) {
                    all.add(new Said(leg, message));
                }
            }
        }
        all.sort(Comparator.comparing(said -> said.message().time()));
        return all;
    }

    /** The first leg, with the messages of all: for forms that know no legs. */
    public SipInfo merged() {
        return new SipInfo(legs.get(0).call(), messages().stream().map(Said::message).toList(), dropped());
    }

    /** Messages of all legs that were not kept. */
    public long dropped() {
        return legs.stream().mapToLong(SipInfo::dropped).sum();
    }

    /** This gateway in one column, the far end of each leg in one of its own. */
    public Ladder ladder() {
        return Ladder.of(this);
    }

    /** What became of a leg, in a word or two. @param number from 0 */
    public String note(int number) {
        CallRecord leg = legs.get(number).call();
        if (number == 0) {
            return leg.isOver() || leg.answeredAt() != null ? "caller" : "caller, not answered";
        }
        if (leg.answeredAt() != null) {
            return leg.peerCallId() == null ? "answered, not bridged" : "bridged";
        }
        if (leg.isOver() && leg.cause() != null) {
            return leg.cause().kind().tag().replace('_', ' ') + (leg.cause().sipCode() == 0 ? "" : " (" + leg.cause().sipCode() + ")");
        }
        return leg.ringingAt() == null ? "calling" : "ringing";
    }
}
