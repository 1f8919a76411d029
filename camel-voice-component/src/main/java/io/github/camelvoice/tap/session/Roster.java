package io.github.camelvoice.tap.session;

import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is here: active taps by call, in the order of their start. Thread-safe; the lock is held for a few instructions, a few times a tap. */
final class Roster {

    private final TapLimits limits;
    private final Map<String, List<TapSession>> byCall = new HashMap<>();
    private int size;

    Roster(TapLimits limits) {
        this.limits = limits;
    }

    synchronized void add(TapSession session) throws TapException {
        List<TapSession> of = byCall.getOrDefault(session.callId(), List.of());
        for (TapSession other : of) {
            if (other.controlId().equals(session.controlId())) {
                throw new TapException(TapException.Kind.CONFLICT, "the call has a tap " + session.controlId() + " already");
            }
            if (other.speaks() && session.speaks()) {
                throw new TapException(TapException.Kind.CONFLICT,
                        "the tap " + other.controlId() + " speaks into the call already: a call has one voice at a time");
            }
        }
        if (of.size() >= limits.perCall()) {
            throw new TapException(TapException.Kind.BUSY, "the call has " + limits.perCall() + " taps already, the most there may be");
        }
        if (size >= limits.inAll()) {
            throw new TapException(TapException.Kind.BUSY, "no more taps now: " + limits.inAll() + " run");
        }
        byCall.computeIfAbsent(session.callId(), id -> new ArrayList<>()).add(session);
        size++;
    }

    synchronized void remove(TapSession session) {
        List<TapSession> of = byCall.get(session.callId());
        if (of != null && of.remove(session)) {
            size--;
            if (of.isEmpty()) {
                byCall.remove(session.callId());
            }
        }
    }

    /** @param controlId null: the latest */
    synchronized TapSession find(String callId, String controlId) throws TapException {
        List<TapSession> of = byCall.getOrDefault(callId, List.of());
        for (int i = of.size() - 1; i >= 0; i--) {
            if (controlId == null || of.get(i).controlId().equals(controlId)) {
                return of.get(i);
            }
        }
        throw new TapException(TapException.Kind.NO_SUCH_TAP, controlId == null ? "the call has no tap" : "the call has no tap " + controlId);
    }

    synchronized List<TapSession> of(String callId) {
        return List.copyOf(byCall.getOrDefault(callId, List.of()));
    }

    synchronized List<TapSession> all() {
        return byCall.values().stream().flatMap(List::stream).toList();
    }

    synchronized int size() {
        return size;
    }
}
