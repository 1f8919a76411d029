package io.github.camelvoice.subscription.sep;

/** A document that cannot be taken, and where. */
public final class SepException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String element;
    private final int line;
    private final int column;

    /**
     * @param code    word to branch on: {@code bad-xml}, {@code bad-json}, {@code wrong-namespace}, {@code unknown-element}, {@code no-resources},
     *                {@code too-many-resources}, {@code bad-expires} and the like
     * @param element the element, or the element and {@code @} and the attribute, in JSON the field; null for the document as a whole
     * @param line    from 1, 0 where it is not known
     * @param column  from 1, 0 where it is not known
     */
    public SepException(String code, String element, int line, int column, String message) {
        super(message);
        this.code = code;
        this.element = element;
        this.line = line;
        this.column = column;
    }

    public String code() {
        return code;
    }

    public String element() {
        return element;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
