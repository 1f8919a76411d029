package io.github.camelvoice.notifier;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The dialogs of our calls (RFC 4235), by user: of both sides of a call, where they are ours. Calls hand their events to a bounded queue and go on;
 * a thread of this class takes them from there. Where some were lost, the calls themselves are asked.
 */
final class CallDialogs implements AutoCloseable {

    /** How long a dialog that is over is shown, so that watchers hear how it ended. */
    private static final int LINGER_SECONDS = 5;
    private static final int CAPACITY = 20_000;
    private static final Set<VoiceEvent.Kind> KINDS = Set.of(VoiceEvent.Kind.CALL_RECEIVED, VoiceEvent.Kind.CALL_INITIATED, VoiceEvent.Kind.CALL_RINGING,
            VoiceEvent.Kind.CALL_ANSWERED, VoiceEvent.Kind.CALL_ENDED, VoiceEvent.Kind.HELD, VoiceEvent.Kind.RESUMED);

    private final Calls calls;
    private final Function<String, String> users;
    private final EngineClock clock;
    private final Timers timers;
    private final Executor pool;
    private final Consumer<ResourceKey> changed;
    private final EventBus.Subscription events;
    private final Thread reader;
    private final Map<String, WatchedCall> byCall = new HashMap<>();
    private final ConcurrentMap<String, List<WatchedCall.View>> byUser = new ConcurrentHashMap<>();
    private long lost;
    private volatile boolean closed;

    /** @param users the user of ours that a URI names, null if it names none; @param changed told of users whose dialogs are others now */
    CallDialogs(EventBus bus, Calls calls, Function<String, String> users, EngineClock clock, Timers timers, Executor pool, Consumer<ResourceKey> changed) {
        this(bus, CAPACITY, calls, users, clock, timers, pool, changed);
    }

    /** @param capacity how many events may wait */
    CallDialogs(EventBus bus, int capacity, Calls calls, Function<String, String> users, EngineClock clock, Timers timers, Executor pool,
                Consumer<ResourceKey> changed) {
        this.calls = calls;
        this.users = users;
        this.clock = clock;
        this.timers = timers;
        this.pool = pool;
        this.changed = changed;
        this.events = bus.subscribe(capacity, event -> KINDS.contains(event.kind()));
        this.reader = Threads.named("dialogs").newThread(this::read);
        reader.start();
    }

    /** The dialogs of a user, as they are now. Any thread. */
    List<Dialog> of(String user) {
        long now = clock.nanos();
        return byUser.getOrDefault(user, List.of()).stream().map(view -> view.dialog(now)).toList();
    }

    private void read() {
        try {
            while (!closed) {
                VoiceEvent event = events.poll(1, TimeUnit.SECONDS);
                if (event != null) {
                    happened(event);
                }
                if (events.dropped() != lost) {
                    lost = events.dropped();
                    compare();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void happened(VoiceEvent event) {
        String id = event.head().callId();
        WatchedCall call = byCall.get(id);
        if (call == null && (event instanceof VoiceEvent.CallReceived || event instanceof VoiceEvent.CallInitiated)) {
            call = begin(event);
        }
        if (call != null) {
            call.happened(event, tags(id));
            show(call);
            if (event instanceof VoiceEvent.CallEnded) {
                over(id);
            }
        }
    }

    private WatchedCall begin(VoiceEvent event) {
        VoiceEvent.Head head = event.head();
        boolean inbound = head.direction() == CallDirection.INBOUND;
        String called = event instanceof VoiceEvent.CallReceived received ? received.calledUri() : ((VoiceEvent.CallInitiated) event).target();
        String parent = event instanceof VoiceEvent.CallInitiated initiated ? initiated.parentCallId() : null;
        return add(head.callId(), head.sipCallId(), inbound, head.from(), head.to(), called, parent);
    }

    private WatchedCall add(String id, String sipCallId, boolean inbound, String from, String to, String called, String parent) {
        String ours = users.apply(inbound ? called : from);
        String theirs = users.apply(inbound ? from : called);
        // A call that is placed for another one shows the same users twice: they are in one conversation.
        WatchedCall first = parent == null ? null : byCall.get(parent);
        WatchedCall call = new WatchedCall(id, sipCallId, inbound, inbound ? to : from, inbound ? from : to, first != null && first.shows(ours) ? null : ours,
                first != null && first.shows(theirs) ? null : theirs, clock.nanos());
        byCall.put(id, call);
        return call;
    }

    private io.github.camelvoice.call.spi.DialogInfo tags(String id) {
        try {
            return calls.find(id).dialog();
        } catch (CallException gone) {
            return null;
        }
    }

    private void show(WatchedCall call) {
        for (WatchedCall.View view : call.views()) {
            byUser.compute(view.user(), (user, known) -> {
                List<WatchedCall.View> list = without(known, view.id());
                list.add(view);
                return List.copyOf(list);
            });
            changed.accept(new ResourceKey("dialog", view.user()));
        }
    }

    private static List<WatchedCall.View> without(List<WatchedCall.View> known, String id) {
        return known == null ? new ArrayList<>() : known.stream().filter(each -> !each.id().equals(id)).collect(Collectors.toCollection(ArrayList::new));
    }

    private void over(String id) {
        timers.schedule(LINGER_SECONDS, TimeUnit.SECONDS, pool, () -> forget(id));
    }

    private synchronized void forget(String id) {
        WatchedCall call = byCall.remove(id);
        if (call != null) {
            for (WatchedCall.View view : call.views()) {
                byUser.computeIfPresent(view.user(), (user, known) -> {
                    List<WatchedCall.View> list = without(known, view.id());
                    return list.isEmpty() ? null : List.copyOf(list);
                });
            }
        }
    }

    /** Events were lost: what is shown is compared with what lives. */
    private synchronized void compare() {
        Map<String, CallSnapshot> live = new HashMap<>();
        for (Call each : calls.live()) {
            live.put(each.id(), each.snapshot());
        }
        for (WatchedCall each : List.copyOf(byCall.values())) {
            if (!live.containsKey(each.id()) && !each.isOver()) {
                each.ended(Origin.LOCAL);
                show(each);
                over(each.id());
            }
        }
        live.forEach((id, snapshot) -> {
            if (snapshot.state() != CallState.ENDED) {
                WatchedCall known = byCall.get(id);
                WatchedCall call = known != null ? known : add(id, snapshot.sipCallId(), snapshot.direction() == CallDirection.INBOUND, snapshot.from().uri(),
                        snapshot.to().uri(), snapshot.calledUri(), snapshot.parentCallId());
                call.like(snapshot.state(), tags(id));
                show(call);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        reader.interrupt();
        try {
            reader.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
