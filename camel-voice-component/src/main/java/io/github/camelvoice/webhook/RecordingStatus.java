package io.github.camelvoice.webhook;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a recording stands, in the words that applications know ({@code RecordingStatus}). */
public enum RecordingStatus {
    IN_PROGRESS,
    COMPLETED,
    /** Too short, or silent: there is no file. */
    ABSENT,
    /** It could not be written, or not be brought to where it belongs. */
    FAILED;

    /** {@code in-progress} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param text words between blanks; null or blank for the default, {@code completed}
     * @throws IllegalArgumentException naming what there is
     */
    public static Set<RecordingStatus> parse(String text) {
        if (text == null || text.isBlank()) {
            return Set.of(COMPLETED);
        }
        Set<RecordingStatus> found = EnumSet.noneOf(RecordingStatus.class);
        for (String word : text.strip().split("\\s+")) {
            found.add(Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst().orElseThrow(() ->
                    new IllegalArgumentException("must be words out of in-progress, completed, absent and failed, between blanks")));
        }
        return found;
    }
}
