package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.WatcherInfo;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=watchers} of {@code voice:subscribe}: an immutable list with a JSON form of its own. */
public final class WatcherInfos extends AbstractList<WatcherInfo> {

    private final List<WatcherInfo> watchers;

    public WatcherInfos(List<WatcherInfo> watchers) {
        this.watchers = List.copyOf(watchers);
    }

    @Override
    public WatcherInfo get(int index) {
        return watchers.get(index);
    }

    @Override
    public int size() {
        return watchers.size();
    }
}
