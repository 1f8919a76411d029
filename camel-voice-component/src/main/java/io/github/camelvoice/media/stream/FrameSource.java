package io.github.camelvoice.media.stream;

/** Audio to send, pulled by the agent's clock. */
public interface FrameSource {

    /** Whether {@link #pull} makes sense yet: not before the source is open. */
    boolean ready();

    /**
     * Fills all of {@code pcm[0..samples)} with audio at {@code rate}; silence where it has none right now.
     *
     * @return false when it is at its end: nothing was filled
     */
    boolean pull(short[] pcm, int samples, int rate);

    /** It will not be pulled any more. */
    void stop();
}
