package io.github.camelvoice.trace.form;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a call as a ladder: parties are columns, messages are arrows. Shows first lines only, so it holds no secrets. Of a long trace
 * the middle is left out. Immutable.
 */
public final class Ladder {

    /** Columns that fit beside each other; parties beyond them share the last one. */
    static final int MAX_PARTIES = 6;
    /** Arrows at the beginning, and as many at the end. */
    static final int MAX_ARROWS_EACH = 200;
    /** Legs that have a column of their own: a caller and ten that are called. */
    static final int MAX_LEGS = 11;
    private static final int MAX_NAME = 40;
    private static final int MAX_LABEL = 80;
    private static final int MAX_LINE = 200;

    private final List<Party> parties;
    private final List<Arrow> arrows;
    private final int leftOut;
    private final long dropped;
    private final String title;
    private final String reason;

    /**
     * A column.
     *
     * @param address {@code ip:port}, {@code [ip]:port}
     * @param ours    whether that is this gateway
     * @param note    what to say of it, empty for nothing
     */
    public record Party(String address, boolean ours, String note) {

        Party(String address, boolean ours) {
            this(address, ours, ours ? "this gateway" : "");
        }
    }

    /**
     * A message.
     *
     * @param number   place in the trace, from 1
     * @param offset   since the first message
     * @param from     column of the source, from 0
     * @param to       column of the destination; the same one if it went to where it came from
     * @param label    method or status with what it answers, and hints: {@code 200 OK (INVITE, SDP)}
     * @param line     first line
     * @param code     status code, 0 for a request
     * @param repeated whether it is a retransmission
     */
    public record Arrow(int number, Duration offset, int from, int to, String label, String line, int code, boolean repeated) {

        /** Seconds with three digits behind the point. */
        String seconds() {
            long millis = offset.toMillis();
            return millis < 0 ? "-" + seconds(-millis) : seconds(millis);
        }

        private static String seconds(long millis) {
            return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
        }
    }

    private Ladder(List<Party> parties, List<Arrow> arrows, int leftOut, long dropped, String title, String reason) {
        this.parties = List.copyOf(parties);
        this.arrows = List.copyOf(arrows);
        this.leftOut = leftOut;
        this.dropped = dropped;
        this.title = title;
        this.reason = reason;
    }

    public static Ladder of(SipInfo info) {
        List<SipMessage> messages = info.messages();
        BitSet repeated = Repetitions.of(messages);
        Map<InetSocketAddress, Integer> columns = new LinkedHashMap<>();
        List<Party> parties = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        int leftOut = Math.max(0, messages.size() - 2 * MAX_ARROWS_EACH);
        for (int i = 0; i < messages.size(); i++) {
            if (leftOut > 0 && i == MAX_ARROWS_EACH) {
                i += leftOut;
            }
            SipMessage message = messages.get(i);
            int from = column(message.source(), message.sent(), columns, parties);
            int to = column(message.destination(), !message.sent(), columns, parties);
            MessageView view = MessageView.of(message.data());
            arrows.add(new Arrow(i + 1, Duration.between(info.startTime(), message.time()), from, to, label(view),
                    Wording.clean(UriPasswords.hide(view.line()), MAX_LINE), view.code(), repeated.get(i)));
        }
        CallRecord call = info.call();
        String title = "Call " + call.callId() + " from " + call.from() + " to " + call.to() + " at " + info.startTime();
        return new Ladder(parties, arrows, leftOut, info.dropped(), Wording.clean(title, 2 * MAX_LINE), EndReason.of(info));
    }

