package io.github.camelvoice.media.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The codecs that this media plane speaks, found by the encoding name of {@code a=rtpmap}. */
public final class Codecs {

    /** G.711 mu-law, payload type 0. */
    public static final AudioCodec PCMU = G711.mulaw();

    /** G.711 A-law, payload type 8. */
    public static final AudioCodec PCMA = G711.alaw();

    /** G.722 at 64 kbit/s, payload type 9. */
    public static final AudioCodec G722 = new G722();

    /** Opus, with a payload type of the session. */
    public static final AudioCodec OPUS = new OpusCodec();

    private static final Logger LOG = LoggerFactory.getLogger(Codecs.class);

    private static final Map<String, AudioCodec> BY_NAME = load(Codecs.class.getClassLoader());

    private static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

    private Codecs() {
    }

    /** Our own codecs, and what providers of this class loader have in place of those that we have no implementation of. */
    static Map<String, AudioCodec> load(ClassLoader loader) {
        Map<String, AudioCodec> codecs = new LinkedHashMap<>();
        for (AudioCodec codec : List.of(PCMU, PCMA, G722, OPUS, RelayedCodec.g729())) {
            codecs.put(codec.encoding(), codec);
        }
        try {
            for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class, loader)) {
                AudioCodec codec = provider.codec();
                if (fits(codec, codecs.get(codec.encoding()))) {
                    codecs.put(codec.encoding(), codec);
                } else {
                    LOG.warn("{} brings the codec {}, for which there is no use here", provider.getClass().getName(), codec.encoding());
                }
            }
        } catch (ServiceConfigurationError broken) {
            LOG.error("a provider of codecs cannot be used", broken);
        }
        return codecs;
    }

    private static boolean fits(AudioCodec codec, AudioCodec gap) {
        return gap != null && !gap.linear() && codec.linear() && codec.clockRate() == gap.clockRate()
                && codec.staticPayloadType() == gap.staticPayloadType() && (codec.sampleRate() == 8000 || codec.sampleRate() == 16000);
    }

    /** The encoding names of all codecs. */
    public static List<String> names() {
        return NAMES;
    }

    /** All codecs. */
    public static Stream<AudioCodec> all() {
        return new ArrayList<>(BY_NAME.values()).stream();
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
                : all().filter(codec -> codec.staticPayloadType() == payloadType).findFirst();
    }
}
