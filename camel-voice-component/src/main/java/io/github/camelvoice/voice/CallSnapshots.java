package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallSnapshot;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=list}: an immutable list with a JSON form of its own. */
public final class CallSnapshots extends AbstractList<CallSnapshot> {

    private final List<CallSnapshot> calls;

    public CallSnapshots(List<CallSnapshot> calls) {
        this.calls = List.copyOf(calls);
    }

    @Override
    public CallSnapshot get(int index) {
        return calls.get(index);
    }

    @Override
    public int size() {
        return calls.size();
    }
}
