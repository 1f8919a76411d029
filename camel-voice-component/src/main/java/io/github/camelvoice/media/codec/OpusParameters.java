package io.github.camelvoice.media.codec;

/**
 * What a receiver of Opus says of itself in {@code a=fmtp} (RFC 7587, section 6.1), as far as a sender of telephony heeds it. Its wish for
 * stereo is none that it may rely on; we send mono.
 *
 * @param maxPlaybackRate Hz, 48000 where nothing is said
 * @param maxBitRate      bits per second, 0 where nothing is said
 * @param inbandFec       whether it makes use of FEC
 * @param constantBitRate whether it wants each packet to be as long as the other
 * @param discontinuous   whether it likes to get nothing during silence
 */
record OpusParameters(int maxPlaybackRate, int maxBitRate, boolean inbandFec, boolean constantBitRate, boolean discontinuous) {

    private static final int MAX_PLAYBACK = 48_000;

    /** Reads {@code name=value} between semicolons; what is unknown or makes no sense is left out. */
    static OpusParameters read(String fmtp) {
        int rate = MAX_PLAYBACK;
        int bits = 0;
        boolean fec = false;
        boolean cbr = false;
        boolean dtx = false;
        for (String each : fmtp.split(";")) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String value = each.substring(equals + 1).trim();
            switch (each.substring(0, equals).trim()) {
                case "maxplaybackrate" -> rate = number(value, 8000, MAX_PLAYBACK, rate);
                case "maxaveragebitrate" -> bits = number(value, 6000, 510_000, bits);
                case "useinbandfec" -> fec = value.equals("1");
                case "cbr" -> cbr = value.equals("1");
                case "usedtx" -> dtx = value.equals("1");
                default -> {
                    // of our sending it says nothing
                }
            }
        }
        return new OpusParameters(rate, bits, fec, cbr, dtx);
    }

    private static int number(String value, int least, int most, int otherwise) {
        try {
            int number = Integer.parseInt(value);
            return number < least ? otherwise : Math.min(number, most);
        } catch (NumberFormatException malformed) {
            return otherwise;
        }
    }
}
