package io.github.camelvoice.document.swml;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.HangupReason;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.Instruction.Destination;
import io.github.camelvoice.document.JsonTemplate;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Sound;
import io.github.camelvoice.document.TapOrder;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.document.Value;
import io.github.camelvoice.document.source.Findings;
import io.github.camelvoice.document.source.SourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The methods of SWML that are executed here: what each may have. For one document. */
final class Methods {

    private static final int MOST_SOUNDS = 100;
    private static final int MAX_SECONDS = 7 * 24 * 3600;
    /** Names of SWML, and those of ours among them. */
    private static final Set<String> CODECS = Set.of("PCMU", "PCMA", "G722", "G729", "AMR-WB", "OPUS", "VP8", "H264");
    private static final Set<String> OURS = Set.of("PCMU", "PCMA", "G722", "OPUS", "G729");

    private final Map<String, Method> methods = new TreeMap<>();
    private final Set<String> sections;
    private final Findings findings;

    /** Makes an instruction of its properties; null where it is told what is wrong. */
    @FunctionalInterface
    private interface Method {
        Instruction read(String name, Place place, SourceNode value);
    }

    /** @param sections names of the sections of the document */
    Methods(Set<String> sections, Findings findings) {
        this.sections = sections;
        this.findings = findings;
        methods.put("answer", withProperties(this::answer));
        methods.put("play", withProperties(this::play));
        methods.put("hangup", withProperties(this::hangup));
        methods.put("tap", withProperties(this::tap));
        methods.put("stop_tap", withProperties(this::stopTap));
        methods.put("set", this::set);
        methods.put("unset", this::unset);
        methods.put("return", (name, place, value) -> new Instruction.Return(place,
                value == null ? new JsonTemplate.Fixed(NullNode.getInstance()) : Readers.template(value, findings)));
        methods.put("transfer", this::transfer);
    }

    /** @param value null where there is nothing but the name */
    Instruction read(String name, Place place, SourceNode value) {
        Method method = methods.get(name);
        if (method == null) {
            findings.add(ProblemCode.METHOD_UNDEFINED, place, (Names.ELSEWHERE.contains(name) ? "the method '" + name + "' is not supported here"
                    : "there is no method '" + Findings.shown(name) + "'") + "; there are " + String.join(", ", methods.keySet()));
            return null;
        }
        return method.read(name, place, value);
    }

    /** A method with an object of properties; nothing at all is an empty one. */
    private Method withProperties(BiFunction<Place, Properties, Instruction> maker) {
        return (name, place, value) -> {
            Map<String, SourceNode.Member> members = members(name, value);
            return members == null ? null : maker.apply(place, new Properties(name, place, members, findings));
        };
    }

    private Map<String, SourceNode.Member> members(String name, SourceNode value) {
        if (value == null || value instanceof SourceNode.Scalar scalar && scalar.isNull()) {
            return Map.of();
        }
        if (value instanceof SourceNode.Members object) {
            return object.members();
        }
        findings.add(ProblemCode.ELEMENT_WRONG_TYPE, value.place(), name + " must have an object with its properties, not " + value.kind());
        return null;
    }

    private Instruction answer(Place place, Properties properties) {
        Value<Integer> seconds = properties.number("max_duration", true, Readers.whole(1, MAX_SECONDS, 1));
        Value<List<String>> codecs = properties.text("codecs", Methods::codecs);
        properties.unsupported("username", "callers are answered, they are not authenticated by the document");
        properties.unsupported("password", "callers are answered, they are not authenticated by the document");
        properties.end(Set.of("username", "password"));
        return new Instruction.Answer(place, seconds, codecs == null ? Value.of(List.of()) : codecs);
    }

    /** Those that we have: a list of codecs is a wish. */
    private static List<String> codecs(String text) {
        List<String> names = Arrays.stream(text.split(",")).map(name -> name.trim().toUpperCase(Locale.ROOT)).toList();
        for (String name : names) {
            if (!CODECS.contains(name)) {
                throw new IllegalArgumentException("must be some of PCMU, PCMA, G722, G729, AMR-WB, OPUS, VP8, H264 between commas: "
                        + Findings.shown(text));
            }
        }
        List<String> ours = names.stream().filter(OURS::contains).distinct().toList();
        if (ours.isEmpty()) {
            throw new IllegalArgumentException("has none of the codecs that there are here (PCMU, PCMA, G722, OPUS, G729): " + Findings.shown(text));
        }
        return ours;
    }

