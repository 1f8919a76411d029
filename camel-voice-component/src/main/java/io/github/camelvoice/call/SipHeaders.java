package io.github.camelvoice.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * SIP header fields in the order of the message, names compared without regard to case (RFC 3261, section 7.3.1). Immutable.
 */
public final class SipHeaders implements Iterable<SipHeaders.Field> {

    private static final SipHeaders NONE = new SipHeaders(List.of());

    private final List<Field> fields;

    private SipHeaders(List<Field> fields) {
        this.fields = fields;
    }

    /** One header field: {@code value} is everything behind the colon, unfolded and trimmed. */
    public record Field(String name, String value) {
    }

    public static SipHeaders none() {
        return NONE;
    }

    public static SipHeaders of(List<Field> fields) {
        return fields.isEmpty() ? NONE : new SipHeaders(List.copyOf(fields));
    }

    /** @param namesAndValues name, value, name, value … */
    public static SipHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + Arrays.toString(namesAndValues));
        }
        List<Field> list = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            list.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return of(list);
    }

    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
    }

    /** These fields and then {@code more}. */
    public SipHeaders and(SipHeaders more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Field> list = new ArrayList<>(fields);
        list.addAll(more.fields);
        return of(list);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public int size() {
        return fields.size();
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipHeaders that && that.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Names only: values may hold credentials. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
