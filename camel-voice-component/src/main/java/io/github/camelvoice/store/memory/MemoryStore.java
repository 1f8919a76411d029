package io.github.camelvoice.store.memory;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.PageKey;
import io.github.camelvoice.store.SessionEntry;
import io.github.camelvoice.store.SubscriptionEntry;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.TraceEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Calls on the heap. Where there are too many, or they take too much, the oldest that have ended leave; live ones stay. One lock, held for a
 * look-up or for the walk through a list.
 */
public final class MemoryStore implements CallStore {

    private final int mostCalls;
    private final long mostBytes;
    private final Map<String, HeldSource> sources = new HashMap<>();
    private final Map<String, HeldCall> byCallId = new HashMap<>();
    private final Map<String, List<HeldCall>> bySipCallId = new HashMap<>();
    private final Map<String, List<HeldCall>> byParent = new HashMap<>();
    private final TreeMap<PageKey, HeldCall> all = new TreeMap<>();
    private final TreeMap<PageKey, HeldCall> over = new TreeMap<>();
    private final HeldCallbacks callbacks = new HeldCallbacks();
    private final HeldSubscriptions subscriptions = new HeldSubscriptions();
    private final HeldSessions sessions = new HeldSessions();
    private final Map<String, StoredUser> users = new TreeMap<>();
    private long usersVersion;
    private long numbers;
    private long bytes;

