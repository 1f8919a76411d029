package io.github.camelvoice.media.dsp;

import java.util.Map;
import java.util.TreeMap;

/** The ringing tones of countries, as ITU-T E.180 and its supplement 2 list them. Immutable. */
public final class RingTones {

    private static final double LEVEL = -16;
    private static final Map<String, RingTone> TONES = tones();

    /**
     * One of them.
     *
     * @param cadence     milliseconds of sound, silence, sound, … in turn
     * @param frequencies in Hz; a tone that is modulated has its side frequencies
     */
    public record RingTone(int[] cadence, double[] frequencies) {

        /** Once through the cadence, in milliseconds. */
        public int cycle() {
            int sum = 0;
            for (int part : cadence) {
                sum += part;
            }
            return sum;
        }

        public ToneGenerator generator(int sampleRate) {
            return new ToneGenerator(sampleRate, LEVEL - 3 * (frequencies.length - 1), cadence, frequencies);
        }
    }

    private RingTones() {
    }

    /** @param country ISO 3166 in lower case, {@code uk} and {@code us-old} besides; null if there is none */
    public static RingTone of(String country) {
        return TONES.get(country);
    }

    private static Map<String, RingTone> tones() {
        Map<String, RingTone> tones = new TreeMap<>();
        int[] oneFour = {1000, 4000};
        for (String country : "bg br ch cz de dk ee fi gr lt mx nl no pl ve".split(" ")) {
            put(tones, country, oneFour, 425);
        }
        put(tones, "at", new int[]{1000, 5000}, 420);
        put(tones, "au", new int[]{400, 200, 400, 2000}, 413, 438);
        put(tones, "be", new int[]{1000, 3000}, 425);
        put(tones, "cl", new int[]{1000, 3000}, 400);
        put(tones, "cn", oneFour, 450);
        put(tones, "es", new int[]{1500, 3000}, 425);
        put(tones, "fr", new int[]{1500, 3500}, 440);
        put(tones, "hu", new int[]{1250, 3750}, 425);
        put(tones, "il", new int[]{1000, 3000}, 400);
        put(tones, "in", new int[]{400, 200, 400, 2000}, 375, 400, 425);
        put(tones, "it", oneFour, 425);
        put(tones, "jp", new int[]{1000, 2000}, 385, 415);
        put(tones, "my", new int[]{400, 200, 400, 2000}, 425);
        put(tones, "nz", new int[]{400, 200, 400, 2000}, 400, 450);
        put(tones, "ph", oneFour, 425, 480);
        put(tones, "pt", new int[]{1000, 5000}, 425);
        put(tones, "ru", new int[]{800, 3200}, 425);
        put(tones, "se", new int[]{1000, 5000}, 425);
        put(tones, "sg", new int[]{400, 200, 400, 2000}, 401, 425, 449);
        put(tones, "th", oneFour, 400);
        put(tones, "tw", new int[]{1000, 2000}, 440, 480);
        put(tones, "uk", new int[]{400, 200, 400, 2000}, 400, 450);
        put(tones, "us", new int[]{2000, 4000}, 440, 480);
        put(tones, "us-old", new int[]{2000, 4000}, 380, 420, 460);
        put(tones, "za", new int[]{400, 200, 400, 2000}, 367, 400, 433);
        return tones;
    }

    private static void put(Map<String, RingTone> tones, String country, int[] cadence, double... frequencies) {
        tones.put(country, new RingTone(cadence, frequencies));
    }
}
