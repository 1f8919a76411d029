package io.github.camelvoice.session;

import io.github.camelvoice.call.CallDirection;

/** From what is to be told to the status that says it: the one place. */
final class StatusTable {

    private StatusTable() {
    }

    /**
     * The status of a {@code TELL_} or {@code SAY_} action.
     *
     * @param direction of the call that it is about; null where it is about none
     * @return null for an action that says nothing
     */
    static StatusType of(SessionAction action, CallDirection direction) {
        boolean incoming = direction == CallDirection.INBOUND;
        return switch (action) {
            case TELL_REGISTERED -> StatusType.REGISTERED;
            case TELL_REGISTRATION_FAILED, SAY_OFFLINE -> StatusType.SESSION_REGISTRATION_FAILED;
            case TELL_STARTED -> StatusType.SESSION_STARTED;
            case TELL_READY -> StatusType.READY;
            case TELL_ENDED -> StatusType.SESSION_ENDED;
            case TELL_INITIATED -> incoming ? StatusType.INCOMING_CALL_INITIATED : StatusType.OUTGOING_CALL_INITIATED;
            case TELL_CONNECTED -> incoming ? StatusType.INCOMING_CALL_CONNECTED : StatusType.OUTGOING_CALL_CONNECTED;
            case TELL_FAILED -> incoming ? StatusType.INCOMING_CALL_FAILED : StatusType.OUTGOING_CALL_FAILED;
            case TELL_FINISHED -> incoming ? StatusType.INCOMING_CALL_FINISHED : StatusType.OUTGOING_CALL_FINISHED;
            case TELL_BUSY -> StatusType.INCOMING_CALL_FAILED;
            case TELL_SOFT_HANGUP -> StatusType.SOFT_HANGUP_INITIATED;
            case TELL_HARD_HANGUP -> StatusType.HARD_HANGUP_INITIATED;
            case TELL_TRANSFER -> StatusType.TRANSFER_CALL_INITIATED;
            case TELL_TRANSFER_FAILED -> StatusType.TRANSFER_CALL_FAILED;
            case TELL_PLAYED -> StatusType.MICROPHONE_WAV_FILES_PLAYED;
            case TELL_MUTED -> StatusType.MICROPHONE_MUTED;
            case TELL_UNMUTED -> StatusType.MICROPHONE_UNMUTED;
            case SAY_NO_SESSION -> StatusType.NO_SESSION;
            case SAY_NO_CALL -> StatusType.NO_ONGOING_CALL;
            default -> null;
        };
    }
}
