package io.github.camelvoice.document;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What can be asked for in a document, whatever its syntax. What a text could not know before it runs is a {@link Value} or a
 * {@link JsonTemplate}.
 */
public sealed interface Instruction permits Prompt, Verb, Instruction.Answer, Instruction.Play, Instruction.Hangup, Instruction.Tap,
        Instruction.StopTap, Instruction.SetVariables, Instruction.UnsetVariables, Instruction.Return, Instruction.Transfer {

    Place place();

    /** The word for it in log lines. */
    String verb();

    /**
     * Answers an inbound call; nothing on an answered one.
     *
     * @param maxSeconds longest time of the call from now on; null for what the engine allows
     * @param codecs     in order of preference; empty for those of the engine
     */
    record Answer(Place place, Value<Integer> maxSeconds, Value<List<String>> codecs) implements Instruction {
        @Override
        public String verb() {
            return "answer";
        }
    }

    /**
     * Plays one sound after the other.
     *
     * @param volume  gain in dB
     * @param answers whether a call that is not answered is answered first; else it gets early media
     * @param statusUrl where its beginning and end are told; null for nowhere
     * @param speaker for what is spoken of it
     */
    record Play(Place place, List<Value<Sound>> sounds, Value<Double> volume, Value<Boolean> answers, Value<String> statusUrl, SpeakerWish speaker)
            implements Instruction {
        @Override
        public String verb() {
            return "play";
        }
    }

    /** Who speaks texts. Each is null where nothing is wished. */
    record SpeakerWish(Value<String> voice, Value<String> language, Value<String> gender) {
        Sound.Speech apply(Sound.Speech speech, Scope scope) throws DocumentException {
            String named = voice != null ? voice.get(scope) : gender != null ? gender.get(scope) : null;
            return new Sound.Speech(speech.text(), language == null ? null : language.get(scope), named);
        }
    }

    /** Ends the call, and with it the document. */
    record Hangup(Place place, Value<HangupReason> reason) implements Instruction {
        @Override
        public String verb() {
            return "hangup";
        }
    }

    /** Sends the audio of the call elsewhere as well. Goes on at once. */
    record Tap(Place place, TapOrder order) implements Instruction {
        @Override
        public String verb() {
            return "tap";
        }
    }

    /** Ends a tap. {@code controlId} null: the one that was started last. */
    record StopTap(Place place, Value<String> controlId) implements Instruction {
        @Override
        public String verb() {
            return "stop_tap";
        }
    }

    /** Sets variables, in their order. */
    record SetVariables(Place place, Map<String, JsonTemplate> values) implements Instruction {
        @Override
        public String verb() {
            return "set";
        }
    }

    /** Removes variables; those that are not set are none. */
    record UnsetVariables(Place place, List<String> names) implements Instruction {
        @Override
        public String verb() {
            return "unset";
        }
    }

    /** Ends the document; the value becomes the variable {@code return_value}. */
    record Return(Place place, JsonTemplate value) implements Instruction {
        @Override
        public String verb() {
            return "return";
        }
    }

    /** Goes on elsewhere and does not come back. {@code params} replace those of the present section. */
    record Transfer(Place place, Value<Destination> destination, Map<String, JsonTemplate> params) implements Instruction {
        @Override
        public String verb() {
            return "transfer";
        }
    }

    /** Where a {@link Transfer} leads. */
    sealed interface Destination {

        /** A section of the document that runs. */
        record Section(String name) implements Destination {
        }

        /** A document that is fetched. */
        record Fetched(URI url) implements Destination {
        }

        /** A document within the document. */
        record Inline(Document document) implements Destination {
        }
    }
}
