package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Prompt;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.Sound;
import io.github.camelvoice.document.cxml.CxmlParser.Reading;
import io.github.camelvoice.document.source.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The verbs that speak and listen. */
final class PromptVerbs {

    private static final int MOST_LOOPS = 1_000;
    private static final int MOST_SPOKEN = 4_096;
    private static final int HOUR = 3_600;
    private static final String NO_RECOGNITION = "there is no speech recognition; keys are heard";

    private PromptVerbs() {
    }

    /** @return null where it is told what is wrong */
    static Instruction read(Element element, Reading reading) {
        if (element instanceof Element.Gather) {
            return gather(element, reading);
        }
        return element instanceof Element.Record ? recording(element, reading) : prompt(element, reading);
    }

    private static Instruction prompt(Element element, Reading reading) {
        if (element instanceof Element.Say) {
            return say(element, reading);
        }
        return element instanceof Element.Play ? play(element, reading) : pause(element, reading);
    }

    private static Prompt say(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        String voice = attributes.text("voice");
        String language = attributes.read("language", null, PromptVerbs::language);
        int loop = attributes.whole("loop", 1, 0, MOST_LOOPS);
        attributes.end();
        for (Element child : element.children()) {
            reading.findings().warn(ProblemCode.ELEMENT_UNDEFINED, child.tag.place(), Findings.shown(child.tag.name)
                    + " within Say is not supported: its text is spoken as it is");
        }
        String text = element.spoken();
        if (text.isEmpty() || text.length() > MOST_SPOKEN) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_MISSING, element, "Say needs a text, of at most " + MOST_SPOKEN + " characters");
            return null;
        }
        return new Prompt.Speak(element.tag.place(), "Say", List.of(new Sound.Speech(text, language, voice)), loop);
    }

    private static String language(String text) {
        if (!text.strip().matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")) {
            throw new IllegalArgumentException("must be a language, like en or de-DE: " + Findings.shown(text));
        }
        return text.strip();
    }

    private static Instruction play(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        int loop = attributes.whole("loop", 1, 0, MOST_LOOPS);
        String digits = attributes.read("digits", null, Texts::digits);
        boolean keys = attributes.has("digits");
        attributes.end();
        reading.empty(element);
        Place place = element.tag.place();
        String text = element.text();
        if (keys && !text.isEmpty()) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_CONFLICT, element, "Play has both digits and a sound");
        } else if (keys) {
            return digits == null ? null : new Prompt.Keys(place, digits);
        }
        try {
            return new Prompt.Speak(place, "Play", List.of(Texts.sound(reading.base(), text)), loop);
        } catch (IllegalArgumentException wrong) {
            reading.wrong(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, element, "the text of Play " + wrong.getMessage());
            return null;
        }
    }

    private static Prompt pause(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        int seconds = attributes.whole("length", 1, 0, HOUR);
        attributes.end();
        CxmlParser.noText(element, reading.findings());
        reading.empty(element);
        return new Prompt.Pause(element.tag.place(), seconds * 1000);
    }

    private static Instruction gather(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        attributes.read("input", null, text -> input(text, attributes));
        int digits = attributes.whole("numDigits", 0, 1, 128);
        String finish = attributes.read("finishOnKey", "#", text -> oneKey(text));
        int timeout = attributes.read("timeout", 5, text -> text.strip().equals("auto") ? 5 : Texts.whole(text, 1, 600));
        boolean empty = attributes.flag("actionOnEmptyResult", false);
        Action action = attributes.action("action", "method", true);
        attributes.ignored(NO_RECOGNITION, "language", "hints", "speechTimeout", "speechModel", "enhanced", "profanityFilter", "bargeIn",
                "partialResultCallback", "partialResultCallbackMethod", "debug");
        attributes.ignored("every key is taken", "validDigits", "dtmfDetection");
        attributes.end();
        CxmlParser.noText(element, reading.findings());
        List<Prompt> prompts = new ArrayList<>();
        for (Element child : element.children()) {
            if (!(child instanceof Element.Say || child instanceof Element.Play || child instanceof Element.Pause)) {
                reading.wrong(ProblemCode.ELEMENT_UNDEFINED, child, Findings.shown(child.tag.name)
                        + " cannot be within Gather; there are Say, Play and Pause");
            } else if (prompt(child, reading) instanceof Prompt prompt) {
                if (prompt instanceof Prompt.Keys) {
                    reading.wrong(ProblemCode.METHOD_PARAMETER_CONFLICT, child, "Play within Gather cannot send digits");
                } else {
                    prompts.add(prompt);
                }
            }
        }
        return new Prompt.Gather(element.tag.place(), timeout, finish, digits, empty, action, prompts);
    }

    private static String input(String text, Attributes attributes) {
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("[\\s,]+"));
        if (!Set.of("dtmf", "speech").containsAll(words)) {
            throw new IllegalArgumentException("must be dtmf: " + Findings.shown(text));
        }
        if (!words.contains("dtmf")) {
            throw new IllegalArgumentException("must be dtmf: there is no speech recognition");
        }
        if (words.contains("speech")) {
            attributes.warn("input", "is taken as dtmf: there is no speech recognition");
        }
        return text;
    }

    private static String oneKey(String text) {
        if (text.length() > 1) {
            throw new IllegalArgumentException("must be one key, 0-9 * #, or empty for none: " + Findings.shown(text));
        }
        return Texts.keys(text);
    }

    private static Instruction recording(Element element, Reading reading) {
        Attributes attributes = reading.attributes(element);
        Action action = attributes.action("action", "method", true);
        int silence = attributes.whole("timeout", 5, 1, 600);
        String finish = attributes.read("finishOnKey", "1234567890*#", Texts::keys);
        int longest = attributes.whole("maxLength", HOUR, 1, 4 * HOUR);
        boolean beep = attributes.flag("playBeep", true);
        boolean trim = attributes.read("trim", true, DialVerb::trim);
        RecordingOrder.Told told = DialVerb.told(attributes);
        RecordingOrder.Storage storage = DialVerb.storage(attributes);
        attributes.ignored("there is no speech recognition", "transcribe", "transcribeCallback");
        attributes.end();
        CxmlParser.noText(element, reading.findings());
        reading.empty(element);
        return new Prompt.Record(element.tag.place(), beep, finish, new RecordingOrder(RecordingOrder.Tracks.HEARD, false, trim, longest, silence,
                RecordingOrder.RECORD, told, storage), action);
    }
}
