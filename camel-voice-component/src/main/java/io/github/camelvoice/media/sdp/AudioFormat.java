package io.github.camelvoice.media.sdp;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import java.util.List;

/**
 * A payload type with its meaning (RFC 8866, section 6.6; static types of RFC 3551, table 4).
 *
 * @param payloadType 0 to 127
 * @param encoding    {@code PCMU}; compare without regard to case
 * @param clockRate   of RTP timestamps, Hz
 * @param parameters  value of fmtp, empty if there is none
 */
public record AudioFormat(int payloadType, String encoding, int clockRate, String parameters) {

    public static final String TELEPHONE_EVENT = "telephone-event";
    /** RFC 7587, section 7: the name is written in lower case and two channels are told, whatever is sent. */
    private static final String OPUS = "opus";
    private static final String OPUS_MAP = " opus/48000/2";

    /** The format as we tell it. */
    static AudioFormat ours(AudioCodec codec, int payloadType) {
        return new AudioFormat(payloadType, codec.encoding(), codec.clockRate(), codec.parameters());
    }

    static AudioFormat events(int payloadType, int clockRate) {
        return new AudioFormat(payloadType, TELEPHONE_EVENT, clockRate, "0-15");
    }

    static AudioFormat read(String format, List<SdpAttribute> attributes) {
        int payloadType;
        try {
            payloadType = Integer.parseInt(format);
        } catch (NumberFormatException notRtp) {
            return null;
        }
        if (payloadType < 0 || payloadType > 127) {
            return null;
        }
        String parameters = of("fmtp", format, attributes);
        parameters = parameters == null ? "" : parameters.trim();
        String map = of("rtpmap", format, attributes);
        if (map != null) {
            return mapped(payloadType, map.trim().split("/"), parameters);
        }
        AudioCodec codec = Codecs.ofStaticPayloadType(payloadType).orElse(null);
        return codec == null ? null : new AudioFormat(payloadType, codec.encoding(), codec.clockRate(), parameters);
    }

    private static AudioFormat mapped(int payloadType, String[] parts, String parameters) {
        if (parts.length < 2 || parts.length > 2 && !channels(parts)) {
            return null;
        }
        try {
            return new AudioFormat(payloadType, parts[0].trim(), Integer.parseInt(parts[1].trim()), parameters);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    /** One, but two of Opus; some say one of it, and mean the same. */
    private static boolean channels(String[] parts) {
        String told = parts[2].trim();
        return parts.length == 3 && (told.equals("1") || told.equals("2") && parts[0].trim().equalsIgnoreCase(OPUS));
    }

    private static String of(String name, String format, List<SdpAttribute> attributes) {
        for (SdpAttribute attribute : attributes) {
            String value = attribute.value();
            if (attribute.name().equals(name) && value != null && value.startsWith(format)
                    && value.length() > format.length() && value.charAt(format.length()) == ' ') {
                return value.substring(format.length() + 1);
            }
        }
        return null;
    }

    boolean is(String name, int rate) {
        return clockRate == rate && encoding.equalsIgnoreCase(name);
    }

    boolean is(AudioCodec codec) {
        return is(codec.encoding(), codec.clockRate());
    }

    /** Telephone events count in the clock of a codec beside them (RFC 4733, section 2.1): 8000 or 48000 here. */
    boolean isEvents() {
        return encoding.equalsIgnoreCase(TELEPHONE_EVENT) && (clockRate == 8000 || clockRate == 48_000);
    }

    SdpAttribute rtpmap() {
        return new SdpAttribute("rtpmap", payloadType + (encoding.equalsIgnoreCase(OPUS) ? OPUS_MAP : " " + encoding + "/" + clockRate));
    }
}
