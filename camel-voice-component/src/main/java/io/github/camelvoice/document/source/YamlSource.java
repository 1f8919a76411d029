package io.github.camelvoice.document.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 with the types of JSON: no tags, no aliases, one document. Read from the parser's events, so that nothing grows that is small as
 * a text. For one text.
 */
final class YamlSource {

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,100}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]{1,100}|[0-9]{1,100}(\\.[0-9]{0,100})?)([eE][-+]?[0-9]{1,3})?");

    private final String text;
    private Iterator<Event> events;

    YamlSource(String text) {
        this.text = text;
    }

    SourceNode read() throws DocumentException {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(SourceText.MAX_LENGTH).build();
        try {
            events = new Parse(settings).parseString(text).iterator();
            next(Event.ID.StreamStart);
            Event first = events.next();
            if (first.getEventId() != Event.ID.DocumentStart) {
                throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "is empty");
            }
            SourceNode root = value(events.next(), "", 0);
            next(Event.ID.DocumentEnd);
            Event last = events.next();
            if (last.getEventId() != Event.ID.StreamEnd) {
                throw new DocumentException(ProblemCode.PARSE_ERROR, place("", last), "a second document follows");
            }
            return root;
        } catch (MarkedYamlEngineException wrong) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, place("", wrong.getProblemMark()), "is no YAML: " + wrong.getProblem());
        } catch (YamlEngineException wrong) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "is no YAML: " + wrong.getMessage().lines().findFirst().orElse(""));
        }
    }

    private void next(Event.ID id) {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw new IllegalStateException("expected " + id + " and got " + event);
        }
    }

    private static Place place(String pointer, Event event) {
        return place(pointer, event.getStartMark());
    }

    private static Place place(String pointer, Optional<Mark> mark) {
        return mark.map(at -> new Place(pointer, at.getLine() + 1, at.getColumn() + 1)).orElse(new Place(pointer, 0, 0));
    }

    private SourceNode value(Event event, String pointer, int depth) throws DocumentException {
        Place place = place(pointer, event);
        if (depth > SourceText.MAX_DEPTH) {
            throw SourceText.tooDeep(place);
        }
        if (event instanceof ScalarEvent scalar) {
            return new SourceNode.Scalar(place, scalar(scalar, place));
        }
        if (!(event instanceof CollectionStartEvent collection)) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, place, "is an alias; these are not supported");
        }
        if (collection.getTag().isPresent()) {
            throw tagged(place);
        }
        return event.getEventId() == Event.ID.SequenceStart ? items(place, depth) : members(place, depth);
    }

    private static DocumentException tagged(Place place) {
        return new DocumentException(ProblemCode.PARSE_ERROR, place, "has a tag; these are not supported");
    }

    private SourceNode items(Place place, int depth) throws DocumentException {
        List<SourceNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(value(event, Pointers.below(place.pointer(), items.size()), depth + 1));
        }
        return new SourceNode.Items(place, items);
    }

    private SourceNode members(Place place, int depth) throws DocumentException {
        Map<String, SourceNode.Member> members = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent key) || key.getTag().isPresent()) {
                throw new DocumentException(ProblemCode.PARSE_ERROR, place(place.pointer(), event), "a name must be plain text");
            }
            String pointer = Pointers.below(place.pointer(), key.getValue());
            Place at = place(pointer, event);
            if (members.put(key.getValue(), new SourceNode.Member(at, value(events.next(), pointer, depth + 1))) != null) {
                throw SourceText.twice(at, key.getValue());
            }
        }
        return new SourceNode.Members(place, members);
    }

    private static JsonNode scalar(ScalarEvent event, Place place) throws DocumentException {
        if (event.getTag().isPresent()) {
            throw tagged(place);
        }
        String value = event.getValue();
        if (!event.isPlain()) {
            return TextNode.valueOf(value);
        }
        if (NULL.matcher(value).matches()) {
            return NullNode.getInstance();
        }
        if (TRUE.matcher(value).matches() || FALSE.matcher(value).matches()) {
            return BooleanNode.valueOf(TRUE.matcher(value).matches());
        }
        if (INTEGER.matcher(value).matches()) {
            return JsonNodeFactory.instance.numberNode(new BigInteger(value));
        }
        return DECIMAL.matcher(value).matches() ? DecimalNode.valueOf(new BigDecimal(value)) : TextNode.valueOf(value);
    }
}
