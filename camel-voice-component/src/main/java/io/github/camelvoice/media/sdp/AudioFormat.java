package io.github.camelvoice.media.sdp;

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

    /** The format as we offer it, null for an encoding without a static payload type. */
    static AudioFormat ours(String encoding) {
        return switch (encoding) {
            case "PCMU" -> new AudioFormat(0, "PCMU", 8000, "");
            case "PCMA" -> new AudioFormat(8, "PCMA", 8000, "");
            // The clock of G722 is 8000 though it samples at 16000: an error of RFC 1890 that stayed (RFC 3551, section 4.5.2).
            case "G722" -> new AudioFormat(9, "G722", 8000, "");
            default -> null;
        };
    }

    static AudioFormat events(int payloadType) {
        return new AudioFormat(payloadType, TELEPHONE_EVENT, 8000, "0-15");
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
        String map = of("rtpmap", format, attributes);
        if (map != null) {
            String[] parts = map.trim().split("/");
            if (parts.length < 2 || parts.length > 2 && !parts[2].trim().equals("1")) {
                return null;
            }
            try {
                String parameters = of("fmtp", format, attributes);
                return new AudioFormat(payloadType, parts[0].trim(), Integer.parseInt(parts[1].trim()), parameters == null ? "" : parameters.trim());
            } catch (NumberFormatException malformed) {
                return null;
            }
        }
        return switch (payloadType) {
            case 0 -> ours("PCMU");
            case 8 -> ours("PCMA");
            case 9 -> ours("G722");
            default -> null;
        };
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

    boolean isEvents() {
        return is(TELEPHONE_EVENT, 8000);
    }

    SdpAttribute rtpmap() {
        return new SdpAttribute("rtpmap", payloadType + " " + encoding + "/" + clockRate);
    }
}
