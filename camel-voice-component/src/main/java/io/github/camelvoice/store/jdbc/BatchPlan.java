package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.store.SessionEntry;
import io.github.camelvoice.store.SubscriptionEntry;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.TraceEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a batch of entries comes to: one row for a call, however much happened to it, and one for the messages of a trace. */
final class BatchPlan {

    /** Bytes of messages from which on a row is full: H2 takes no more than 1 MiB. */
    private static final int FULL = 512 * 1024;

    /** A call that the batch begins or ends. */
    static final class Row {
        final long id;
        final long trace;
        CallRecord call;
        long dropped;
        boolean over;

        Row(long id, long trace, CallRecord call) {
            this.id = id;
            this.trace = trace;
            this.call = call;
        }

        private void end(TraceEntry.Ended entry) {
            call = entry.call();
            dropped = entry.dropped();
            over = true;
        }
    }

    /** A call that is in the database already. */
    record Known(long id, boolean over) {
    }

    /** What is in the database already. */
    interface Present {

        /** The call with this call id, null if there is none. */
        Known call(String callId);

        /** Whether a call has this number. */
        boolean hasId(long id);

        /** How often the callback with this number was tried, -1 if there is none. */
        int tried(long number);
    }

    private final int source;
    private final Present present;
    private final Map<String, Row> begun = new LinkedHashMap<>();
    private final Map<String, Row> ended = new LinkedHashMap<>();
    private final Map<Long, List<MessageCodec>> messages = new LinkedHashMap<>();
    private final List<Row> ends = new ArrayList<>();
    private final Set<Long> ids = new HashSet<>();
    private final CallbackBatch callbacks;
    private final SubscriptionBatch subscriptions = new SubscriptionBatch();
    private final SessionBatch sessions = new SessionBatch();

    BatchPlan(int source, Present present) {
        this.source = source;
        this.present = present;
        this.callbacks = new CallbackBatch(present);
    }

    void add(LogEntry entry) {
        if (entry instanceof TraceEntry.Message message) {
            message(message.trace(), message.message());
        } else if (entry instanceof TraceEntry.Opened opened) {
            open(opened.trace(), opened.call());
        } else if (entry instanceof TraceEntry.Ended end) {
            end(end);
        } else if (entry instanceof CallbackEntry callback) {
            callbacks.add(callback);
        } else if (entry instanceof SubscriptionEntry subscription) {
            subscriptions.add(subscription);
        } else if (entry instanceof SessionEntry session) {
            sessions.add(session);
        }
    }

    private void message(long trace, SipMessage message) {
        List<MessageCodec> parts = messages.computeIfAbsent(trace, number -> new ArrayList<>(1));
        if (parts.isEmpty() || parts.get(parts.size() - 1).size() + message.data().length > FULL) {
            parts.add(new MessageCodec());
        }
        parts.get(parts.size() - 1).add(message);
    }

    private void open(long trace, CallRecord call) {
        if (!begun.containsKey(call.callId()) && present.call(call.callId()) == null) {
            begun.put(call.callId(), new Row(newId(call), trace, call));
        }
    }

    private void end(TraceEntry.Ended entry) {
        CallRecord call = entry.call();
        Row row = begun.get(call.callId());
        if (row == null) {
            Known known = present.call(call.callId());
            if (known == null) {
                row = new Row(newId(call), entry.trace(), call);
                begun.put(call.callId(), row);
            } else if (known.over() || ended.containsKey(call.callId())) {
                return;
            } else {
                row = new Row(known.id(), entry.trace(), call);
                ended.put(call.callId(), row);
            }
        }
        if (!row.over) {
            row.end(entry);
            ends.add(row);
        }
    }

    private long newId(CallRecord call) {
        long id = Keys.idAt(call.createdAt(), source);
        while (!ids.add(id) || present.hasId(id)) {
            id += Keys.MICRO;
        }
        return id;
    }

    /** Calls that were not there before, some of them over already. */
    Collection<Row> begun() {
        return begun.values();
    }

    /** Calls of an earlier batch that are over now. */
    Collection<Row> ended() {
        return ended.values();
    }

    /** All that ended, in order. */
    List<Row> ends() {
        return ends;
    }

    CallbackBatch callbacks() {
        return callbacks;
    }

    SubscriptionBatch subscriptions() {
        return subscriptions;
    }

    SessionBatch sessions() {
        return sessions;
    }

    Map<Long, List<MessageCodec>> messages() {
        return messages;
    }
}
