package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionInfo;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=list} of {@code voice:session}: an immutable list with a JSON form of its own. */
public final class SessionInfos extends AbstractList<SessionInfo> {

    private final List<SessionInfo> list;

    public SessionInfos(List<SessionInfo> list) {
        this.list = List.copyOf(list);
    }

    @Override
    public SessionInfo get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }
}
