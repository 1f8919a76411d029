package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.subscription.InstanceInfo.RawDocument;
import io.github.camelvoice.subscription.spi.UsageEvent.State;
import io.github.camelvoice.subscription.state.EventPackage;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.StateMerge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A resource and its instances as they are kept alive. Written on the mailbox of its subscription, {@link #info} read by anybody. */
final class LiveResource {

    /** A notifier that repeats itself so often with a version that is too old has begun anew. */
    private static final int MOST_STALE = 3;

    private final String uri;
    private final String displayName;
    private final boolean asked;
    private volatile List<LiveInstance> instances = List.of();
    private volatile String trouble;
    private volatile boolean refused;

    /** What became of a word. */
    enum Taken {
        /** It is part of the state; without a body too. */
        WHOLE,
        /** Something before it was missed. */
        GAP, STALE, BROKEN
    }

    /** One that the request has. */
    LiveResource(String uri, String displayName) {
        this(uri, displayName, true);
    }

    /** @param asked whether the request has it; else a list told of it */
    LiveResource(String uri, String displayName, boolean asked) {
        this.uri = uri;
        this.displayName = displayName;
        this.asked = asked;
    }

    /** One that was known before this process began. */
    LiveResource(ResourceInfo known, boolean asked) {
        this(known.uri(), known.displayName(), asked);
        instances = known.instances().stream().map(LiveInstance::new).toList();
    }

    String uri() {
        return uri;
    }

    String displayName() {
        return displayName;
    }

    boolean isAsked() {
        return asked;
    }

    void trouble(String why) {
        trouble = why;
    }

    String trouble() {
        return trouble;
    }

    /** @param value whether it will hardly ever be told of */
    void refused(boolean value) {
        refused = value;
    }

    boolean isRefused() {
        return refused;
    }

    ResourceInfo info() {
        return new ResourceInfo(uri, displayName, instances.stream().map(instance -> instance.info).toList(), trouble);
    }

    /** Whether its state was ever told. */
    boolean isKnown() {
        for (LiveInstance instance : instances) {
            if (instance.info.state() == State.ACTIVE || instance.info.full() != null) {
                return true;
            }
        }
        return false;
    }

    long version() {
        long newest = 0;
        for (LiveInstance instance : instances) {
            newest = Math.max(newest, instance.info.version());
        }
        return newest;
    }

    /** It is not watched any more. */
    void forget(ChangeSink sink) {
        for (LiveInstance instance : instances) {
            sink.dropped(this, instance.info);
        }
        instances = List.of();
    }

    /** Takes in what was said, and passes on what is new. */
    Taken take(Word word, EventPackage pack, ChangeSink sink) {
        LiveInstance instance = find(word, sink);
        InstanceInfo before = instance.info;
        EventState full = before == null ? null : before.full();
        EventState changed = null;
        boolean isNew = before == null;
        String problem = null;
        Taken taken = Taken.WHOLE;
        boolean said = word.body() != null && word.body().length > 0;
        if (!said) {
            if (word.body() != null && word.state() == State.ACTIVE) {
                isNew |= full != null;
                full = null;
                instance.fresh = false;
            }
        } else {
            StateMerge merge = pack.merge(instance.fresh && full != null ? full.unversioned() : full, word.contentType(), word.body());
            taken = taken(instance, merge);
            problem = merge instanceof StateMerge.Broken broken ? "the body of a NOTIFY cannot be read: " + broken.why() : null;
            if (merge instanceof StateMerge.Applied applied) {
                full = applied.full();
                changed = applied.changed();
                isNew |= applied.isNew();
            } else if (merge instanceof StateMerge.Gap gap) {
                full = gap.full();
                changed = gap.changed();
                isNew |= gap.isNew();
            }
        }
        if (problem != null) {
            trouble = problem;
        } else if (!word.isOver()) {
            trouble = null;
        }
        RawDocument last = said && taken != Taken.BROKEN
                ? new RawDocument(word.contentType(), new String(word.body(), StandardCharsets.UTF_8)) : before == null ? null : before.last();
        settle(instance, word, full, last, isNew, changed, sink);
        return taken;
    }

    private static Taken taken(LiveInstance instance, StateMerge merge) {
        if (merge instanceof StateMerge.Broken) {
            return Taken.BROKEN;
        }
        if (merge instanceof StateMerge.Stale) {
            instance.stale++;
            if (instance.stale < MOST_STALE) {
                return Taken.STALE;
            }
        }
        boolean gap = merge instanceof StateMerge.Gap || merge instanceof StateMerge.Stale;
        // Until full state comes: what follows a gap in order does not close it.
        instance.fresh = gap;
        instance.stale = 0;
        return gap ? Taken.GAP : Taken.WHOLE;
    }

    private void settle(LiveInstance instance, Word word, EventState full, RawDocument last, boolean isNew, EventState changed, ChangeSink sink) {
        InstanceInfo before = instance.info;
        boolean othersLive = instances.stream().anyMatch(other -> other != instance && other.key != null);
        boolean over = word.isOver() && (!word.back() || othersLive);
        State state = over ? State.TERMINATED : word.isOver() ? before == null ? State.ACTIVE : before.state() : word.state();
        String reason = over ? word.reason() : "";
        boolean tell = isNew || before.state() != state || !before.reason().equals(reason);
        InstanceInfo after = tell
                ? new InstanceInfo(before == null ? word.id() : before.id(), state, reason, full, last, sink.nextVersion(), sink.now())
                : new InstanceInfo(before.id(), state, reason, full, last, before.version(), before.changedAt());
        instance.info = after;
        if (before == null) {
            add(instance);
        }
        if (word.isOver()) {
            instance.key = null;
        }
        if (tell) {
            sink.changed(this, after, isNew ? changed : null);
        }
        if (over && othersLive) {
            remove(instance, sink);
        }
    }

    /** The one it is said of: known by its key, or by its id, or one whose subscription is over, or a new one. */
    private LiveInstance find(Word word, ChangeSink sink) {
        LiveInstance orphan = null;
        LiveInstance same = null;
        for (LiveInstance instance : instances) {
            if (word.key().equals(instance.key)) {
                return instance;
            }
            if (instance.key == null && instance.info.state() != State.TERMINATED) {
                orphan = orphan == null ? instance : orphan;
                same = instance.info.id().equals(word.id()) ? instance : same;
            }
        }
        LiveInstance heir = same == null ? orphan : same;
        if (heir != null) {
            heir.key = word.key();
            heir.fresh = true;
            return heir;
        }
        if (word.isOver()) {
            for (LiveInstance instance : instances) {
                if (instance.info.state() == State.TERMINATED) {
                    instance.key = word.key();
                    return instance;
                }
            }
        }
        forgetOver(sink);
        return new LiveInstance(word.key());
    }

    /** An instance that is over stays until there is another. */
    private void forgetOver(ChangeSink sink) {
        for (LiveInstance instance : instances) {
            if (instance.info.state() == State.TERMINATED) {
                remove(instance, sink);
            }
        }
    }

    private void add(LiveInstance instance) {
        List<LiveInstance> more = new ArrayList<>(instances);
        more.add(instance);
        instances = List.copyOf(more);
    }

    private void remove(LiveInstance instance, ChangeSink sink) {
        instances = instances.stream().filter(other -> other != instance).toList();
        sink.dropped(this, instance.info);
    }

    /**
     * The subscription that told of it is over. Its last state stands, unless there is a reason; of several dialogs the first one's does.
     *
     * @param reason with which it counts as terminated, or null
     * @param lists  whether it was told of in a list: then all instances stand until the next list
     */
    void lost(String reason, boolean lists, Ids ids, ChangeSink sink) {
        boolean first = true;
        for (LiveInstance instance : instances) {
            instance.key = null;
            if (instance.info.state() == State.TERMINATED) {
                continue;
            }
            if (reason != null || !first && !lists) {
                over(instance, reason == null ? "deactivated" : reason, sink);
                if (!first) {
                    remove(instance, sink);
                }
            }
            first = false;
        }
        if (instances.isEmpty() && reason != null) {
            LiveInstance instance = new LiveInstance((String) null);
            instance.info = new InstanceInfo(ids.token(), State.TERMINATED, reason, null, null, sink.nextVersion(), sink.now());
            add(instance);
            sink.changed(this, instance.info, null);
        }
    }

    private void over(LiveInstance instance, String reason, ChangeSink sink) {
        InstanceInfo before = instance.info;
        instance.info = new InstanceInfo(before.id(), State.TERMINATED, reason, before.full(), before.last(), sink.nextVersion(), sink.now());
        sink.changed(this, instance.info, null);
    }

    /** A list that is complete told of these alone: the others are over. */
    void only(Set<String> keys, ChangeSink sink) {
        for (LiveInstance instance : instances) {
            if (instance.info.state() != State.TERMINATED && (instance.key == null || !keys.contains(instance.key))) {
                instance.key = null;
                over(instance, "noresource", sink);
                if (instances.size() > 1) {
                    remove(instance, sink);
                }
            }
        }
    }
}
