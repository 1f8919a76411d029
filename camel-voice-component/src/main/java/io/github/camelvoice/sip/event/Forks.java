package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Arrays;

/**
 * The dialogs that one SUBSCRIBE made (RFC 6665, section 4.1.4). Changed on the mailbox of the usage, read by the thread of the stack
 * too: the array is replaced as a whole.
 */
final class Forks {

    /** Notifiers behind a forking proxy that are listened to; more hear 481. */
    static final int MAX = 8;
    private static final NotifierDialog[] NONE = {};

    private volatile NotifierDialog[] dialogs = NONE;
    private volatile boolean answered;
    /** Until when new dialogs may come, by the clock, once the SUBSCRIBE is answered. */
    private volatile long until;

    NotifierDialog[] all() {
        return dialogs;
    }

    boolean isEmpty() {
        return dialogs.length == 0;
    }

    /** Whether a NOTIFY may make another one. */
    boolean mayGrow(long now) {
        return dialogs.length < MAX && (!answered || now - until < 0);
    }

    /** The SUBSCRIBE has its answer: more may come until then. */
    void close(long nanos) {
        until = nanos;
        answered = true;
    }

    /** The dialog with the tags of this request, or null. */
    NotifierDialog find(SIPRequest request) {
        for (NotifierDialog each : dialogs) {
            if (each.dialog.matches(request)) {
                return each;
            }
        }
        return null;
    }

    void add(NotifierDialog dialog) {
        NotifierDialog[] more = Arrays.copyOf(dialogs, dialogs.length + 1);
        more[dialogs.length] = dialog;
        dialogs = more;
    }

    void remove(NotifierDialog dialog) {
        dialogs = Arrays.stream(dialogs).filter(each -> each != dialog).toArray(NotifierDialog[]::new);
    }

    void clear() {
        dialogs = NONE;
    }
}
