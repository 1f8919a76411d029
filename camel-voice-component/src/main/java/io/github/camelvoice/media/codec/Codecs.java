package io.github.camelvoice.media.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codecs that this media plane speaks, found by the encoding name of {@code a=rtpmap}. */
public final class Codecs {

    /** G.711 mu-law, payload type 0. */
    public static final AudioCodec PCMU = G711.mulaw();

    /** G.711 A-law, payload type 8. */
    public static final AudioCodec PCMA = G711.alaw();

    /** G.722 at 64 kbit/s, payload type 9. */
    public static final AudioCodec G722 = new G722();

    private static final List<AudioCodec> ALL = List.of(PCMU, PCMA, G722);

    private static final Map<String, AudioCodec> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(AudioCodec::encoding, Function.identity()));

    private static final List<String> NAMES = ALL.stream().map(AudioCodec::encoding).toList();

    private Codecs() {
    }

    /** The encoding names of all codecs, in order of preference. */
    public static List<String> names() {
        return NAMES;
    }

    /** All codecs, in order of preference. */
    public static Stream<AudioCodec> all() {
        return ALL.stream();
    }

    /**
     * The codec of an encoding name, ignoring case (RFC 4855 section 3).
     *
     * @return empty if the name is null or unknown
     */
    public static Optional<AudioCodec> find(String encoding) {
        return encoding == null ? Optional.empty()
                : Optional.ofNullable(BY_NAME.get(encoding.toUpperCase(Locale.ROOT)));
    }

    /**
     * The codec of an encoding name, ignoring case.
     *
     * @throws IllegalArgumentException if there is no such codec; the message names those that there are
     */
    public static AudioCodec get(String encoding) {
        return find(encoding).orElseThrow(() -> new IllegalArgumentException(
                "Unknown audio codec '" + encoding + "': known are " + NAMES));
    }

    /** The codec with a static payload type of RFC 3551 (table 4), empty if that type is not one of ours. */
    public static Optional<AudioCodec> ofStaticPayloadType(int payloadType) {
        return payloadType < 0 ? Optional.empty()
                : ALL.stream().filter(codec -> codec.staticPayloadType() == payloadType).findFirst();
    }
}
