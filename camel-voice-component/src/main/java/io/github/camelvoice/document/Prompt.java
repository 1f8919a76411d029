package io.github.camelvoice.document;

import java.util.List;

/** Instructions that speak with whoever is on the call. A call that is not answered is answered first. */
public sealed interface Prompt extends Instruction {

    /**
     * Plays one sound after the other. One that cannot be played is passed over.
     *
     * @param verb {@code Say} or {@code Play}
     * @param loop how often all of them are played; 0 for as long as the call lasts
     */
    record Speak(Place place, String verb, List<Sound> sounds, int loop) implements Prompt {
        public Speak {
            sounds = List.copyOf(sounds);
            if (loop < 0 || sounds.isEmpty()) {
                throw new IllegalArgumentException("there must be a sound, and a loop of 0 or more");
            }
        }
    }

    /** Waits. */
    record Pause(Place place, int millis) implements Prompt {
        @Override
        public String verb() {
            return "Pause";
        }
    }

    /** Presses keys: {@code Play} with digits. A {@code w} waits for half a second. */
    record Keys(Place place, String digits) implements Prompt {
        static final int TONE_MILLIS = 160;
        static final int GAP_MILLIS = 80;

        /** @throws IllegalArgumentException naming what may stand there */
        public Keys {
            if (!digits.matches("[0-9*#A-Dw]{1,64}")) {
                throw new IllegalArgumentException("must be 1 to 64 of 0-9 * # A-D and w (half a second): " + digits);
            }
        }

        @Override
        public String verb() {
            return "Play";
        }
    }

    /**
     * Plays, and takes the keys that are pressed meanwhile and after it. The first key ends the playing.
     *
     * @param timeoutSeconds      how long the next key is waited for
     * @param finishOnKey         ends the input and is no part of it; empty for none
     * @param numDigits           ends the input; 0 for any number
     * @param actionOnEmptyResult whether the action is asked for where nothing was pressed; else the document goes on
     * @param action              null: the document goes on
     * @param prompts             what is played, {@link Speak} and {@link Pause}
     */
    record Gather(Place place, int timeoutSeconds, String finishOnKey, int numDigits, boolean actionOnEmptyResult, Action action,
                  List<Prompt> prompts) implements Prompt {
        public Gather {
            prompts = List.copyOf(prompts);
            if (!prompts.stream().allMatch(each -> each instanceof Speak || each instanceof Pause)) {
                throw new IllegalArgumentException("Gather plays and pauses, nothing else");
            }
        }

        @Override
        public String verb() {
            return "Gather";
        }
    }

    /**
     * Records whoever is on the call.
     *
     * @param beep         whether a tone is played first
     * @param finishOnKeys keys of which each ends it; empty for none
     * @param order        what to record
     * @param action       null: the document goes on. It goes on as well if there was nothing but silence
     */
    record Record(Place place, boolean beep, String finishOnKeys, RecordingOrder order, Action action) implements Prompt {
        @Override
        public String verb() {
            return "Record";
        }
    }
}
