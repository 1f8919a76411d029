package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Typed values in and out of elements; what is missing or wrong is named with its place. */
final class Fields {

    private Fields() {
    }

    static String required(XmlNode node, String attribute) throws XmlException {
        String value = node.attribute(attribute);
        if (value == null || value.isBlank()) {
            throw new XmlException(node, "has no " + attribute);
        }
        return value.strip();
    }

    /** A version or a count: 0 to 4294967295. */
    static long number(XmlNode node, String attribute) throws XmlException {
        return number(node, attribute, required(node, attribute));
    }

    /** @return null without */
    static Long optionalNumber(XmlNode node, String attribute) throws XmlException {
        return node.attribute(attribute) == null ? null : Long.valueOf(number(node, attribute, node.attribute(attribute).strip()));
    }

    /** Text of a child as a number, or null without. */
    static Long childNumber(XmlNode node, String child) throws XmlException {
        XmlNode found = node.child(child);
        return found == null ? null : Long.valueOf(number(found, "its text", found.text()));
    }

    static long number(XmlNode node, String what, String text) throws XmlException {
        if (text.matches("\\+?[0-9]{1,15}")) {
            long value = Long.parseLong(text);
            if (value <= 0xFFFF_FFFFL) {
                return value;
            }
        }
        throw new XmlException(node, what + " is not a number from 0 to 4294967295");
    }

    /** Whether the document is full state: the attribute is full or partial. */
    static boolean isFull(XmlNode root) throws XmlException {
        String state = required(root, "state").toLowerCase(Locale.ROOT);
        if (!state.equals("full") && !state.equals("partial")) {
            throw new XmlException(root, "state is neither full nor partial");
        }
        return state.equals("full");
    }

    static <E extends Enum<E>> E word(XmlNode node, String what, String text, Class<E> type) throws XmlException {
        E found = wordOrNull(text, type);
        if (found == null) {
            throw new XmlException(node, what + " is none of those of its RFC");
        }
        return found;
    }

    static <E extends Enum<E>> E wordOrNull(String text, Class<E> type) {
        String asked = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        for (E each : type.getEnumConstants()) {
            if (word(each).equals(asked)) {
                return each;
            }
        }
        return null;
    }

    /** As documents write it: {@code LOCAL_BYE} is {@code local-bye}. @return null of null */
    static String word(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Strangers' text for messages: short and printable. */
    static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
    }

    /** Plain values in order; what is null, an empty text or an empty list is left out. */
    static Map<String, Object> values(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null && !"".equals(value) && !(value instanceof java.util.Collection<?> many && many.isEmpty())
                    && !(value instanceof Map<?, ?> map && map.isEmpty())) {
                values.put((String) namesAndValues[i], value instanceof Enum<?> word ? word(word) : value);
            }
        }
        return values;
    }

    static boolean differ(Object one, Object other) {
        return !Objects.equals(one, other);
    }
}