    /**
     * @param mostCalls calls that are kept, at least 1
     * @param mostBytes memory that they may take, in bytes, roughly
     */
    public MemoryStore(int mostCalls, long mostBytes) {
        if (mostCalls < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("a store in memory keeps at least one call and one byte");
        }
        this.mostCalls = mostCalls;
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void apply(String source, long position, List<? extends LogEntry> entries) {
        HeldSource held = sources.computeIfAbsent(source, name -> new HeldSource());
        if (position == held.position && !entries.isEmpty()) {
            return;
        }
        for (LogEntry entry : entries) {
            if (entry instanceof CallbackEntry callback) {
                callbacks.apply(source, callback);
                continue;
            }
            if (entry instanceof SubscriptionEntry subscription) {
                subscriptions.apply(source, subscription);
                continue;
            }
            if (entry instanceof SessionEntry session) {
                sessions.apply(session);
                continue;
            }
            HeldTrace trace = held.traces.computeIfAbsent(entry.number(), HeldTrace::new);
            if (entry instanceof TraceEntry.Message message) {
                add(trace, message.message());
            } else if (entry instanceof TraceEntry.Opened opened) {
                open(source, trace, opened.call());
            } else if (entry instanceof TraceEntry.Ended ended) {
                end(source, held, trace, ended);
            } else {
                close(held, trace);
            }
        }
        held.position = position;
        makeRoom();
    }

    /** Whether one more callback may wait. */
    synchronized boolean hasRoomForCallback() {
        return callbacks.hasRoom();
    }

    private void add(HeldTrace trace, SipMessage message) {
        trace.messages.add(message);
        int size = message.data().length + HeldTrace.MESSAGE_BYTES;
        trace.bytes += size;
        bytes += size;
    }

    private HeldCall open(String source, HeldTrace trace, CallRecord call) {
        HeldCall known = byCallId.get(call.callId());
        if (known != null) {
            return known;
        }
        HeldCall held = new HeldCall(new PageKey(Micros.of(call.createdAt()), ++numbers), source, trace, call);
        trace.calls++;
        bytes += HeldCall.BYTES;
        byCallId.put(call.callId(), held);
        bySipCallId.computeIfAbsent(call.sipCallId(), id -> new ArrayList<>(1)).add(held);
        all.put(held.key, held);
        if (call.parentCallId() != null) {
            byParent.computeIfAbsent(call.parentCallId(), id -> new ArrayList<>(2)).add(held);
        }
        return held;
    }

    private void end(String source, HeldSource at, HeldTrace trace, TraceEntry.Ended end) {
        HeldCall held = open(source, trace, end.call());
        if (held.ended != 0) {
            return;
        }
        unlist(held);
        held.call = end.call();
        bySipCallId.computeIfAbsent(held.call.sipCallId(), id -> new ArrayList<>(1)).add(held);
        held.dropped = end.dropped();
        held.ended = ++at.lastEnded;
        at.ended.put(held.ended, held);
        over.put(held.key, held);
    }

    private void close(HeldSource source, HeldTrace trace) {
        trace.closed = true;
        forgetIfUnused(source, trace);
    }

    private void forgetIfUnused(HeldSource source, HeldTrace trace) {
        if (trace.calls == 0 && source.traces.remove(trace.number, trace)) {
            bytes -= trace.bytes;
        }
    }

    private void makeRoom() {
        while ((all.size() > mostCalls || bytes > mostBytes) && !over.isEmpty()) {
            remove(over.firstEntry().getValue());
        }
    }

    private void remove(HeldCall held) {
        all.remove(held.key);
        over.remove(held.key);
        byCallId.remove(held.call.callId());
        byParent.computeIfPresent(String.valueOf(held.call.parentCallId()), (id, children) -> {
            children.remove(held);
            return children.isEmpty() ? null : children;
        });
        unlist(held);
        bytes -= HeldCall.BYTES;
        held.trace.calls--;
        HeldSource source = sources.get(held.source);
        source.ended.remove(held.ended);
        forgetIfUnused(source, held.trace);
    }

    private void unlist(HeldCall held) {
        bySipCallId.computeIfPresent(held.call.sipCallId(), (id, calls) -> {
            calls.remove(held);
            return calls.isEmpty() ? null : calls;
        });
    }

    @Override
    public synchronized long position(String source) {
        HeldSource held = sources.get(source);
        return held == null ? 0 : held.position;
    }

    @Override
    public synchronized List<LiveTrace> live(String source) {
        return all.values().stream().filter(held -> held.ended == 0 && held.source.equals(source))
                .map(held -> new LiveTrace(held.trace.number, held.call)).toList();
    }

    @Override
    public synchronized Optional<CallRecord> find(String project, String id) {
        return newest(project, id).map(held -> held.call);
    }

    @Override
    public synchronized Optional<SipInfo> read(String project, String id) {
        return newest(project, id).map(MemoryStore::info);
    }

    @Override
    public synchronized List<CallRecord> children(String project, String callId, int most) {
        return byParent.getOrDefault(callId, List.of()).stream().sorted(Comparator.comparing(HeldCall::key)).map(held -> held.call)
                .filter(call -> call.project().equals(project)).limit(most).toList();
    }

    private Optional<HeldCall> newest(String project, String id) {
        HeldCall own = byCallId.get(id);
        if (own != null && own.call.project().equals(project)) {
            return Optional.of(own);
        }
        return bySipCallId.getOrDefault(id, List.of()).stream().filter(held -> held.call.project().equals(project))
                .max(Comparator.comparing(HeldCall::key));
    }

    private static SipInfo info(HeldCall held) {
        return new SipInfo(held.call, held.trace.messages, held.dropped);
    }

    @Override
    public synchronized CallPage list(CallQuery query) {
        PageKey.checkLimit(query);
        PageKey from = PageKey.of(query);
        List<CallRecord> page = new ArrayList<>();
        PageKey last = null;
        for (HeldCall held : (from == null ? all : all.headMap(from, false)).descendingMap().values()) {
            if (query.since() != null && held.call.createdAt().isBefore(query.since())) {
                break;
            }
            if (matches(query, held.call)) {
                if (page.size() == query.limit()) {
                    return new CallPage(page, last.token(query));
                }
                page.add(held.call);
                last = held.key;
            }
        }
        return new CallPage(page, null);
    }

    private static boolean matches(CallQuery query, CallRecord call) {
        return (query.project() == null || query.project().equals(call.project()))
            && (query.direction() == null || query.direction() == call.direction())
            && (query.cause() == null || call.cause() != null && query.cause() == call.cause().kind())
            && (query.until() == null || call.createdAt().isBefore(query.until()))
            && (query.live() == null || query.live() != call.isOver())
            && (query.party() == null || contains(call.from(), query.party()) || contains(call.to(), query.party()));
    }

    private static boolean contains(String uri, String part) {
        return uri.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    @Override
    public synchronized List<NumberedCall> endedAfter(String source, long after, int most) {
        HeldSource held = sources.get(source);
        return held == null ? List.of() : held.ended.tailMap(after, false).values().stream().limit(most)
                .map(call -> new NumberedCall(call.ended, info(call))).toList();
    }

    @Override
    public synchronized long lastEnded(String source) {
        HeldSource held = sources.get(source);
        return held == null ? 0 : held.lastEnded;
    }

    @Override
    public synchronized OptionalLong cursor(String source, String consumer) {
        HeldSource held = sources.get(source);
        Long number = held == null ? null : held.cursors.get(consumer);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public synchronized void moveCursor(String source, String consumer, long number) {
        sources.computeIfAbsent(source, name -> new HeldSource()).cursors.put(consumer, number);
    }

    @Override
    public synchronized List<StoredCallback> waitingCallbacks(String source, String receiver, long after, long below, int most) {
        return callbacks.waiting(source, receiver, after, below, most);
    }

    @Override
    public synchronized Optional<Found> callback(String id) {
        return callbacks.find(id);
    }

    @Override
    public synchronized CallbackPage callbacks(CallbackQuery query) {
        return callbacks.page(query);
    }

    @Override
    public synchronized List<Row> takeUp(String source, int partition, boolean takeOver) {
        return subscriptions.ofPartition(partition);
    }

    @Override
    public synchronized Optional<Row> subscription(String id) {
        return subscriptions.find(id);
    }

    @Override
    public synchronized List<Row> subscriptions(String account, int most) {
        return subscriptions.list(account, most);
    }

    /** Nobody else is here. */
    @Override
    public List<Errand> errands(int most) {
        return List.of();
    }

    @Override
    public Map<Integer, Long> beat(String source) {
        return Map.of();
    }

    @Override
    public Set<Integer> partitionsOfOthers(String source) {
        return Set.of();
    }

    @Override
    public synchronized List<AccountRow> accounts(String source) {
        return sessions.accounts();
    }

    @Override
    public synchronized List<byte[]> statuses(String source, String account, long after, int most) {
        return sessions.statuses(account, after, most);
    }

    @Override
    public synchronized long usersVersion() {
        return usersVersion;
    }

    @Override
    public synchronized List<StoredUser> users() {
        return List.copyOf(users.values());
    }

    @Override
    public synchronized void putUser(StoredUser user) {
        usersVersion++;
        users.put(user.name(), user);
    }

    @Override
    public synchronized boolean removeUser(String name) {
        usersVersion++;
        return users.remove(name) != null;
    }

    @Override
    public synchronized int purge(Instant createdBefore, int most) {
        List<HeldCall> old = all.headMap(new PageKey(Micros.of(createdBefore), 0), false).values().stream().limit(most).toList();
        old.forEach(this::remove);
        int others = old.size() + callbacks.purge(createdBefore, most - old.size());
        return others + sessions.purge(createdBefore, most - others);
    }

    /** The calls stay readable: they are nowhere else. */
    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
