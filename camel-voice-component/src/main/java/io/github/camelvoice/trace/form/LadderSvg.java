package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.form.Ladder.Arrow;
import io.github.camelvoice.trace.form.Ladder.Party;
import java.util.List;

/**
 * A ladder as an SVG image. Its colours are attributes, so that it is readable where styles are not allowed; the style in it turns them for dark
 * surroundings. Class names have a prefix of their own since the image may be put into a page.
 */
final class LadderSvg {

    private static final int TIME = 80;
    private static final int LEAST_SPACING = 260;
    private static final int LEAST_WIDTH = 640;
    private static final int ROW = 34;
    private static final int LINE = 18;
    /** Of a letter in bold, generously. */
    private static final int LETTER = 9;
    private static final int HEAD = 7;
    private static final String STYLE = "@media (prefers-color-scheme:dark){.cvl-paper{fill:#0d1117}.cvl-ink{fill:#e6edf3}.cvl-dim{fill:#9ea7b3}"
            + ".cvl-rail{stroke:#484f58}.cvl-go{stroke:#79c0ff;fill:#79c0ff}.cvl-ok{stroke:#7ee787;fill:#7ee787}"
            + ".cvl-no{stroke:#ffa198;fill:#ffa198}.cvl-wait{stroke:#9ea7b3;fill:#9ea7b3}}";

    private final Ladder ladder;
    private final int spacing;
    private final int margin;
    private final int width;
    private final int top;
    private final List<String> reason;
    private final StringBuilder svg = new StringBuilder();

    private LadderSvg(Ladder ladder) {
        this.ladder = ladder;
        int name = LETTER * ladder.parties().stream().mapToInt(party -> party.address().length()).max().orElse(0);
        // The arrows of many legs begin at the gateway: their labels have room.
        spacing = Math.max(ladder.parties().size() > Ladder.MAX_PARTIES ? LEAST_SPACING / 2 : LEAST_SPACING, name + LETTER);
        margin = Math.max(LEAST_SPACING, name + LETTER) / 2;
        width = Math.max(column(Math.max(1, ladder.parties().size() - 1)) + margin, LEAST_WIDTH);
        reason = Wording.wrap(ladder.reason(), width / LETTER);
        top = reason.size() * LINE + 74;
    }

    static String write(Ladder ladder) {
        return new LadderSvg(ladder).write();
    }

    private String write() {
        int rows = ladder.arrows().size() + (ladder.leftOut() > 0 ? 1 : 0) + (ladder.remark().isEmpty() ? 0 : 1);
        int height = top + (rows + 1) * ROW;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"").append(width).append("\" height=\"").append(height)
                .append("\" viewBox=\"0 0 ").append(width).append(' ').append(height)
                .append("\" font-family=\"ui-sans-serif,system-ui,sans-serif\" font-size=\"13\">\n");
        svg.append("<title>").append(escaped(ladder.title())).append("</title>\n<desc>").append(escaped(description())).append("</desc>\n");
        svg.append("<style>").append(STYLE).append("</style>\n");
        svg.append("<rect class=\"cvl-paper\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int i = 0; i < reason.size(); i++) {
            text(16, 24 + i * LINE, "cvl-ink", "#1f2328", "start", reason.get(i), " font-weight=\"600\"");
        }
        parties(height);
        int row = 0;
        for (int i = 0; i < ladder.arrows().size(); i++) {
            if (!ladder.gapBefore(i).isEmpty()) {
                text(TIME + 16, y(row++), "cvl-dim", "#57606a", "start", ladder.gapBefore(i), "");
            }
            arrow(ladder.arrows().get(i), y(row++));
        }
        if (!ladder.remark().isEmpty()) {
            text(TIME + 16, y(row), "cvl-dim", "#57606a", "start", ladder.remark(), "");
        }
        return svg.append("</svg>\n").toString();
    }

    private String description() {
        return ladder.reason() + ". " + ladder.parties().size() + " parties, " + (ladder.arrows().size() + ladder.leftOut()) + " messages.";
    }

    private int column(int party) {
        return TIME + margin + party * spacing;
    }

    private int y(int row) {
        return top + (row + 1) * ROW;
    }

    private void parties(int height) {
        List<Party> parties = ladder.parties();
        for (int i = 0; i < parties.size(); i++) {
            int x = column(i);
            text(x, top - 30, "cvl-ink", "#1f2328", "middle", parties.get(i).address(), " font-weight=\"600\"");
            if (!parties.get(i).note().isEmpty()) {
                text(x, top - 13, "cvl-dim", "#57606a", "middle", parties.get(i).note(), "");
            }
            svg.append("<line class=\"cvl-rail\" stroke=\"#c4cbd2\" x1=\"").append(x).append("\" x2=\"").append(x).append("\" y1=\"").append(top - 4)
                    .append("\" y2=\"").append(height - 10).append("\"/>\n");
        }
    }

    private void arrow(Arrow arrow, int y) {
        String[] look = look(arrow.code());
        int from = column(arrow.from());
        int to = column(arrow.to());
        boolean itself = from == to;
        int tip = itself ? from + 4 * HEAD : to;
        int back = tip > from ? tip - HEAD : tip + HEAD;
        svg.append("<g><title>").append(escaped(arrow.line())).append("</title>");
        text(TIME - 8, y + 4, "cvl-dim", "#57606a", "end", arrow.seconds(), " font-family=\"ui-monospace,monospace\" font-size=\"12\"");
        svg.append("<line class=\"").append(look[0]).append("\" stroke=\"").append(look[1]).append("\" stroke-width=\"1.5\"")
                .append(arrow.repeated() ? " stroke-dasharray=\"5 4\"" : "").append(" x1=\"").append(from).append("\" x2=\"").append(back)
                .append("\" y1=\"").append(y).append("\" y2=\"").append(y).append("\"/>\n");
        svg.append("<polygon class=\"").append(look[0]).append("\" fill=\"").append(look[1]).append("\" points=\"").append(tip).append(',').append(y)
                .append(' ').append(back).append(',').append(y - 4).append(' ').append(back).append(',').append(y + 4).append("\"/>\n");
        String label = arrow.label() + (arrow.repeated() ? " again" : "");
        int middle = (from + to) / 2;
        text(itself ? tip + 4 : middle, itself ? y + 4 : y - 6, "cvl-ink", "#1f2328", itself ? "start" : "middle", label, "");
        svg.append("</g>\n");
    }

    private static String[] look(int code) {
        if (code == 0) {
            return new String[] {"cvl-go", "#0969da"};
        }
        if (code < 200) {
            return new String[] {"cvl-wait", "#57606a"};
        }
        return code < 300 ? new String[] {"cvl-ok", "#1a7f37"} : new String[] {"cvl-no", "#cf222e"};
    }

    private void text(int x, int y, String style, String colour, String anchor, String text, String more) {
        svg.append("<text class=\"").append(style).append("\" fill=\"").append(colour).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\" text-anchor=\"").append(anchor).append('"').append(more).append('>').append(escaped(text)).append("</text>\n");
    }

    private static String escaped(String any) {
        StringBuilder escaped = new StringBuilder();
        any.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xfffd);
            }
        });
        return escaped.toString();
    }

    /** Characters that XML 1.0 can hold. */
    private static boolean isXml(int c) {
        return c >= ' ' && c < 0xd800 || c >= 0xe000 && c < 0xfffe || c >= 0x10000;
    }
}
