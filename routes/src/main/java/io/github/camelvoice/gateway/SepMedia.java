package io.github.camelvoice.gateway;

import java.util.Locale;

/** In which form the documents of the SIP Event Package API come and go. */
enum SepMedia {
    XML("text/xml", "application/problem+xml", "text/xml", "application/xml"),
    JSON("application/json", "application/problem+json", "application/json", "application/json");

    private final String type;
    private final String problems;
    private final String first;
    private final String second;

    SepMedia(String type, String problems, String first, String second) {
        this.type = type;
        this.problems = problems;
        this.first = first;
        this.second = second;
    }

    /** Media type of documents. */
    String type() {
        return type;
    }

    /** Media type of errors. */
    String problems() {
        return problems;
    }

    /** @param contentType of a body, null for none: XML */
    static SepMedia ofBody(String contentType) {
        return contentType != null && contentType.strip().toLowerCase(Locale.ROOT).startsWith(JSON.type) ? JSON : XML;
    }

    /**
     * What the client likes best (RFC 9110, section 12.5.1), XML where it does not mind. What is no media range says nothing.
     *
     * @param accept null for none
     * @param usual  what it gets where it likes both as much
     * @return null where it takes neither
     */
    static SepMedia of(String accept, SepMedia usual) {
        if (accept == null || accept.chars().filter(c -> c == ',').count() > 100) {
            return usual;
        }
        double xml = -1;
        double json = -1;
        boolean any = false;
        int xmlRank = -1;
        int jsonRank = -1;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            String name = parts[0].strip();
            if (!name.matches("[!-~&&[^/]]+/[!-~&&[^/]]+")) {
                continue;
            }
            any = true;
            double quality = quality(parts);
            int rank = XML.rank(name);
            if (rank > xmlRank || rank == xmlRank && rank >= 0 && quality > xml) {
                xml = quality;
                xmlRank = rank;
            }
            rank = JSON.rank(name);
            if (rank > jsonRank || rank == jsonRank && rank >= 0 && quality > json) {
                json = quality;
                jsonRank = rank;
            }
        }
        if (!any || xml > 0 && xml == json) {
            return usual;
        }
        return xml <= 0 && json <= 0 ? null : xml > json ? XML : JSON;
    }

    /** How an error is told, whatever was asked for. @param contentType of the request, null for none */
    static SepMedia ofErrors(String accept, String contentType) {
        SepMedia usual = ofBody(contentType);
        String wanted = accept == null ? null : accept.replace(XML.problems, XML.type).replace(JSON.problems, JSON.type);
        SepMedia media = of(wanted, usual);
        return media == null ? usual : media;
    }

    /** How exactly a range names this: the more exact one decides; -1 for not at all. */
    private int rank(String range) {
        if (range.equals(first) || range.equals(second)) {
            return 2;
        }
        if (range.equals(first.substring(0, first.indexOf('/')) + "/*") || range.equals("application/*")) {
            return 1;
        }
        return range.equals("*/*") ? 0 : -1;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("q=")) {
                return part.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)") ? Double.parseDouble(part.substring(2)) : 1;
            }
        }
        return 1;
    }
}
