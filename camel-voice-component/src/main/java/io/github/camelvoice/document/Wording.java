package io.github.camelvoice.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What instructions do, in words: one line each, without passwords. */
public final class Wording {

    private static final String LATER = "(known when it runs)";

    private Wording() {
    }

    /** One line. */
    public static String of(Instruction instruction) {
        if (instruction instanceof Verb verb) {
            return verb(verb);
        }
        return instruction instanceof Prompt prompt ? prompt(prompt) : method(instruction);
    }

    /** Whether what stands behind it in its section is never carried out. */
    public static boolean isLast(Instruction instruction) {
        return instruction instanceof Instruction.Hangup || instruction instanceof Instruction.Return || instruction instanceof Instruction.Transfer
                || instruction instanceof Verb.Reject || instruction instanceof Verb.Redirect
                || instruction instanceof Verb.Dial dial && dial.order().action() != null
                || instruction instanceof Verb.Refer refer && refer.action() != null;
    }

    private static String verb(Verb verb) {
        if (verb instanceof Verb.Dial dial) {
            return dial(dial.order());
        } else if (verb instanceof Verb.Reject reject) {
            return "refuses the call: " + reject.reason().code() + " " + reject.reason().phrase() + "; ends one that is answered";
        } else if (verb instanceof Verb.Redirect redirect) {
            return "goes on with the document of " + redirect.action();
        } else if (verb instanceof Verb.Refer refer) {
            return "asks the caller's side to call " + refer.target() + then(refer.action());
        } else if (verb instanceof Verb.StartStream stream) {
            return "answers; sends " + switch (stream.order().direction()) {
                case SPEAK -> "what the caller says";
                case LISTEN -> "what the caller hears";
                case BOTH -> "both directions";
            } + " to " + Urls.label(java.net.URI.create(stream.order().url())) + named(stream.order().name()) + ", in the background"
                    + (stream.order().status() == null ? "" : "; its beginning and end are told to " + stream.order().status());
        }
        return "stops the stream" + named(((Verb.StopStream) verb).name());
    }

    private static String named(String name) {
        return name == null ? "" : " named " + name;
    }

    private static String then(Action action) {
        return action == null ? "; then the next verb" : "; then asks " + action + " what comes next";
    }

    private static String dial(DialOrder order) {
        List<String> words = new ArrayList<>();
        words.add("rings " + order.targets().stream().map(Wording::target).collect(Collectors.joining(order.sequential() ? ", then " : " and ")));
        words.add((order.sequential() ? "each " : "") + "for " + order.timeoutSeconds() + " s");
        words.add(order.answerOnBridge() ? "the caller is answered when somebody is connected" : "the caller is answered at once");
        if (order.callerId() != null || order.callerName() != null) {
            words.add("as " + (order.callerName() == null ? "" : order.callerName() + " ") + (order.callerId() == null ? "" : order.callerId()));
        }
        if (order.ringTone() != null) {
            words.add("the caller hears the ringing tone of " + order.ringTone());
        }
        if (order.hangupOnStar()) {
            words.add("the caller's * ends the connection");
        }
        words.add("talk ends after " + order.timeLimitSeconds() + " s");
        if (order.recording() != null) {
            words.add("recorded from the " + (order.recordRinging() ? "ringing" : "answer") + " on"
                    + (order.recording().dual() ? ", in two channels" : "")
                    + recorded(order.recording()));
        }
        return String.join("; ", words) + then(order.action());
    }

    private static String recorded(RecordingOrder order) {
        return (order.trim() ? ", without silence at its ends" : "") + (order.told() == null ? "" : ", told to " + new Action(order.told().url(),
                order.told().method())) + (order.storage() == null ? "" : ", and sent by " + order.storage().method());
    }

