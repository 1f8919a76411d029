package io.github.camelvoice.media.sdp;

import io.github.camelvoice.media.codec.AudioCodec;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Our payload types of a session. A number keeps its meaning as long as the session lasts (RFC 3264, section 8.3.2): ours keep theirs, and take
 * none that the far end gave another meaning.
 */
final class PayloadTypes {

    private static final int EVENTS = 101;
    private static final int FIRST_DYNAMIC = 96;
    private static final int LAST = 127;

    private final Map<String, Integer> ours = new HashMap<>();
    private final BitSet taken = new BitSet(LAST + 1);

    /** Our number for a codec. */
    int of(AudioCodec codec) {
        return codec.staticPayloadType() >= 0 ? codec.staticPayloadType() : dynamic(name(codec.encoding(), codec.clockRate()), FIRST_DYNAMIC);
    }

    int ofEvents(int clockRate) {
        return dynamic(name(AudioFormat.TELEPHONE_EVENT, clockRate), EVENTS);
    }

    private int dynamic(String name, int preferred) {
        Integer known = ours.get(name);
        if (known != null) {
            return known;
        }
        int free = free(preferred);
        ours.put(name, free);
        return free;
    }

    private int free(int from) {
        for (int number = from; number <= LAST; number++) {
            if (!taken.get(number) && !ours.containsValue(number)) {
                return number;
            }
        }
        return from == FIRST_DYNAMIC ? FIRST_DYNAMIC : free(FIRST_DYNAMIC);
    }

    /** What the numbers in a description of the far end's mean. In an answer of ours they mean the same. */
    void theirs(List<String> formats, AudioFormat codec, AudioFormat events) {
        agreed(codec);
        if (events != null) {
            agreed(events);
        }
        for (String format : formats) {
            if (format.matches("\\d{1,3}") && Integer.parseInt(format) <= LAST) {
                taken.set(Integer.parseInt(format));
            }
        }
        ours.values().removeIf(number -> taken.get(number) && number != codec.payloadType() && (events == null || number != events.payloadType()));
    }

    private void agreed(AudioFormat format) {
        if (format.payloadType() >= FIRST_DYNAMIC) {
            ours.put(name(format.encoding().toUpperCase(Locale.ROOT), format.clockRate()), format.payloadType());
        }
    }

    private static String name(String encoding, int clockRate) {
        return encoding.toUpperCase(Locale.ROOT) + "/" + clockRate;
    }
}
