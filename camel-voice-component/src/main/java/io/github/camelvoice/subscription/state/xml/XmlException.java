package io.github.camelvoice.subscription.state.xml;

/** Text that is not the XML that was expected. The message names element, line and column and never quotes content. */
public final class XmlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String element;
    private final int line;
    private final int column;

    /**
     * @param element path of the element, {@code /list/entry[3]}; empty for the whole document
     * @param line    from 1, or 0 where there is none
     */
    public XmlException(String message, String element, int line, int column) {
        super((element.isEmpty() ? "document" : element) + (line > 0 ? " (line " + line + ", column " + column + ")" : "") + ": " + message);
        this.element = element;
        this.line = line;
        this.column = column;
    }

    /** At the place of an element. */
    public XmlException(XmlNode node, String message) {
        this(message, node.path(), node.line(), node.column());
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
