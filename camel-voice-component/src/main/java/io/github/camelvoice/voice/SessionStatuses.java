package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionStatus;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=history} of {@code voice:session}: an immutable list with a JSON form of its own. */
public final class SessionStatuses extends AbstractList<SessionStatus> {

    private final List<SessionStatus> list;

    public SessionStatuses(List<SessionStatus> list) {
        this.list = List.copyOf(list);
    }

    @Override
    public SessionStatus get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }
}
