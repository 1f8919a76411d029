package io.github.camelvoice.tap;

import io.github.camelvoice.call.spi.MediaTap.Track;
import java.net.InetSocketAddress;

/**
 * Where the audio of one tap goes. Made for one tap; every method is called on the tap's own event loop, which serves other taps too: nothing
 * may wait. What happens to the sink it tells its {@link Owner}, on the same loop.
 */
public interface Sink {

    /** The form in which it wants its frames; always the same, asked on any thread. */
    AudioShape shape();

    /**
     * Whether it can carry this direction: asked on any thread before it is opened, and before the direction changes.
     *
     * @throws TapException BAD_REQUEST saying why not
     */
    default void check(TapDirection direction) throws TapException {
        // most carry all of them
    }

    /**
     * Connects; ends in {@link Owner#opened} or {@link Owner#lost}. Called again, after a while, to connect anew when it was lost in mid-stream.
     * Each open has an owner of its own: what an earlier one is told is ignored. An attempt may take 5 s; the next one must put an end to it.
     */
    void open(Owner owner);

    /**
     * One frame, {@link AudioShape#frameBytes} long. Not called before it was opened.
     *
     * @param track        of the frame; INBOUND for a mix and for stereo
     * @param frame        valid during the call only
     * @param offsetMillis of the frame's begin from the start of the tap
     * @param afterGap     frames before this one are missing: dropped, or lost with a connection
     */
    void frame(Track track, byte[] frame, int length, long offsetMillis, boolean afterGap);

    /** The far end of the call pressed a key. */
    void digit(char digit, int durationMillis);

    /** Called once in a turn of the loop, about every 20 ms: time to flush, to tell of marks, to look at time-outs. */
    void turn(long nanos);

    /** Ends it. Idempotent; nothing is told any more. {@code reason} as in {@link TapInfo#reason}. */
    void close(String reason);

    /** Frames that it holds back since its peer is slow; frames that it dropped for that since it was opened. */
    int waiting();

    long dropped();

    /** Whom a sink reports to. */
    interface Owner {

        /** @param local null unless RTP; the first frame may come now */
        void opened(InetSocketAddress local, InetSocketAddress remote);

        /** It could not connect, or was lost. {@code lasting}: trying again makes no sense (refused, policy, bad answer). */
        void lost(String reason, boolean lasting);

        /** The far end ended the tap in good order. */
        void finished(String reason);

        /** Where it speaks into the call; null where the tap may not. */
        Speech speech();

        /** The far end asks for digits to be sent into the call. */
        void sendDigits(String digits);
    }
}
