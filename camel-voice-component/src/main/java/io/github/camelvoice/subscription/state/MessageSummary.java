package io.github.camelvoice.subscription.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that wait (RFC 3842).
 *
 * @param waiting  whether any do
 * @param account  URI of the mailbox, null where nothing was said
 * @param counts   by message context class in lower case: {@code voice-message}
 * @param messages headers of messages, as the server chose them; one map a message
 */
public record MessageSummary(boolean waiting, String account, Map<String, Counts> counts, List<Map<String, String>> messages) implements EventState {

    public static final String TYPE = "application/simple-message-summary";

    public MessageSummary {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        messages = messages.stream().map(each -> Collections.unmodifiableMap(new LinkedHashMap<>(each))).toList();
    }

    /** Voice messages alone. @param account null for none */
    public static MessageSummary voice(String account, long fresh, long old) {
        return new MessageSummary(fresh > 0, account, Map.of("voice-message", Counts.of(fresh, old)), List.of());
    }

    /** How many messages, each 0 to 4294967295. @param newUrgent null where nothing was said @param oldUrgent null with it */
    public record Counts(long fresh, long old, Long newUrgent, Long oldUrgent) {

        public static Counts of(long fresh, long old) {
            return new Counts(fresh, old, null, null);
        }
    }

    @Override
    public long version() {
        return -1;
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public String document() {
        return SummaryText.write(this);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> classes = new LinkedHashMap<>();
        counts.forEach((name, each) -> classes.put(name, Fields.values("new", each.fresh(), "old", each.old(), "newUrgent", each.newUrgent(),
                "oldUrgent", each.oldUrgent())));
        return Fields.values("messagesWaiting", waiting, "account", account, "counts", classes, "messages", messages);
    }
}