    /** Columns: the far end of the first leg, this gateway, the far ends of the others. */
    static Ladder of(CallLegs all) {
        List<Party> parties = new ArrayList<>();
        List<SipInfo> legs = all.legs();
        for (int leg = 0; leg < Math.min(legs.size(), MAX_LEGS); leg++) {
            CallRecord call = legs.get(leg).call();
            String who = shortly(call.direction() == CallDirection.INBOUND ? call.from() : call.to());
            boolean last = leg == MAX_LEGS - 1 && legs.size() > MAX_LEGS;
            parties.add(new Party(last ? "others" : who, false, last ? "" : all.note(leg)));
        }
        parties.add(1, new Party("gateway", true));
        List<CallLegs.Said> messages = all.messages();
        BitSet repeated = Repetitions.of(messages.stream().map(CallLegs.Said::message).toList());
        List<Arrow> arrows = new ArrayList<>();
        int leftOut = Math.max(0, messages.size() - 2 * MAX_ARROWS_EACH);
        for (int i = 0; i < messages.size(); i++) {
            if (leftOut > 0 && i == MAX_ARROWS_EACH) {
                i += leftOut;
            }
            SipMessage message = messages.get(i).message();
            int leg = Math.min(messages.get(i).leg(), MAX_LEGS - 1);
            int far = leg == 0 ? 0 : leg + 1;
            MessageView view = MessageView.of(message.data());
            arrows.add(new Arrow(i + 1, Duration.between(messages.get(0).message().time(), message.time()), message.sent() ? 1 : far,
                    message.sent() ? far : 1, label(view), Wording.clean(UriPasswords.hide(view.line()), MAX_LINE), view.code(), repeated.get(i)));
        }
        SipInfo first = all.merged();
        String title = "Call " + first.call().callId() + " from " + first.call().from() + " to " + first.call().to() + " at " + first.startTime()
                + ", " + legs.size() + " legs";
        return new Ladder(parties, arrows, leftOut, all.dropped(), Wording.clean(title, 2 * MAX_LINE), EndReason.of(legs.get(0)));
    }

    /** {@code bob@192.0.2.1} */
    private static String shortly(String uri) {
        String bare = uri.replaceFirst("(?i)^(sips?|tel):", "").replaceFirst("[;?].*$", "");
        return Wording.clean(bare.isEmpty() ? "unknown" : bare, MAX_NAME);
    }

    private static int column(InetSocketAddress address, boolean ours, Map<InetSocketAddress, Integer> columns, List<Party> parties) {
        Integer known = columns.get(address);
        if (known != null) {
            return known;
        }
        int column = Math.min(parties.size(), MAX_PARTIES - 1);
        columns.put(address, column);
        if (parties.size() < MAX_PARTIES) {
            parties.add(new Party(AddressText.ipAndPort(address), ours));
        } else {
            parties.set(column, new Party("others", false));
        }
        return column;
    }

    private static String label(MessageView view) {
        List<String> hints = new ArrayList<>();
        if (view.isResponse() && !view.cseqMethod().isEmpty()) {
            hints.add(view.cseqMethod());
        }
        if (view.hasSdp()) {
            hints.add("SDP");
        }
        String name = Wording.clean(view.isResponse() ? view.line() : view.method(), MAX_LABEL / 2);
        return Wording.clean((name.isEmpty() ? "?" : name) + (hints.isEmpty() ? "" : " (" + String.join(", ", hints) + ")"), MAX_LABEL);
    }

    /** Left to right, in the order in which they came up. */
    public List<Party> parties() {
        return parties;
    }

    /** In the order in which they were seen; where some are left out, their numbers have a gap. */
    public List<Arrow> arrows() {
        return arrows;
    }

    /** Messages that are in the trace and not in the ladder. */
    public int leftOut() {
        return leftOut;
    }

    /** Which call this is, in one line. */
    public String title() {
        return title;
    }

    /** Why it ended, in one line: see {@link EndReason}. */
    public String reason() {
        return reason;
    }

    /** For a terminal of 110 columns, or more where there are more than six parties; in ASCII. */
    public String text() {
        return LadderText.write(this);
    }

    /** An image that stands alone, for light and dark surroundings. */
    public String svg() {
        return LadderSvg.write(this);
    }

    /** A sequence diagram in the language of Mermaid. */
    public String mermaid() {
        return LadderMermaid.write(this);
    }

    /** What to say before this arrow, empty if nothing: some are left out there. */
    String gapBefore(int index) {
        return leftOut > 0 && index == MAX_ARROWS_EACH ? leftOut + " messages are left out here" : "";
    }

    /** What to say at the end, empty if nothing. */
    String remark() {
        return arrows.isEmpty() ? "no messages were seen" : dropped == 0 ? "" : dropped + " messages were too many to be kept";
    }
}
