package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/** A start tag as it stands in the text: its name, and where it and its attributes are. */
final class Tag {

    final String name;
    final String path;
    final int line;
    final int column;
    private final Map<String, int[]> attributes = new LinkedHashMap<>();

    Tag(String name, String path, int line, int column) {
        this.name = name;
        this.path = path;
        this.line = line;
        this.column = column;
    }

    /** @return how many there are */
    int attribute(String attribute, int atLine, int atColumn) {
        attributes.putIfAbsent(attribute, new int[]{atLine, atColumn});
        return attributes.size();
    }

    Place place() {
        return new Place(path, line, column);
    }

    /** The place of the element where it has no such attribute. */
    Place place(String attribute) {
        int[] at = attributes.get(attribute);
        return at == null ? place() : new Place(path + "/@" + attribute, at[0], at[1]);
    }
}
