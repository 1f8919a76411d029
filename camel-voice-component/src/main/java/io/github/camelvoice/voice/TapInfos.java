package io.github.camelvoice.voice;

import io.github.camelvoice.tap.TapInfo;
import java.util.AbstractList;
import java.util.List;

/** The body of {@code operation=list} of {@code voice:tap}: an immutable list with a JSON form of its own. */
public final class TapInfos extends AbstractList<TapInfo> {

    private final List<TapInfo> taps;

    public TapInfos(List<TapInfo> taps) {
        this.taps = List.copyOf(taps);
    }

    @Override
    public TapInfo get(int index) {
        return taps.get(index);
    }

    @Override
    public int size() {
        return taps.size();
    }
}
