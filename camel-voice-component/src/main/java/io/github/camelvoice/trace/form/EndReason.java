package io.github.camelvoice.trace.form;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import java.util.Map;

/**
 * Says in one line of plain words why a call ended as it did: {@code busy: the far end answered 486 Busy Here}. "We" is this gateway. The line
 * has no line breaks and no control characters, and holds no secrets. Thread-safe.
 */
public final class EndReason {

    private static final int MAX_PHRASE = 160;
    /** What Java says of a certificate is long, and its end matters. */
    private static final int MAX_TROUBLE = 500;
    /** What a status means, where that of its kind is too coarse. */
    private static final Map<Integer, String> MEANINGS = Map.ofEntries(Map.entry(402, "payment required"), Map.entry(403, "forbidden"),
            Map.entry(410, "number given up"), Map.entry(423, "refused"), Map.entry(433, "anonymous calls are refused"),
            Map.entry(481, "lost"), Map.entry(482, "loop"), Map.entry(483, "too many hops"), Map.entry(484, "incomplete number"),
            Map.entry(485, "ambiguous number"), Map.entry(501, "not supported"), Map.entry(502, "no way on"), Map.entry(504, "no answer in time"),
            Map.entry(600, "busy everywhere"), Map.entry(604, "unknown everywhere"), Map.entry(607, "unwanted"));

    private final CallRecord call;
    private final EndCause cause;
    private final Evidence evidence;
    private final boolean inbound;
    private final String them;

    private EndReason(CallRecord call, Evidence evidence) {
        this.call = call;
        this.cause = call.cause();
        this.evidence = evidence;
        this.inbound = call.direction() == CallDirection.INBOUND;
        this.them = inbound ? "the caller" : "the far end";
    }

    /** With what the messages tell. */
    public static String of(SipInfo info) {
        return new EndReason(info.call(), Evidence.of(info)).line();
    }

    /** Without messages: for lists. */
    public static String of(CallRecord call) {
        return new EndReason(call, Evidence.NONE).line();
    }

    private String line() {
        if (!call.isOver() || cause == null) {
            return "the call is up";
        }
        String line = switch (cause.kind()) {
            case NORMAL -> hungUp();
            case BUSY -> answered("busy");
            case DECLINED -> answered("declined");
            case NO_ANSWER -> noAnswer();
            case CANCELLED -> cancelled();
            case NOT_FOUND -> answered("unknown number") + (evidence.unclaimed() ? ", no route takes it" : "");
            case UNAUTHORIZED -> unauthorized();
            case NOT_ACCEPTABLE -> answered("no common audio");
            case REDIRECTED -> answered("redirected") + (evidence.contact().isEmpty() ? "" : ", to " + evidence.contact());
            case BAD_REQUEST -> answered(cause.sipCode() == 400 ? "not understood" : "refused");
            case UNAVAILABLE -> unavailable();
            case OVERLOADED -> answered("overloaded") + (evidence.unclaimed() ? ", no room for the call" : "");
            case SERVER_ERROR -> answered("server error");
            case TRANSPORT -> (call.answeredAt() == null ? "" : "lost " + talked() + ": ") + unreachable();
            case DIALOG_LOST -> cause.sipCode() == 481 && call.answeredAt() == null && !phrase().contains("dialog") ? answered("lost")
                    : "lost " + talked() + ": " + them + " does not know the call any more";
            case SESSION_EXPIRED -> "lost " + talked() + ": nobody refreshed the session in time";
            case TIME_LIMIT -> "time limit: hung up by us " + talked();
            case MEDIA_LOST -> (phrase().isEmpty() ? "no audio came" : phrase()) + ": hung up by us " + talked();
            case INTERRUPTED -> interrupted();
        };
        return Wording.clean(line + reasonHeader(), 2 * MAX_PHRASE);
    }

    private boolean isOurs() {
        return cause.endedBy() == Origin.LOCAL;
    }

    private String phrase() {
        return Wording.clean(cause.phrase(), MAX_PHRASE);
    }

    /** How long the call was up; before it was answered, how long it waited. */
    private String talked() {
        return call.answeredAt() == null ? waited() + ", before " + (inbound ? "we" : "the far end") + " answered"
                : "after " + Wording.span(call.answeredAt(), call.endedAt());
    }

    private String waited() {
        return "after " + Wording.span(call.createdAt(), call.endedAt());
    }

    private String status() {
        String phrase = phrase();
        return phrase.isEmpty() ? String.valueOf(cause.sipCode()) : cause.sipCode() + " " + phrase;
    }

