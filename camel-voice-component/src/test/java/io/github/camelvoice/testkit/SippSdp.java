package io.github.camelvoice.testkit;

/** SDP of a SIPp scenario: one audio stream on SIPp's media port. */
final class SippSdp {

    private static final String BODY = """
            v=0
            o=- 1 %d IN IP4 [local_ip]
            s=-
            c=IN IP4 [media_ip]
            t=0 0
            m=audio [media_port] RTP/AVP %s
            %sa=%s
            """;

    private SippSdp() {
    }

    /** @param payloadTypes separated by blanks; types that are not known get a codec that nobody has */
    static String text(String payloadTypes, int version, String direction) {
        StringBuilder maps = new StringBuilder();
        for (String type : payloadTypes.split(" ")) {
            maps.append(switch (type) {
                case "0" -> "a=rtpmap:0 PCMU/8000\n";
                case "8" -> "a=rtpmap:8 PCMA/8000\n";
                case "9" -> "a=rtpmap:9 G722/8000\n";
                case "101" -> "a=rtpmap:101 telephone-event/8000\na=fmtp:101 0-16\n";
                default -> "a=rtpmap:" + type + " X-NONE/8000\n";
            });
        }
        return BODY.formatted(version, payloadTypes, maps, direction);
    }
}
