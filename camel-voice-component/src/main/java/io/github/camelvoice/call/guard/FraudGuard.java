package io.github.camelvoice.call.guard;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.runtime.EngineClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Guards against toll fraud: destinations, calls a second, calls at a time, and their time, each account by itself. Thread-safe. */
public final class FraudGuard implements CallGuard {

    private static final Logger LOG = LoggerFactory.getLogger(FraudGuard.class);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(6);
    private static final int LINES_AT_ONCE = 10;
    /** Accounts without a live call are forgotten beyond these, which gives them a full second again. */
    private static final int MOST_IDLE = 10_000;

    private final GuardPolicy policy;
    private final EngineClock clock;
    private final Map<String, Use> uses = new HashMap<>();
    private final LongAdder destinations = new LongAdder();
    private final LongAdder rates = new LongAdder();
    private final LongAdder concurrents = new LongAdder();
    private int linesLeft = LINES_AT_ONCE;
    private long lineAt;
    private long silent;

    private static final class Use {
        private double tokens;
        private long filled;
        private int live;
    }

    public FraudGuard(GuardPolicy policy, EngineClock clock) {
        this.policy = policy;
        this.clock = clock;
        this.lineAt = clock.nanos();
    }

    @Override
    public void check(String account, String callId, String uri) throws CallException {
        judge(account, callId, () -> Destination.of(uri));
    }

    @Override
    public Admission admit(String account, String callId, Party to, String proxy, boolean ours) throws CallException {
        if (!ours) {
            judge(account, callId, () -> Destination.of(to, proxy));
        }
        GuardLimits limits = policy.of(account);
        if (limits.equals(GuardLimits.NONE)) {
            return Admission.UNLIMITED;
        }
        String objection = take(account, limits);
        if (objection != null) {
            log(account, callId, to.uri(), objection);
            throw new CallException(Kind.OVERLOADED, callId, "too many calls: " + objection);
        }
        return new Counted(account, limits.longest());
    }

    private void judge(String account, String callId, Supplier<Destination> uri) throws CallException {
        if (policy.rules() == CallRules.ALL) {
            return;
        }
        Destination destination;
        try {
            destination = uri.get();
        } catch (IllegalArgumentException unreadable) {
            destinations.increment();
            log(account, callId, "an address that cannot be judged", unreadable.getMessage());
            throw new CallException(Kind.FORBIDDEN, callId, "the destination is not allowed: " + unreadable.getMessage(), unreadable);
        }
        String objection = policy.rules().objection(destination);
        if (objection != null) {
            destinations.increment();
            log(account, callId, destination.toString(), objection);
            throw new CallException(Kind.FORBIDDEN, callId, "calls to " + destination + " are not allowed");
        }
    }

    /** @return what stands against it, null if nothing does */
    private synchronized String take(String account, GuardLimits limits) {
        long now = clock.nanos();
        Use use = uses.get(account);
        double burst = 2.0 * limits.perSecond();
        if (use == null) {
            if (uses.size() >= MOST_IDLE) {
                uses.values().removeIf(idle -> idle.live == 0);
            }
            use = new Use();
            use.tokens = burst;
            uses.put(account, use);
        } else {
            use.tokens = Math.min(burst, use.tokens + (now - use.filled) / NANOS * limits.perSecond());
        }
        use.filled = now;
        if (limits.concurrent() > 0 && use.live >= limits.concurrent()) {
            concurrents.increment();
            return "the account has " + use.live + " at a time";
        }
        if (limits.perSecond() > 0) {
            if (use.tokens < 1) {
                rates.increment();
                return "the account may place " + limits.perSecond() + " a second";
            }
            use.tokens--;
        }
        use.live++;
        return null;
    }

    private synchronized void leave(String account) {
        Use use = uses.get(account);
        if (use != null) {
            use.live--;
        }
    }

    private synchronized void log(String account, String callId, String destination, String objection) {
        long now = clock.nanos();
        long earned = (now - lineAt) / LINE_EVERY;
        if (earned > 0) {
            linesLeft = (int) Math.min(LINES_AT_ONCE, linesLeft + earned);
            lineAt = now;
        }
        if (linesLeft == 0) {
            silent++;
            return;
        }
        linesLeft--;
        LOG.warn("[{}] a call of account {} to {} was refused: {}{}", callId == null ? "-" : callId, account,
                destination, objection, silent == 0 ? "" : " (and " + silent + " more before)");
        silent = 0;
    }

    /** Accounts that are remembered. */
    synchronized int accounts() {
        return uses.size();
    }

    /** @param loops calls that were refused since they went round in circles */
    public GuardFigures figures(long loops) {
        return new GuardFigures(destinations.sum(), rates.sum(), concurrents.sum(), loops);
    }

    private final class Counted implements Admission {

        private final String account;
        private final Duration longest;
        private final AtomicBoolean released = new AtomicBoolean();

        Counted(String account, Duration longest) {
            this.account = account;
            this.longest = longest;
        }

        @Override
        public Duration longest() {
            return longest;
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                leave(account);
            }
        }
    }
}
