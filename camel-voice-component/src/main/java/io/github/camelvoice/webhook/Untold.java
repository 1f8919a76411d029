package io.github.camelvoice.webhook;

import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.sep.SepDocument;
import io.github.camelvoice.subscription.sep.SepViews;
import io.github.camelvoice.subscription.state.EventState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a receiver does not know yet: the newest state of each instance that changed, in the order of the last changes. Confined to the mailbox of its
 * {@link Telling}.
 */
final class Untold {

    /** Endings of one instance that are kept while its receiver is slow or away. */
    private static final int MOST_PASSED = 5_000;
    /** Endings that one document tells; further ones come with the next. */
    private static final int MOST_AT_ONCE = 100;

    private record Key(String resource, String instance) {
    }

    /**
     * An instance.
     *
     * @param several whether there were several changes, or how many is not known: its last document alone does not say all then
     * @param passed  what ended, and nobody saw, in its order
     */
    record News(String resource, InstanceInfo instance, boolean several, List<EventState> passed) {

        /** One of which it is not known what the receiver has. */
        News(String resource, InstanceInfo instance) {
            this(resource, instance, true, List.of());
        }

        SepDocument.Instance view() {
            if (!several || passed.isEmpty() || instance.full() == null) {
                return SepViews.instance(instance, several);
            }
            EventState whole = Endings.with(instance.full(), passed.subList(0, Math.min(MOST_AT_ONCE, passed.size())));
            return SepViews.instance(instance, whole.contentType(), whole.document());
        }

        /** What is left when {@link #view} has been told; null if nothing is. */
        private News rest() {
            return passed.size() <= MOST_AT_ONCE ? null : new News(resource, instance, true, passed.subList(MOST_AT_ONCE, passed.size()));
        }

        private Key key() {
            return new Key(resource, instance.id());
        }
    }

    private final Map<Key, News> news = new LinkedHashMap<>();

    boolean isEmpty() {
        return news.isEmpty();
    }

    Collection<News> all() {
        return news.values();
    }

    /** Null where nothing is new. */
    News find(String resource, String instance) {
        return news.get(new Key(resource, instance));
    }

    /** @return whether there was one of this instance already, which nobody will see by itself */
    boolean add(StateChange change) {
        List<EventState> changed = change.changed() != null && Endings.in(change.changed()) ? List.of(change.changed()) : List.of();
        Key key = new Key(change.resource(), change.instance().id());
        News before = news.remove(key);
        News now = new News(change.resource(), change.instance(), false, changed);
        news.put(key, before == null ? now : both(before, now));
        return before != null;
    }

    private static News both(News older, News newer) {
        List<EventState> passed = new ArrayList<>(older.passed());
        passed.addAll(newer.passed());
        return new News(newer.resource(), newer.instance(), true, passed.subList(Math.max(0, passed.size() - MOST_PASSED), passed.size()));
    }

    /** Also what was told of before, and is told of again. */
    void addAll(Collection<News> more) {
        more.forEach(each -> news.merge(each.key(), each, (here, there) ->
                here.instance().version() >= there.instance().version() ? both(there, here) : both(here, there)));
        List<News> sorted = new ArrayList<>(news.values());
        sorted.sort(Comparator.comparingLong(each -> each.instance().version()));
        news.clear();
        sorted.forEach(each -> news.put(each.key(), each));
    }

    /** Takes off what is about to be told. */
    void take(Collection<News> part) {
        for (News each : part) {
            news.remove(each.key());
            if (each.rest() != null) {
                news.put(each.key(), each.rest());
            }
        }
    }
}
