package io.github.camelvoice.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.testkit.TableCases;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state, and every status of the document. */
class SessionTableTest {

    /** STATES | EVENTS | NEXT (= for the same) | ACTIONS; what is not listed is dropped. */
    private static final String TABLE = """
            NONE | START | READY | TELL_STARTED KEEP TELL_READY
            NONE | START_OFFLINE | = | TELL_REGISTRATION_FAILED DONE
            NONE | END CALL ANSWER HANG_UP HANG_UP_HARD TRANSFER PLAY MUTE UNMUTE | = | SAY_NO_SESSION
            NONE | UNREGISTER | GONE | FORGET
            NONE | REGISTERED | = | TELL_REGISTERED
            NONE | REGISTRATION_FAILED | = | TELL_REGISTRATION_FAILED
            NONE GONE | INCOMING | = | TURN_AWAY
            OFFLINE READY | START START_OFFLINE | = | SAY_OUT_OF_ORDER
            OFFLINE READY | END | NONE | TELL_ENDED KEEP
            OFFLINE READY | UNREGISTER | GONE | TELL_ENDED FORGET
            OFFLINE | CALL | = | SAY_OFFLINE
            READY | CALL | = | PLACE
            READY | PLACED | CALLING | TELL_INITIATED DONE
            OFFLINE READY | ANSWER HANG_UP HANG_UP_HARD TRANSFER PLAY MUTE UNMUTE | = | SAY_NO_CALL
            OFFLINE READY | REGISTERED | READY | TELL_REGISTERED TELL_READY
            OFFLINE READY | REGISTRATION_FAILED | OFFLINE | TELL_REGISTRATION_FAILED
            OFFLINE READY | INCOMING | RINGING | TELL_INITIATED RING
            RINGING ANSWERING CALLING TALKING TRANSFERRING HANGING_UP LEAVING PARTING | START START_OFFLINE CALL | = | SAY_OUT_OF_ORDER
            RINGING ANSWERING CALLING TALKING TRANSFERRING HANGING_UP LEAVING PARTING | REGISTERED | = | TELL_REGISTERED
            RINGING ANSWERING CALLING TALKING TRANSFERRING HANGING_UP LEAVING PARTING | REGISTRATION_FAILED | = | TELL_REGISTRATION_FAILED
            RINGING ANSWERING CALLING TALKING TRANSFERRING HANGING_UP LEAVING PARTING | INCOMING | = | DECLINE TELL_BUSY
            RINGING ANSWERING CALLING TALKING TRANSFERRING | END | LEAVING | TELL_SOFT_HANGUP AWAIT_END HANG_UP
            RINGING ANSWERING CALLING TALKING TRANSFERRING | UNREGISTER | PARTING | TELL_SOFT_HANGUP AWAIT_END HANG_UP
            RINGING ANSWERING CALLING TALKING TRANSFERRING | HANG_UP | HANGING_UP | TELL_SOFT_HANGUP DONE HANG_UP
            RINGING ANSWERING CALLING TALKING TRANSFERRING | HANG_UP_HARD | HANGING_UP | TELL_HARD_HANGUP DONE HANG_UP_HARD
            RINGING ANSWERING CALLING | TRANSFER PLAY MUTE UNMUTE | = | SAY_OUT_OF_ORDER
            RINGING | ANSWER | ANSWERING | AWAIT_ANSWER ANSWER
            RINGING | ANSWER_DUE | ANSWERING | ANSWER
            ANSWERING | ANSWER | = | AWAIT_ANSWER
            CALLING TALKING TRANSFERRING | ANSWER | = | SAY_OUT_OF_ORDER
            RINGING ANSWERING CALLING | CONNECTED | TALKING | TELL_CONNECTED
            RINGING ANSWERING CALLING | ENDED | READY | TELL_FAILED RELEASE TELL_READY
            RINGING ANSWERING CALLING | ENDED_OFFLINE | OFFLINE | TELL_FAILED RELEASE
            TALKING TRANSFERRING | PLAY | = | PLAY
            TALKING TRANSFERRING | MUTE | = | MUTE
            TALKING TRANSFERRING | UNMUTE | = | UNMUTE
            TALKING | TRANSFER | TRANSFERRING | TELL_TRANSFER DONE TRANSFER
            TRANSFERRING | TRANSFER | = | SAY_OUT_OF_ORDER
            TRANSFERRING | TRANSFERRED | = | NOTE_TRANSFERRED
            TRANSFERRING | TRANSFER_FAILED | TALKING | TELL_TRANSFER_FAILED
            TALKING TRANSFERRING HANGING_UP | ENDED | READY | TELL_FINISHED RELEASE TELL_READY
            TALKING TRANSFERRING HANGING_UP | ENDED_OFFLINE | OFFLINE | TELL_FINISHED RELEASE
            TALKING TRANSFERRING | PLAYED | = | TELL_PLAYED DONE
            TALKING TRANSFERRING | MUTED | = | TELL_MUTED DONE
            TALKING TRANSFERRING | UNMUTED | = | TELL_UNMUTED DONE
            HANGING_UP LEAVING PARTING | ANSWER HANG_UP TRANSFER PLAY MUTE UNMUTE | = | SAY_OUT_OF_ORDER
            HANGING_UP LEAVING PARTING | HANG_UP_HARD | = | TELL_HARD_HANGUP DONE HANG_UP_HARD
            HANGING_UP LEAVING | END | LEAVING | AWAIT_END
            PARTING | END | = | AWAIT_END
            HANGING_UP LEAVING PARTING | UNREGISTER | PARTING | AWAIT_END
            LEAVING | ENDED ENDED_OFFLINE | NONE | TELL_FINISHED RELEASE TELL_ENDED KEEP
            PARTING | ENDED ENDED_OFFLINE | GONE | TELL_FINISHED RELEASE TELL_ENDED FORGET
            NONE OFFLINE READY RINGING ANSWERING CALLING HANGING_UP LEAVING PARTING GONE | PLAYED MUTED UNMUTED | = | SAY_TOO_LATE
            GONE | START START_OFFLINE END CALL ANSWER HANG_UP HANG_UP_HARD TRANSFER PLAY MUTE UNMUTE UNREGISTER | = | SAY_GONE
            """;

    @TestFactory
    Stream<DynamicTest> everyEventInEveryState() {
        return TableCases.of(TABLE, SessionState.class, SessionEvent.class, SessionTable.TABLE);
    }

    @Test
    void allTwentyTwoStatusesAreTold() {
        Set<StatusType> told = EnumSet.noneOf(StatusType.class);
        for (SessionAction action : SessionAction.values()) {
            for (CallDirection direction : CallDirection.values()) {
                StatusType type = StatusTable.of(action, direction);
                if (type != null) {
                    told.add(type);
                }
                assertThat(type != null).as(action.name()).isEqualTo(action.name().startsWith("TELL_")
                        || Set.of(SessionAction.SAY_NO_SESSION, SessionAction.SAY_NO_CALL, SessionAction.SAY_OFFLINE).contains(action));
            }
        }
        assertThat(told).containsExactlyInAnyOrder(StatusType.values());
        assertThat(StatusType.values()).hasSize(22);
    }
}
