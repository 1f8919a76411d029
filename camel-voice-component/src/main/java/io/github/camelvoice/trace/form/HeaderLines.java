package io.github.camelvoice.trace.form;

/**
 * Walks over the headers of a message, or of a part of one: where each name and each value stands. A folded header is one (RFC 3261, section
 * 7.3.1). Lines that are no headers are passed over.
 */
final class HeaderLines {

    private final byte[] data;
    private final int to;
    private int at;
    private boolean atHeader;
    private boolean doubtful;

    int nameFrom;
    int nameTo;
    int valueFrom;
    int valueTo;

    /** @param from where the first header begins */
    HeaderLines(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.to = to;
    }

    /** Behind the first line of the message; CR and LF before it are passed over. */
    static HeaderLines of(byte[] message) {
        int start = Octets.skipSpace(message, 0, message.length);
        int end = Octets.lineEnd(message, start, message.length);
        return new HeaderLines(message, Octets.nextLine(message, end, message.length), message.length);
    }

    /** Goes to the next header. @return false at the empty line, or where the bytes end */
    boolean next() {
        atHeader = false;
        while (at < to) {
            int end = Octets.lineEnd(data, at, to);
            int next = Octets.nextLine(data, end, to);
            if (end == at || Octets.skipBlanks(data, at, end) == end) {
                doubtful = end > at;
                at = next;
                return false;
            }
            while (next < to && Octets.isBlank(data[next]) && Octets.skipBlanks(data, next, to) < Octets.lineEnd(data, next, to)) {
                end = Octets.lineEnd(data, next, to);
                next = Octets.nextLine(data, end, to);
            }
            int from = at;
            at = next;
            if (isHeader(from, end)) {
                atHeader = true;
                return true;
            }
        }
        return false;
    }

    private boolean isHeader(int from, int end) {
        nameFrom = Octets.skipBlanks(data, from, end);
        nameTo = Octets.skipToken(data, nameFrom, end);
        int colon = Octets.skipSpace(data, nameTo, end);
        if (nameTo == nameFrom || colon == end || data[colon] != ':') {
            return false;
        }
        valueFrom = Octets.skipSpace(data, colon + 1, end);
        valueTo = end;
        while (valueTo > valueFrom && (Octets.isBlank(data[valueTo - 1]) || Octets.isLineEnd(data[valueTo - 1]))) {
            valueTo--;
        }
        return true;
    }

    boolean isNamed(String lowerCase) {
        return Octets.equal(data, nameFrom, nameTo, lowerCase);
    }

    /** Where the walk is: behind the empty line once {@link #next} has said false. */
    int position() {
        return at;
    }

    /** Whether {@link #next} has found one. */
    boolean isAtHeader() {
        return atHeader;
    }

    /** Whether that line had blanks in it: one reader takes it for the end of the headers, another for a folded header. */
    boolean isDoubtful() {
        return doubtful;
    }
}