    /** Where a final response ended the call; ours may have a sentence in place of a phrase, and a call that was up has no response. */
    private String answered(String meaning) {
        String what = MEANINGS.getOrDefault(cause.sipCode(), meaning);
        if (call.answeredAt() != null) {
            return what + ": hung up by " + (isOurs() ? "us " : them + " ") + talked() + (isOurs() && !phrase().isEmpty() ? ", " + phrase() : "");
        }
        if (!isOurs()) {
            return what + ": the far end answered " + status();
        }
        if (!inbound) {
            return what + (phrase().isEmpty() ? "" : ": " + phrase());
        }
        return what + ": we answered " + (isSentence() ? cause.sipCode() + ", " + phrase() : status());
    }

    /** Phrases of SIP begin with a capital letter, our sentences do not. */
    private boolean isSentence() {
        return !phrase().isEmpty() && Character.isLowerCase(phrase().charAt(0));
    }

    private String hungUp() {
        boolean bridged = isOurs() && phrase().contains("bridged");
        return "hung up by " + (isOurs() ? "us " : them + " ") + talked() + (bridged ? ": " + phrase() : "");
    }

    private String noAnswer() {
        String phrase = phrase();
        if (cause.endedBy() != Origin.TIMEOUT) {
            return answered("no answer");
        }
        if (call.answeredAt() != null) {
            return phrase.startsWith("no ACK to the 200") && !phrase.contains("re-INVITE") ? "lost: " + them + " never acknowledged our 200"
                    : "lost " + talked() + ": " + them + " did not respond (" + phrase + ")";
        }
        if (phrase.startsWith("no ACK") || phrase.startsWith("no PRACK")) {
            return "lost: " + them + " never acknowledged our ringing (" + phrase + ")";
        }
        if (phrase.startsWith("no response to the INVITE") || !evidence.heard()) {
            String sent = evidence.invites() > 1 ? ", sent " + evidence.invites() + " times" : "";
            return "no answer: nothing came back to our INVITE" + sent + ", given up " + waited();
        }
        if (phrase.startsWith("no answer within")) {
            return "no answer: cancelled by us " + waited() + (call.ringingAt() == null ? ", it did not ring" : "");
        }
        return "no answer" + (phrase.isEmpty() ? "" : ": " + phrase);
    }

    private String cancelled() {
        if (inbound) {
            return isOurs() ? answered("cancelled") : "cancelled by the caller " + waited();
        }
        return isOurs() ? "cancelled by us " + waited() + ", before the far end answered" : answered("cancelled");
    }

    private String unauthorized() {
        int code = cause.sipCode();
        boolean challenge = code == 401 || code == 407;
        if (inbound && isOurs()) {
            if (!challenge || evidence.challenges() == 0) {
                return answered("not authenticated");
            }
            return evidence.credentials() == 0 ? "no password: we asked for one (" + code + ") and the caller gave up"
                    : "wrong password: we challenged " + times(evidence.challenges()) + " and the caller gave up";
        }
        if (evidence.credentials() > 0) {
            return challenge ? "wrong password: the far end refused ours with " + status()
                    : "wrong password, or not allowed: the far end answered our password with " + status();
        }
        return challenge ? "no password: the far end asked for one, and we have none for it (" + status() + ")" : answered("refused");
    }

    private static String times(int number) {
        return number == 1 ? "once" : number == 2 ? "twice" : number + " times";
    }

    private String unreachable() {
        String why = ConnectTrouble.say(Wording.clean(cause.phrase(), MAX_TROUBLE));
        return why.isEmpty() ? "the connection failed" : why;
    }

    private String unavailable() {
        if (cause.endedBy() == Origin.TIMEOUT) {
            String nothing = phrase().isEmpty() ? "no final response" : phrase();
            return cause.sipCode() == 0 ? "given up: " + nothing
                    : "not taken: no route decided about the call within " + Wording.span(call.createdAt(), call.endedAt());
        }
        return isOurs() && phrase().equals("hung up by us") ? "not taken: hung up by us " + talked() : answered("unavailable");
    }

    private String interrupted() {
        String what = switch (phrase()) {
            case "shutting down" -> "the gateway was stopped";
            case "the process stopped while the call was up" -> "the gateway stopped without a farewell";
            default -> phrase().isEmpty() ? "the gateway stopped" : phrase();
        };
        return "interrupted: " + what + (call.answeredAt() == null ? "" : ", " + talked());
    }

    /** What the Reason header (RFC 3326) adds. */
    private String reasonHeader() {
        String reason = Wording.clean(cause.reason(), MAX_PHRASE);
        return reason.isEmpty() ? "" : " (reason given: " + reason + ")";
    }
}
