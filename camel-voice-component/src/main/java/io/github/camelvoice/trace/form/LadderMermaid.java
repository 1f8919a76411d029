package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.form.Ladder.Arrow;
import io.github.camelvoice.trace.form.Ladder.Party;
import java.util.List;

/** A ladder as a sequence diagram of Mermaid. */
final class LadderMermaid {

    private static final String SAFE = " .,:/@()_+-";

    private LadderMermaid() {
    }

    static String write(Ladder ladder) {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        text.append("    title ").append(safe(ladder.reason())).append('\n');
        List<Party> parties = ladder.parties();
        for (int i = 0; i < parties.size(); i++) {
            Party party = parties.get(i);
            String name = party.address() + (party.note().isEmpty() ? "" : " (" + party.note() + ")");
            text.append("    participant p").append(i).append(" as ").append(safe(name)).append('\n');
        }
        List<Arrow> arrows = ladder.arrows();
        String all = parties.size() > 1 ? "p0,p" + (parties.size() - 1) : "p0";
        for (int i = 0; i < arrows.size(); i++) {
            Arrow arrow = arrows.get(i);
            if (!ladder.gapBefore(i).isEmpty()) {
                text.append("    Note over ").append(all).append(": ").append(safe(ladder.gapBefore(i))).append('\n');
            }
            text.append("    p").append(arrow.from()).append(arrow.repeated() ? "-->>" : "->>").append('p').append(arrow.to()).append(": ")
                    .append(arrow.seconds()).append(' ').append(safe(arrow.label())).append(arrow.repeated() ? " again" : "").append('\n');
        }
        if (!ladder.remark().isEmpty()) {
            text.append(parties.isEmpty() ? "    participant p0 as nobody\n" : "").append("    Note over ").append(all).append(": ")
                    .append(safe(ladder.remark())).append('\n');
        }
        return text.toString();
    }

    /** All that could mean something to Mermaid or to HTML becomes an entity code of Mermaid. */
    private static String safe(String any) {
        StringBuilder safe = new StringBuilder();
        any.codePoints().forEach(c -> {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0);
            safe.append(plain ? String.valueOf((char) c) : "#" + c + ";");
        });
        return safe.toString();
    }
}