    private static String target(DialOrder.Target target) {
        List<String> words = new ArrayList<>();
        if (target.secure()) {
            words.add("SRTP only");
        }
        if (!target.codecs().isEmpty()) {
            words.add("codecs " + String.join(", ", target.codecs()));
        }
        if (target.username() != null) {
            words.add("as user " + target.username());
        }
        if (!target.headers().isEmpty()) {
            words.add("headers " + target.headers());
        }
        if (target.sessionSeconds() > 0) {
            words.add("session timer " + target.sessionSeconds() + " s");
        }
        if (target.whisper() != null) {
            words.add("who answers hears the document of " + target.whisper() + " first");
        }
        if (target.status() != null) {
            words.add(new TreeSet<>(target.status().events()).stream().map(CallProgress::word).collect(Collectors.joining(", ")) + " told to "
                    + new Action(target.status().url(), target.status().method()));
        }
        return target.uri() + (words.isEmpty() ? "" : " (" + String.join("; ", words) + ")");
    }

    private static String prompt(Prompt prompt) {
        if (prompt instanceof Prompt.Speak speak) {
            return (speak.verb().equals("Say") ? "says " : "plays ") + speak.sounds().stream().map(Wording::sound).collect(Collectors.joining(", "))
                    + (speak.loop() == 1 ? "" : speak.loop() == 0 ? ", again and again" : ", " + speak.loop() + " times");
        } else if (prompt instanceof Prompt.Pause pause) {
            return "waits " + pause.millis() / 1000.0 + " s";
        } else if (prompt instanceof Prompt.Keys keys) {
            return "sends the digits " + keys.digits();
        } else if (prompt instanceof Prompt.Gather gather) {
            return gather(gather);
        }
        Prompt.Record record = (Prompt.Record) prompt;
        return "records the caller" + (record.beep() ? " after a tone" : "") + ", for at most " + record.order().maxSeconds() + " s, until "
                + record.order().silenceSeconds() + " s of silence" + (record.finishOnKeys().isEmpty() ? "" : " or a key of " + record.finishOnKeys())
                + recorded(record.order()) + then(record.action());
    }

    private static String gather(Prompt.Gather gather) {
        String said = gather.prompts().isEmpty() ? "" : gather.prompts().stream().map(Wording::of).collect(Collectors.joining(", ")) + ", and ";
        return said + "takes " + (gather.numDigits() == 0 ? "keys" : gather.numDigits() + (gather.numDigits() == 1 ? " key" : " keys"))
                + (gather.finishOnKey().isEmpty() ? "" : " until " + gather.finishOnKey()) + ", " + gather.timeoutSeconds() + " s for each"
                + (gather.action() == null ? "; then the next verb" : "; asks " + gather.action() + " what comes next"
                + (gather.actionOnEmptyResult() ? ", even if there is none" : "; without a key the next verb"));
    }

    private static String sound(Sound sound) {
        return sound instanceof Sound.Speech speech ? "\"" + speech.text() + "\"" + (speech.language() == null ? "" : " in " + speech.language())
                + (speech.voice() == null ? "" : " by " + speech.voice()) : sound.label();
    }

    private static String method(Instruction instruction) {
        if (instruction instanceof Instruction.Answer) {
            return "answers the call";
        } else if (instruction instanceof Instruction.Play play) {
            return "plays " + play.sounds().stream().map(each -> each.known().map(Wording::sound).orElse(LATER)).collect(Collectors.joining(", "));
        } else if (instruction instanceof Instruction.Hangup hangup) {
            return "ends the call" + hangup.reason().known().filter(reason -> reason != HangupReason.HANGUP).map(reason -> ": "
                    + reason.name().toLowerCase(Locale.ROOT)).orElse("");
        } else if (instruction instanceof Instruction.Tap tap) {
            return "sends audio to " + tap.order().uri().known().map(Urls::label).orElse(LATER) + ", in the background";
        } else if (instruction instanceof Instruction.StopTap) {
            return "stops a tap";
        } else if (instruction instanceof Instruction.SetVariables set) {
            return "sets " + String.join(", ", set.values().keySet());
        } else if (instruction instanceof Instruction.UnsetVariables unset) {
            return "removes " + String.join(", ", unset.names());
        } else if (instruction instanceof Instruction.Transfer transfer) {
            return "goes on with " + transfer.destination().known().map(Wording::destination).orElse(LATER);
        }
        return "returns";
    }

    private static String destination(Instruction.Destination destination) {
        if (destination instanceof Instruction.Destination.Section section) {
            return "section " + section.name();
        }
        return destination instanceof Instruction.Destination.Fetched fetched ? "the document of " + Urls.label(fetched.url())
                : "a document within it";
    }
}
