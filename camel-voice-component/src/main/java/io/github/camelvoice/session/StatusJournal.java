package io.github.camelvoice.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.runtime.EngineClock;

/** Makes the statuses of one session, numbers them, and tells them. On the session's mailbox. */
final class StatusJournal {

    private static final int LONGEST_TRACEBACK = 8_000;

    private final String account;
    private final SessionStore store;
    private final Followers followers;
    private final EngineClock clock;
    private final boolean tracebacks;
    private long sequence;
    private SessionStatus current;

    /** What a status is about. @param failure what went wrong, null for nothing */
    record About(String callId, String callee, String transferTarget, SipHeaders headers, String description, Throwable failure) {

        static final About NOTHING = new About("", "", "", SipHeaders.none(), "", null);

        About with(String words, Throwable wrong) {
            return new About(callId, callee, transferTarget, headers, words == null ? "" : words, wrong);
        }
    }

    StatusJournal(String account, SessionStore store, Followers followers, EngineClock clock, boolean tracebacks) {
        this.account = account;
        this.store = store;
        this.followers = followers;
        this.clock = clock;
        this.tracebacks = tracebacks;
        this.current = answer(StatusType.NO_SESSION, "");
    }

    /** @param last number of the last status before */
    void goOn(long last) {
        sequence = last;
    }

    SessionStatus current() {
        return current;
    }

    /** @param aside a status that does not become the current one */
    SessionStatus tell(StatusType type, About about, boolean aside) {
        SessionStatus status = make(type, ++sequence, about);
        if (!aside) {
            current = status;
        }
        store.add(status);
        followers.tell(status);
        return status;
    }

    /** An answer that is no part of the history. */
    SessionStatus answer(StatusType type, String description) {
        return make(type, 0, About.NOTHING.with(description, null));
    }

    private SessionStatus make(StatusType type, long number, About about) {
        Throwable failure = about.failure();
        return new SessionStatus(account, number, clock.now(), type, about.callId(), about.callee(), about.transferTarget(), map(about.headers()),
                about.description(), failure == null ? "" : failure.getClass().getSimpleName(),
                failure == null || !tracebacks ? "" : traceback(failure), "");
    }

    private static Map<String, String> map(SipHeaders headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (SipHeaders.Field field : headers) {
            map.merge(field.name(), field.value() == null ? "" : field.value(), (one, other) -> one + ", " + other);
        }
        return map;
    }

    private static String traceback(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer().length() > LONGEST_TRACEBACK ? text.getBuffer().substring(0, LONGEST_TRACEBACK) : text.toString();
    }

    static SessionException.Kind kindOf(CallException failure) {
        return switch (failure.kind()) {
            case BAD_REQUEST -> SessionException.Kind.INVALID_ARGUMENT;
            case NO_SUCH_CALL, WRONG_STATE -> SessionException.Kind.ABORTED;
            case FORBIDDEN -> SessionException.Kind.PERMISSION_DENIED;
            case OVERLOADED -> SessionException.Kind.RESOURCE_EXHAUSTED;
            case REFUSED, MEDIA, UNAVAILABLE, NOT_REGISTERED -> SessionException.Kind.UNAVAILABLE;
        };
    }
}
