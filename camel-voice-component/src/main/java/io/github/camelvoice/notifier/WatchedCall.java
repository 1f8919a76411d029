package io.github.camelvoice.notifier;

import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.Direction;
import io.github.camelvoice.subscription.state.DialogInfo.Event;
import io.github.camelvoice.subscription.state.DialogInfo.Party;
import io.github.camelvoice.subscription.state.DialogInfo.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A call as its two sides show it (RFC 4235). Its owner keeps it to one thread at a time. */
final class WatchedCall {

    private final String id;
    private final String sipCallId;
    private final boolean inbound;
    private final String ourUri;
    private final String theirUri;
    private final String ourUser;
    private final String theirUser;
    private final long beganNanos;
    private State state = State.TRYING;
    private Event event;
    private Integer code;
    private String ourTag = "";
    private String theirTag = "";
    private boolean weHold;
    private boolean theyHold;

    /** What one side shows. @param unaged its duration is not set */
    record View(String user, String id, Dialog unaged, long beganNanos) {

        Dialog dialog(long now) {
            return unaged.withDuration(Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now - beganNanos)));
        }
    }

    /** @param ourUser null where our side is nobody who is watched; @param theirUser the same of the far end */
    WatchedCall(String id, String sipCallId, boolean inbound, String ourUri, String theirUri, String ourUser, String theirUser, long beganNanos) {
        this.id = id;
        this.sipCallId = sipCallId;
        this.inbound = inbound;
        this.ourUri = ourUri;
        this.theirUri = theirUri;
        this.ourUser = ourUser;
        this.theirUser = theirUser;
        this.beganNanos = beganNanos;
    }

    String id() {
        return id;
    }

    boolean isOver() {
        return state == State.TERMINATED;
    }

    boolean shows(String user) {
        return user != null && (user.equals(ourUser) || user.equals(theirUser));
    }

    /** @param tags null where they are not known any more */
    void happened(VoiceEvent what, DialogInfo tags) {
        tagged(tags);
        if (what instanceof VoiceEvent.CallRinging ringing) {
            if (state != State.CONFIRMED) {
                state = State.EARLY;
                code = ringing.sipCode();
            }
        } else if (what instanceof VoiceEvent.CallAnswered) {
            state = State.CONFIRMED;
            code = 200;
        } else if (what instanceof VoiceEvent.Held held) {
            hold(held.by(), true);
        } else if (what instanceof VoiceEvent.Resumed resumed) {
            hold(resumed.by(), false);
        } else if (what instanceof VoiceEvent.CallEnded ended) {
            boolean answered = state == State.CONFIRMED;
            event = answered ? bye(ended.cause()) : unanswered(ended.cause());
            code = answered || ended.cause().sipCode() < 300 || ended.cause().sipCode() > 699 ? null : Integer.valueOf(ended.cause().sipCode());
            state = State.TERMINATED;
        }
    }

    private void hold(EndCause.Origin by, boolean held) {
        if (by == EndCause.Origin.LOCAL) {
            weHold = held;
        } else {
            theyHold = held;
        }
    }

    void ended(EndCause.Origin by) {
        event = by == EndCause.Origin.LOCAL ? Event.LOCAL_BYE : Event.REMOTE_BYE;
        state = State.TERMINATED;
        code = null;
    }

    /** As the call is now. */
    void like(CallState now, DialogInfo tags) {
        tagged(tags);
        if (now.isAnswered()) {
            state = State.CONFIRMED;
        } else if (now == CallState.RINGING || now == CallState.ALERTING) {
            state = State.EARLY;
        }
    }

    private void tagged(DialogInfo tags) {
        if (tags != null) {
            ourTag = tags.localTag();
            theirTag = tags.remoteTag();
        }
    }

    private static Event bye(EndCause cause) {
        return switch (cause.kind()) {
            case SESSION_EXPIRED, TIME_LIMIT -> Event.TIMEOUT;
            case TRANSPORT, DIALOG_LOST, INTERRUPTED -> Event.ERROR;
            default -> cause.endedBy() == EndCause.Origin.LOCAL ? Event.LOCAL_BYE : Event.REMOTE_BYE;
        };
    }

    private static Event unanswered(EndCause cause) {
        return switch (cause.kind()) {
            case CANCELLED -> Event.CANCELLED;
            case NO_ANSWER, SESSION_EXPIRED, TIME_LIMIT -> Event.TIMEOUT;
            case TRANSPORT, DIALOG_LOST, INTERRUPTED, SERVER_ERROR -> Event.ERROR;
            default -> Event.REJECTED;
        };
    }

    /** One for each side that is watched. */
    List<View> views() {
        List<View> views = new ArrayList<>(2);
        Party ours = party(ourUri, weHold);
        Party theirs = party(theirUri, theyHold);
        if (ourUser != null) {
            views.add(view(ourUser, id, ourTag, theirTag, inbound, event, ours, theirs));
        }
        if (theirUser != null) {
            views.add(view(theirUser, id + "-far", theirTag, ourTag, !inbound, seenFromThere(event), theirs, ours));
        }
        return views;
    }

    private View view(String user, String viewId, String localTag, String remoteTag, boolean recipient, Event what, Party local, Party remote) {
        Dialog dialog = Dialog.of(viewId, state).withState(state, what, code)
                .withCall(sipCallId, tag(localTag), tag(remoteTag), recipient ? Direction.RECIPIENT : Direction.INITIATOR).withParties(local, remote);
        return new View(user, viewId, dialog, beganNanos);
    }

    private static String tag(String tag) {
        return tag.isEmpty() ? null : tag;
    }

    private static Event seenFromThere(Event event) {
        return event == Event.LOCAL_BYE ? Event.REMOTE_BYE : event == Event.REMOTE_BYE ? Event.LOCAL_BYE : event;
    }

    /** Who holds does not render (RFC 3840 and RFC 4235, section 4.1.6.2.1). */
    private static Party party(String uri, boolean holds) {
        Party party = Party.of(uri, null, uri);
        return new Party(party.identity(), uri, Map.of("+sip.rendering", holds ? "no" : "yes"), null, null, List.of());
    }
}
