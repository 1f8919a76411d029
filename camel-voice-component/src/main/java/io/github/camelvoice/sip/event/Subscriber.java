package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.sip.dialog.DialogHome;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.subscription.spi.EventSignalling;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageListener;
import io.github.camelvoice.subscription.spi.UsageSpec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Subscribes to the states of others (RFC 6665): usages by our tag, and their NOTIFYs. Thread-safe; what comes in is handed to the
 * mailbox of its usage.
 */
public final class Subscriber implements EventSignalling, DialogHome {

    /** 64 x T1 (RFC 3261, section 17.1.1.1; Timer N of RFC 6665). */
    static final long GIVE_UP_MILLIS = 32_000;
    private static final int MAX_SHARED = 256;

    private final SipEnv env;
    private final EngineClock clock;
    private final DoubleSupplier random;
    private final ConcurrentMap<String, SubscribeUsage> usages = new ConcurrentHashMap<>();
    /** Headers that many usages share; those beyond the bound have their own. */
    private final ConcurrentMap<List<Object>, SubscribeHeaders> shared = new ConcurrentHashMap<>();
    private final LongAdder strangers = new LongAdder();

    /** Its dialogs are at home here from now on. */
    public Subscriber(SipEnv env, Dispatcher dispatcher, EngineClock clock) {
        this(env, dispatcher, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random in [0, 1): spreads the refreshes */
    Subscriber(SipEnv env, Dispatcher dispatcher, EngineClock clock, DoubleSupplier random) {
        this.env = env;
        this.clock = clock;
        this.random = random;
        dispatcher.home(this);
        dispatcher.support(SIPRequest.NOTIFY, Set.of("eventlist"));
    }

    @Override
    public Usage subscribe(UsageSpec spec, Executor mailbox, UsageListener listener) {
        return new SubscribeUsage(this, spec, headers(spec), mailbox, listener);
    }

    private SubscribeHeaders headers(UsageSpec spec) {
        List<Object> key = List.of(spec.event(), spec.accept(), spec.eventList(), spec.list() != null);
        SubscribeHeaders known = shared.get(key);
        if (known != null) {
            return known;
        }
        SubscribeHeaders made = new SubscribeHeaders(spec);
        if (shared.size() < MAX_SHARED) {
            shared.putIfAbsent(key, made);
        }
        return made;
    }

    @Override
    public boolean owns(String localTag) {
        return usages.containsKey(localTag);
    }

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        SubscribeUsage usage = usages.get(request.getToTag());
        return usage != null && usage.admits(request, source.getAddress());
    }

    @Override
    public void request(InboundRequest request) {
        SubscribeUsage usage = usages.get(request.message().getToTag());
        if (usage != null) {
            usage.enqueue(request);
        } else {
            refuseStranger(request);
        }
    }

    /** 481: no dialog of ours, or not from where its far end is. */
    void refuseStranger(InboundRequest request) {
        strangers.increment();
        env.reply(request, 481);
    }

    SipEnv env() {
        return env;
    }

    EngineClock clock() {
        return clock;
    }

    double random() {
        return random.getAsDouble();
    }

    void add(String localTag, SubscribeUsage usage) {
        usages.put(localTag, usage);
    }

    void remove(String localTag) {
        usages.remove(localTag);
    }

    /** Usages that were started and are not over. */
    public int live() {
        return usages.size();
    }

    /** Requests so far for a usage whose far end did not send them, or that ended meanwhile (481). */
    public long strangers() {
        return strangers.sum();
    }
}
