package io.github.camelvoice.callback;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fields of a form in their order, {@code application/x-www-form-urlencoded} in UTF-8. Immutable.
 *
 * @param fields names and values, decoded
 */
public record Form(List<Map.Entry<String, String>> fields) {

    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    public Form {
        fields = List.copyOf(fields);
    }

    /** @throws IllegalArgumentException if the bytes are no form */
    public static Form decode(byte[] body) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String part : new String(body, StandardCharsets.UTF_8).split("&")) {
            if (!part.isEmpty()) {
                int equal = part.indexOf('=');
                fields.add(Map.entry(decode(equal < 0 ? part : part.substring(0, equal)), equal < 0 ? "" : decode(part.substring(equal + 1))));
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** These fields and then {@code more}. */
    public Form and(List<Map.Entry<String, String>> more) {
        List<Map.Entry<String, String>> all = new ArrayList<>(fields);
        all.addAll(more);
        return new Form(all);
    }

    /** The first value of a field, null for none. */
    public String first(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equals(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    /** ASCII, with everything escaped that is neither letter nor digit nor one of {@code .-*_}; a blank is a plus. */
    public String encoded() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : fields) {
            text.append(text.length() == 0 ? "" : "&").append(encode(field.getKey())).append('=').append(encode(field.getValue()));
        }
        return text.toString();
    }

    public byte[] bytes() {
        return encoded().getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return fields.stream().map(Map.Entry::getKey).toList().toString();
    }
}
