package io.github.camelvoice.webhook;

import io.github.camelvoice.document.CallProgress;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.document.StatusOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads what an application wants to be told of. What is wrong is an {@link IllegalArgumentException} that begins with "must be". */
public final class Orders {

    private Orders() {
    }

    /**
     * @param target an http(s) URL, or the name of a target that the operator has
     * @param method GET, POST or null for POST, in any case
     * @param events each one word or several between blanks; none for {@code completed}
     */
    public static StatusOrder status(String target, String method, Collection<String> events) {
        Set<CallProgress> found = EnumSet.noneOf(CallProgress.class);
        for (String word : words(events)) {
            found.add(Arrays.stream(CallProgress.values()).filter(each -> each.word().equals(word)).findFirst().orElseThrow(() ->
                    new IllegalArgumentException("must be words out of initiated, ringing, answered and completed, between blanks")));
        }
        return new StatusOrder(target, method(method), found.isEmpty() ? Set.of(CallProgress.COMPLETED) : found);
    }

    /** The same for a recording. */
    public static RecordingOrder.Told recording(String target, String method, Collection<String> events) {
        Set<RecordingStatus> found = EnumSet.noneOf(RecordingStatus.class);
        words(events).forEach(word -> found.add(RecordingStatus.of(word)));
        return new RecordingOrder.Told(target, method(method), found);
    }

    /** @return GET or POST; POST for null */
    public static String method(String method) {
        if (method == null || method.equalsIgnoreCase("POST")) {
            return "POST";
        }
        if (method.equalsIgnoreCase("GET")) {
            return "GET";
        }
        throw new IllegalArgumentException("must be GET or POST");
    }

    private static List<String> words(Collection<String> events) {
        return events.stream().filter(each -> each != null && !each.isBlank()).flatMap(each -> Arrays.stream(each.strip().split("\\s+"))).toList();
    }
}
