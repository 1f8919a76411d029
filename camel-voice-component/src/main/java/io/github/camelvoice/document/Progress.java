package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import java.util.List;
import java.util.Map;

/** Tells applications how calls get on, in form parameters. Thread-safe; nothing here waits or fails: what cannot be told is logged. */
public interface Progress {

    /** Where nobody tells. */
    Progress NONE = new Progress() {
        @Override
        public void attach(Call call, StatusOrder order) {
            // nobody to tell
        }

        @Override
        public void tell(CallSnapshot call, Action to, List<Map.Entry<String, String>> parameters) {
            // nobody to tell
        }
    };

    /** From now on the application is told of the milestones of the call; of those that it has reached already too. */
    void attach(Call call, StatusOrder order);

    /**
     * Tells one thing, written down before it is sent.
     *
     * @param parameters beyond the standard ones of the call
     */
    void tell(CallSnapshot call, Action to, List<Map.Entry<String, String>> parameters);
}
