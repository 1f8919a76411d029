package io.github.camelvoice.document;

/**
 * Where something stands in a document.
 *
 * @param pointer JSON pointer (RFC 6901), {@code /sections/main/2/play}, or XPath, {@code /Response/Dial/Sip[2]/@codecs}; empty for the
 *                document itself
 * @param line    from 1; 0 where there are no lines
 * @param column  from 1; 0 where there are no lines
 */
public record Place(String pointer, int line, int column) {

    /** The document as a whole. */
    public static final Place DOCUMENT = new Place("", 0, 0);

    /** {@code /sections/main/2/play (line 7, column 9)} */
    @Override
    public String toString() {
        String where = pointer.isEmpty() ? "the document" : pointer;
        return line == 0 ? where : where + " (line " + line + ", column " + column + ")";
    }
}
