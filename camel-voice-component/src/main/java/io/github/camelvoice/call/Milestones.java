package io.github.camelvoice.call;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits for how far a call comes. Belongs to the call's mailbox. */
final class Milestones {

    private final Map<Milestone, List<CompletableFuture<CallSnapshot>>> waiting = new EnumMap<>(Milestone.class);
    private final List<CompletableFuture<CallSnapshot>> listening = new ArrayList<>(1);
    private Milestone reached;
    private boolean audible;

    void await(Milestone milestone, CompletableFuture<CallSnapshot> waiter, CallSnapshot now) {
        if (reached != null && reached.compareTo(milestone) >= 0) {
            waiter.complete(now);
        } else {
            waiting.computeIfAbsent(milestone, m -> new ArrayList<>(1)).add(waiter);
        }
    }

    void awaitAudio(CompletableFuture<CallSnapshot> waiter, CallSnapshot now) {
        if (audible) {
            waiter.complete(now);
        } else {
            listening.add(waiter);
        }
    }

    /** The far end can be heard; so it is once it answered. */
    void audible(CallSnapshot now) {
        audible = true;
        List<CompletableFuture<CallSnapshot>> told = List.copyOf(listening);
        listening.clear();
        told.forEach(waiter -> waiter.complete(now));
    }

    /** This one is reached, and with it all before it; COMPLETED releases everybody. */
    void reach(Milestone milestone, CallSnapshot now) {
        if (reached != null && reached.compareTo(milestone) >= 0) {
            return;
        }
        reached = milestone;
        if (milestone.compareTo(Milestone.ANSWERED) >= 0) {
            audible(now);
        }
        for (Milestone each : Milestone.values()) {
            if (each.compareTo(milestone) <= 0) {
                List<CompletableFuture<CallSnapshot>> waiters = waiting.remove(each);
                if (waiters != null) {
                    waiters.forEach(waiter -> waiter.complete(now));
                }
            }
        }
    }
}
