package io.github.camelvoice.document;

import java.util.Optional;

/** A property that is known when the document is read, or is made of variables when its instruction runs. Immutable. */
public final class Value<T> {

    private final T literal;
    private final Template template;
    private final Reader<T> reader;
    private final Place place;

    /** Makes a value of text. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @throws IllegalArgumentException saying what it must be
         * @throws DocumentException        where the value is a document itself
         */
        T read(String text) throws DocumentException;
    }

    private Value(T literal, Template template, Reader<T> reader, Place place) {
        this.literal = literal;
        this.template = template;
        this.reader = reader;
        this.place = place;
    }

    public static <T> Value<T> of(T literal) {
        return new Value<>(literal, null, null, Place.DOCUMENT);
    }

    /**
     * Reads text: at once, or with variables when it is asked for.
     *
     * @throws IllegalArgumentException what the reader says, or for an expression
     */
    public static <T> Value<T> of(String text, Place place, Reader<T> reader) throws DocumentException {
        return Template.isIn(text) ? new Value<>(null, Template.of(text), reader, place) : of(reader.read(text));
    }

    /** The value where the text says it; empty where variables do. */
    public Optional<T> known() {
        return template == null ? Optional.ofNullable(literal) : Optional.empty();
    }

    /** @throws DocumentException naming the place, if what the variables give is no such value */
    public T get(Scope scope) throws DocumentException {
        if (template == null) {
            return literal;
        }
        try {
            return reader.read(template.text(scope));
        } catch (IllegalArgumentException wrong) {
            throw new DocumentException(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, place, wrong.getMessage());
        }
    }
}