    private Instruction play(Place place, Properties properties) {
        Value<Sound> url = properties.text("url", Readers::sound);
        List<Value<Sound>> urls = properties.texts("urls", Readers::sound);
        Value<Double> volume = properties.number("volume", false, Readers.decimal(-40, 40));
        Value<Boolean> answers = properties.flag("auto_answer");
        Instruction.SpeakerWish speaker = new Instruction.SpeakerWish(properties.text("say_voice", Readers::anyText),
                properties.text("say_language", Readers::anyText), properties.text("say_gender", Readers::gender));
        Value<String> statusUrl = properties.text("status_url", Urls::target);
        properties.end(Set.of());
        if (urls != null && urls.size() > MOST_SOUNDS) {
            findings.add(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, properties.placeOf("urls"), "must not have more than " + MOST_SOUNDS);
        }
        if (properties.has("url") && properties.has("urls")) {
            return properties.conflict("play has both 'url' and 'urls'");
        }
        if (!properties.has("url") && !properties.has("urls")) {
            return properties.missing("play needs 'url' or 'urls'");
        }
        List<Value<Sound>> sounds = url != null ? List.of(url) : urls == null ? List.of() : List.copyOf(urls);
        return new Instruction.Play(place, sounds, volume == null ? Value.of(0.0) : volume, answers == null ? Value.of(true) : answers,
                statusUrl, speaker);
    }

    private Instruction hangup(Place place, Properties properties) {
        Value<HangupReason> reason = properties.text("reason", Readers.word(HangupReason.class, false, Map.of()));
        properties.end(Set.of());
        return new Instruction.Hangup(place, reason == null ? Value.of(HangupReason.HANGUP) : reason);
    }

    private Instruction tap(Place place, Properties properties) {
        TapOrder order = new TapOrder(properties.text("uri", Readers::tapUri), properties.text("control_id", Readers::id),
                or(properties.text("direction", Readers.word(TapOrder.Direction.class, false, Map.of("hear", TapOrder.Direction.LISTEN))),
                        TapOrder.Direction.SPEAK),
                or(properties.text("codec", Readers.word(TapOrder.Codec.class, true, Map.of())), TapOrder.Codec.PCMU),
                or(properties.number("rtp_ptime", true, Readers.whole(10, 120, 10)), 20),
                properties.text("status_url", Urls::target));
        properties.end(Set.of());
        return properties.has("uri") ? new Instruction.Tap(place, order) : properties.missing("tap needs 'uri'");
    }

    private static <T> Value<T> or(Value<T> given, T otherwise) {
        return given == null ? Value.of(otherwise) : given;
    }

    private Instruction stopTap(Place place, Properties properties) {
        Value<String> controlId = properties.text("control_id", Readers::id);
        properties.end(Set.of());
        return new Instruction.StopTap(place, controlId);
    }

    private Instruction set(String name, Place place, SourceNode value) {
        if (value instanceof SourceNode.Members object) {
            return new Instruction.SetVariables(place, Readers.templates(object, findings));
        }
        findings.add(ProblemCode.ELEMENT_WRONG_TYPE, value == null ? place : value.place(), "set needs an object of names and values");
        return null;
    }

    private Instruction unset(String name, Place place, SourceNode value) {
        List<String> names = new ArrayList<>();
        boolean right = value instanceof SourceNode.Items items ? items.items().stream().allMatch(item -> name(item, names)) && !names.isEmpty()
                : value != null && name(value, names);
        if (!right) {
            findings.add(ProblemCode.ELEMENT_WRONG_TYPE, value == null ? place : value.place(),
                    "unset needs the name of a variable, or a list of names");
        }
        return new Instruction.UnsetVariables(place, List.copyOf(names));
    }

    private static boolean name(SourceNode node, List<String> names) {
        return node instanceof SourceNode.Scalar scalar && scalar.value().isTextual() && names.add(scalar.value().asText());
    }

    /** The destination alone may stand for the object. */
    private Instruction transfer(String name, Place place, SourceNode value) {
        Map<String, SourceNode.Member> members = value instanceof SourceNode.Scalar scalar && scalar.value().isTextual()
                ? Map.of("dest", new SourceNode.Member(value.place(), value)) : members(name, value);
        if (members == null) {
            return null;
        }
        Properties properties = new Properties(name, place, members, findings);
        Value<Destination> destination = properties.text("dest", this::destination);
        Map<String, JsonTemplate> params = properties.values("params");
        // data of the author's, which nobody reads
        properties.values("meta");
        properties.end(Set.of());
        return properties.has("dest") ? new Instruction.Transfer(place, destination, params) : properties.missing("transfer needs 'dest'");
    }

    private Destination destination(String text) throws DocumentException {
        String trimmed = text.trim();
        if (trimmed.startsWith("{")) {
            return new Destination.Inline(SwmlParser.parse("an inline document", null, trimmed));
        }
        if (trimmed.matches("(?i)https?://.*")) {
            return new Destination.Fetched(Urls.http(trimmed));
        }
        if (sections.contains(trimmed)) {
            return new Destination.Section(trimmed);
        }
        throw new IllegalArgumentException("must be a section of the document (" + String.join(", ", sections)
                + "), an http or https URL, or a document as JSON: " + Findings.shown(text));
    }
}
