package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One target of a dial, the leg that it has now, and the contacts that are still to be tried for it. Belongs to the dial's mailbox. */
final class Branch {

    private static final long LEAST_RING = 1_000_000;

    final int index;
    final DialTarget target;
    BranchMachine.State state = BranchMachine.State.WAITING;
    /** The leg of the present attempt; null before the first, and where that could not be placed. */
    Call leg;
    boolean won;
    /** Monotonic nanoseconds: when it has rung long enough. */
    private long deadline;
    private final Deque<String> contacts = new ArrayDeque<>();
    private final Set<String> tried = new HashSet<>();
    private int followed;
    private Timers.Timer screening;

    Branch(int index, DialTarget target) {
        this.index = index;
        this.target = target;
        tried.add(key(Contacts.withoutHeaders(target.call().leg().target())));
    }

    /** Its turn has come: the time that it may ring begins. */
    void begin(DialPlan plan, long nanos) {
        deadline = nanos + shorter(plan.ringTimeout(), target.call().ringTimeout()).toNanos();
    }

    boolean mayRing(long nanos) {
        return deadline - nanos > 0;
    }

    /** The call to place for the target, or for a contact of it. */
    PlaceCall request(OutboundLeg to, DialPlan plan, List<String> codecs, long nanos) {
        PlaceCall asked = target.call().withLeg(to).withCodecs(codecs);
        Duration ring = Duration.ofNanos(Math.max(LEAST_RING, deadline - nanos));
        asked = asked.withTimes(ring, shorter(plan.timeLimit(), asked.timeLimit()));
        return plan.caller() == null ? asked : asked.withParent(plan.caller().id());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Remembers the contacts of a 3xx that may be called and have not been, as far as the limit goes. */
    void redirected(List<String> found, Redirects redirects) {
        for (String contact : found) {
            String uri = Contacts.usable(contact, target.call().leg().target());
            if (uri != null && followed + contacts.size() < redirects.most() && redirects.allowed().test(uri) && tried.add(key(uri))) {
                contacts.add(uri);
            }
        }
    }

    private static String key(String uri) {
        return uri.toLowerCase(Locale.ROOT);
    }

    boolean hasContacts() {
        return !contacts.isEmpty();
    }

    String nextContact() {
        followed++;
        return contacts.remove();
    }

    void screening(Timers.Timer limit) {
        screening = limit;
    }

    void screened() {
        if (screening != null) {
            screening.cancel();
            screening = null;
        }
    }
}
