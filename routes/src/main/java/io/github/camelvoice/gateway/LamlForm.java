package io.github.camelvoice.gateway;

import io.github.camelvoice.callback.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Parameters of a request to the 2010-04-01 API. What is not known is refused: a parameter that is ignored is worse than none. */
final class LamlForm {

    private static final int MOST_VALUE = 4_000;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private LamlForm() {
    }

    /**
     * @param text     a form, of a body or a query; null for none
     * @param known    names that may be there
     * @param repeated those of them that may be there more than once
     */
    static LamlForm of(String text, Set<String> known, Set<String> repeated) {
        LamlForm form = new LamlForm();
        Form read;
        try {
            read = Form.decode((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException wrong) {
            throw new LamlError(400, LamlError.INVALID, "the parameters are no application/x-www-form-urlencoded");
        }
        for (Map.Entry<String, String> field : read.fields()) {
            String name = field.getKey();
            if (!known.contains(name)) {
                throw LamlError.badParameter(ApiException.quote(name), "is not supported here; there are " + new TreeSet<>(known));
            }
            List<String> before = form.values.computeIfAbsent(name, key -> new ArrayList<>(1));
            if (!before.isEmpty() && !repeated.contains(name)) {
                throw LamlError.badParameter(name, "is there twice");
            }
            before.add(field.getValue());
        }
        return form;
    }

    /** Null for none, or an empty one. */
    String text(String name) {
        List<String> all = values.get(name);
        if (all == null || all.get(0).isBlank()) {
            return null;
        }
        String value = all.get(0).strip();
        if (value.length() > MOST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw LamlError.badParameter(name, "may have " + MOST_VALUE + " characters, no control characters among them");
        }
        return value;
    }

    /** As it came: a document. Null for none, or an empty one. */
    String document(String name) {
        List<String> all = values.get(name);
        return all == null || all.get(0).isBlank() ? null : all.get(0);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return text(name) != null;
    }

    int number(String name, int least, int most, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw LamlError.badParameter(name, "must be " + least + " to " + most);
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw LamlError.badParameter(name, "must be true or false");
        }
        return text != null && text.equalsIgnoreCase("true");
    }

    /** What the function makes of a value; its IllegalArgumentException says what it must be. */
    <T> T read(String name, Function<String, T> reader) {
        try {
            return reader.apply(text(name));
        } catch (IllegalArgumentException wrong) {
            throw LamlError.badParameter(name, wrong.getMessage());
        }
    }
}
