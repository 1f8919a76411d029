package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.MediaInfo;

/**
 * The audio of one leg: negotiated by SDP texts, played into, recorded, heard. Every method is called on the call's mailbox
 * and returns at once; what takes time ends in a {@link MediaEvent}.
 */
public interface MediaLeg {

    /** Our offer for the present wish (see {@link #hold}); initial, repeated, or for an offerless re-INVITE (RFC 3264, section 8). */
    String offer();

    /**
     * Takes the answer to {@link #offer}. Audio starts. A second answer to the same first offer (each branch of a forked INVITE has its
     * own) replaces the one before; a repeat changes nothing. On failure a failed re-offer is rolled back; a first offer stays open.
     */
    void accept(String answer) throws MediaException;

    /** Answers a remote offer. Audio starts, or changes to what was agreed. On failure all stays as it was. */
    String answer(String offer) throws MediaException;

    /** Our offer was refused: the last agreement stands. */
    void rollback();

    /** What was agreed last, null before. */
    MediaInfo info();

    /** Wish for the next offer: this codec first. @return false if it is in use already, or not among the terms: then there is nothing to offer */
    default boolean prefer(String codec) {
        return false;
    }

    /** Wish for the next offer or answer: hold sends {@code sendonly}. Takes effect when agreed. */
    void hold(boolean on);

    /**
     * Plays into the call (not where its codec can only be passed on: FAILED then), replacing what is playing; ends in
     * {@link MediaEvent.PlayEnded} with this id.
     */
    void play(String playId, PlaySource source);

    /** Stops the playing, if any: its {@code PlayEnded} says STOPPED. */
    void stopPlay();

    /** Records to a WAV file; ends in {@link MediaEvent.RecordingEnded}. One recording a leg at a time. */
    void record(String recordingId, RecordTarget target) throws MediaException;

    /** Paused: the time is left out of the file, or silent, as {@link RecordTarget#pauses} says. */
    void pauseRecording(boolean paused);

    void stopRecording();

    /** Muted: we send silence (comfort: the stream goes on), whatever the source. */
    void mute(boolean on);

    /** Sends back what is heard. */
    void echo(boolean on);

    /** Sends RFC 4733 events, one after another; ends in {@link MediaEvent.DtmfSent}. Digits 0-9 * # A-D, and {@code w} for half a second. */
    void sendDtmf(String id, String digits, int toneMillis, int gapMillis) throws MediaException;

    /**
     * Both legs hear each other from now on; transcoded only where their codecs differ. Ends other sources.
     *
     * @throws MediaException NOT_ACCEPTABLE: their codecs differ, and one of them can only be passed on ({@link MediaPlane#transcodes})
     */
    void bridge(MediaLeg peer) throws MediaException;

    void unbridge();

    /** While on, nothing of a bridge goes out to the far end: it has not answered yet, and nobody talks to it before. What it says is heard. */
    default void withhold(boolean on) {
    }

    /**
     * Tells the tap of every packet from now on. Any number of taps at a time.
     *
     * @throws MediaException NOT_ACCEPTABLE: nobody could hear anything in packets of this codec ({@link MediaPlane#transcodes})
     */
    void tap(MediaTap tap) throws MediaException;

    /** The tap hears no more; its {@link MediaTap#closed} does not come. Unknown taps are ignored. */
    void untap(MediaTap tap);

    /** Speaks this audio into the call from now on, in place of what was spoken before; null for none. */
    void speak(LiveAudio audio);

    /** A snapshot; may be called on any thread. */
    MediaFigures.Pair figures();

    /** Gives the ports back, ends recording and playing (their events still come). Idempotent. */
    void close();
}
