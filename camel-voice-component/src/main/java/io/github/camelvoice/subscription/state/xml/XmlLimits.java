package io.github.camelvoice.subscription.state.xml;

/**
 * How much XML is read.
 *
 * @param bytes      of the document as it came
 * @param depth      of nested elements
 * @param elements   in all
 * @param attributes of one element, its namespace declarations included
 * @param counted    local name of an element that has a bound of its own, null for none
 * @param most       how many of these
 */
public record XmlLimits(int bytes, int depth, int elements, int attributes, String counted, int most) {

    /** A body of a NOTIFY. */
    public static final XmlLimits BODY = new XmlLimits(1 << 20, 32, 20_000, 64, null, 0);

    /** With a bound for one kind of element: the one too many ends the reading. */
    public XmlLimits counting(String name, int upTo) {
        return new XmlLimits(bytes, depth, elements, attributes, name, upTo);
    }

    /** For larger documents. */
    public XmlLimits upTo(int moreBytes, int moreElements) {
        return new XmlLimits(moreBytes, depth, moreElements, attributes, counted, most);
    }
}
