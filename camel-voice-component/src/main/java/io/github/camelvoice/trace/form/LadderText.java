package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.form.Ladder.Arrow;
import io.github.camelvoice.trace.form.Ladder.Party;
import java.util.List;

/** A ladder for a terminal. */
final class LadderText {

    static final int WIDTH = 110;
    private static final int TIME = 10;
    private static final int MAX_SPACING = 52;
    private static final int MARGIN = 6;
    private static final int LEAST_SPACING = 19;

    private final Ladder ladder;
    private final int spacing;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private LadderText(Ladder ladder) {
        this.ladder = ladder;
        int parties = ladder.parties().size();
        this.width = parties <= Ladder.MAX_PARTIES ? WIDTH : TIME + 2 * MARGIN + LEAST_SPACING * (parties - 1);
        this.spacing = Math.min(MAX_SPACING, (width - TIME - 2 * MARGIN) / Math.max(1, parties - 1));
    }

    static String write(Ladder ladder) {
        return new LadderText(ladder).write();
    }

    private String write() {
        Wording.wrap(ascii(ladder.title()), width).forEach(this::line);
        Wording.wrap(ascii(ladder.reason()), width).forEach(this::line);
        line("");
        names();
        List<Arrow> arrows = ladder.arrows();
        for (int i = 0; i < arrows.size(); i++) {
            String gap = ladder.gapBefore(i);
            if (!gap.isEmpty()) {
                put(rails("  ..."), TIME + MARGIN + 2, gap);
            }
            arrow(arrows.get(i));
        }
        if (!ladder.remark().isEmpty()) {
            line(ladder.remark());
        }
        return text.toString();
    }

    private int column(int party) {
        return TIME + MARGIN + party * spacing;
    }

    /** A name is centred on its column; neighbours that would touch stand in lines of their own. */
    private void names() {
        List<Party> parties = ladder.parties();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < parties.size(); i++) {
            names = name(names, i, ascii(parties.get(i).address()));
        }
        if (!parties.isEmpty()) {
            line(names.toString());
        }
        if (parties.stream().anyMatch(party -> !party.note().isEmpty())) {
            StringBuilder notes = new StringBuilder();
            for (int i = 0; i < parties.size(); i++) {
                notes = parties.get(i).note().isEmpty() ? notes : name(notes, i, ascii(parties.get(i).note()));
            }
            line(notes.toString());
        }
    }

    private StringBuilder name(StringBuilder names, int party, String name) {
        int at = Math.max(0, Math.min(column(party) - name.length() / 2, width - name.length()));
        StringBuilder into = names;
        if (into.length() > 0 && into.length() >= at) {
            line(into.toString());
            into = new StringBuilder();
        }
        return into.append(" ".repeat(at - into.length())).append(name);
    }

    private void arrow(Arrow arrow) {
        int left = column(Math.min(arrow.from(), arrow.to()));
        int right = column(Math.max(arrow.from(), arrow.to()));
        String label = ascii(arrow.label()) + (arrow.repeated() ? " again" : "");
        StringBuilder rails = rails(" ".repeat(Math.max(0, TIME - 2 - arrow.seconds().length())) + arrow.seconds());
        if (left == right) {
            put(rails, left < width / 2 ? left + 2 : left - label.length() - 6, "<-> " + label);
            return;
        }
        if (label.length() + 6 > right - left) {
            put(rails, Math.max(TIME, Math.min(left + 2, width - label.length())), label);
            rails = rails("");
            label = "";
        }
        int length = right - left - 1;
        String shaft = (arrow.repeated() ? "- " : "--").repeat(length);
        int at = (length - label.length()) / 2;
        String drawn = label.isEmpty() ? shaft.substring(0, length)
                : shaft.substring(0, at - 1) + " " + label + " " + shaft.substring(0, length - at - label.length() - 1);
        boolean rightwards = arrow.to() > arrow.from();
        put(rails, left + 1, rightwards ? drawn.substring(0, length - 1) + ">" : "<" + drawn.substring(1));
    }

    private StringBuilder rails(String time) {
        StringBuilder rails = new StringBuilder(time);
        for (int i = 0; i < ladder.parties().size(); i++) {
            rails.append(" ".repeat(column(i) - rails.length())).append('|');
        }
        return rails;
    }

    /** Writes the line with something laid over it. */
    private void put(StringBuilder rails, int at, String over) {
        int from = Math.max(0, at);
        while (rails.length() < from + over.length()) {
            rails.append(' ');
        }
        line(rails.replace(from, from + over.length(), over).toString());
    }

    private void line(String line) {
        String cut = line.length() > width ? line.substring(0, width) : line;
        text.append(cut.stripTrailing()).append('\n');
    }

    private static String ascii(String any) {
        StringBuilder ascii = new StringBuilder();
        any.codePoints().forEach(c -> ascii.append(c == '\u2026' ? "..." : c >= ' ' && c < 127 ? String.valueOf((char) c) : "?"));
        return ascii.toString();
    }
}
