package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.SubscriptionInfo;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=list} of {@code voice:subscribe}: an immutable list with a JSON form of its own. */
public final class SubscriptionInfos extends AbstractList<SubscriptionInfo> {

    private final List<SubscriptionInfo> list;

    public SubscriptionInfos(List<SubscriptionInfo> list) {
        this.list = List.copyOf(list);
    }

    @Override
    public SubscriptionInfo get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }
}
