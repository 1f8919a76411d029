package io.github.camelvoice.store;

import io.github.camelvoice.trace.CallRecord;
import java.util.List;

/** @param nextPageToken where the next page begins, null if this is the last */
public record CallPage(List<CallRecord> calls, String nextPageToken) {

    public CallPage {
        calls = List.copyOf(calls);
    }
}
