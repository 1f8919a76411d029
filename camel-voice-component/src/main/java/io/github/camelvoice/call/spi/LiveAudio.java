package io.github.camelvoice.call.spi;

/**
 * Audio that is spoken into a call while it is made elsewhere. Pulled by the clock of the leg's thread, 20 ms at a time; must return at once.
 * What is played ({@link MediaLeg#play}) goes before it, a bridge gives way to it while it has something to say.
 */
public interface LiveAudio {

    /** Whether {@link #pull} has something to give now. */
    boolean ready();

    /** Fills all of {@code pcm[0..samples)} at {@code rate} Hz (8000 or 16000); what is missing at its end is silence. */
    void pull(short[] pcm, int samples, int rate);

    /** Nobody pulls any more: it was replaced, or the leg is closed. */
    void dropped();
}
