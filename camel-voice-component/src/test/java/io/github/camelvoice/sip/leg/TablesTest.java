package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.runtime.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of both INVITE usages. */
class TablesTest {

    /** STATES | EVENTS | NEXT (= for the same) | ACTIONS; what is not listed is dropped. */
    private static final String SERVER = """
            RECEIVED EARLY | PROVISIONAL | EARLY | SEND_PROVISIONAL
            RECEIVED EARLY | ACCEPT | ACCEPTED | SEND_OK
            RECEIVED EARLY | ACCEPT_AFTER_PRACK | ANSWER_HELD |
            ANSWER_HELD | PRACKED | ACCEPTED | SEND_OK
            RECEIVED EARLY ANSWER_HELD | REJECT | CLOSED | SEND_FINAL CLOSE
            RECEIVED EARLY ANSWER_HELD | HANGUP | CLOSED | SEND_UNAVAILABLE CLOSE
            RECEIVED EARLY ANSWER_HELD | CANCEL | CLOSED | OK_TO_CANCEL SEND_TERMINATED TELL_CANCELLED CLOSE
            RECEIVED EARLY ANSWER_HELD | BYE | CLOSED | SEND_TERMINATED TELL_CANCELLED HOLD_BYE CLOSE
            RECEIVED EARLY ANSWER_HELD | NO_PRACK LOST GONE | CLOSED | SEND_GIVE_UP TELL_LOST CLOSE
            ACCEPTED HANGUP_HELD CONFIRMED ENDING BYE_HELD | CANCEL | = | OK_TO_CANCEL
            ACCEPTED HANGUP_HELD | INVITE_AGAIN | = | REPEAT_OK
            ACCEPTED | ACK | CONFIRMED | STOP_REPEATING TELL_ACKED
            ACCEPTED | NO_ACK LOST | ENDING | STOP_REPEATING SEND_BYE TELL_LOST
            ACCEPTED | HANGUP | HANGUP_HELD |
            ACCEPTED | BYE | BYE_HELD | STOP_REPEATING TELL_BYE
            ACCEPTED CONFIRMED | GONE | CLOSED | TELL_LOST CLOSE
            HANGUP_HELD | ACK NO_ACK LOST | ENDING | STOP_REPEATING SEND_BYE
            HANGUP_HELD | BYE | CLOSED | HOLD_BYE CLOSE
            HANGUP_HELD ENDING | GONE | CLOSED | CLOSE
            CONFIRMED | HANGUP | ENDING | SEND_BYE
            CONFIRMED | BYE | BYE_HELD | TELL_BYE
            CONFIRMED | LOST | ENDING | SEND_BYE TELL_LOST
            ENDING | BYE | = | HOLD_BYE
            BYE_HELD | BYE | = | OK_TO_BYE
            ENDING | BYE_ANSWERED | CLOSED | CLOSE
            BYE_HELD | CONFIRM_BYE HANGUP | CLOSED | OK_TO_BYE CLOSE
            RECEIVED EARLY ANSWER_HELD ACCEPTED HANGUP_HELD CONFIRMED ENDING BYE_HELD | ABANDON | CLOSED | CLOSE
            """;

    private static final String CLIENT = """
            IDLE | INVITE | CALLING | SEND_INVITE
            IDLE | CANCEL HANGUP | CLOSED | CLOSE
            CALLING PROCEEDING | TRYING | PROCEEDING |
            CALLING PROCEEDING | PROVISIONAL | PROCEEDING | TELL_PROVISIONAL
            CALLING PROCEEDING | RETRY | CALLING | SEND_INVITE
            CALLING PROCEEDING | ACCEPTED | CONFIRMED | SEND_ACK TELL_ACCEPTED
            CALLING PROCEEDING | ACCEPTED_WITH_OFFER | ACK_DUE | TELL_ACCEPTED
            CALLING PROCEEDING | REFUSED | CLOSED | TELL_REJECTED CLOSE
            CALLING PROCEEDING | NO_RESPONSE | CLOSED | TELL_LOST CLOSE
            CALLING | CANCEL HANGUP | CANCEL_WAITS | TELL_CANCELLED
            CALLING | LOST GONE | CANCEL_WAITS | TELL_LOST
            PROCEEDING | CANCEL HANGUP | CANCELLING | SEND_CANCEL
            PROCEEDING | LOST GONE | CANCELLING | SEND_CANCEL TELL_LOST
            CANCEL_WAITS | TRYING PROVISIONAL | CANCELLING | SEND_CANCEL
            CANCEL_WAITS CANCELLING | ACCEPTED | ENDING | SEND_ACK SEND_BYE
            CANCEL_WAITS CANCELLING | ACCEPTED_WITH_OFFER | ENDING | SEND_EMPTY_ACK SEND_BYE
            CANCEL_WAITS CANCELLING | RETRY REFUSED | CLOSED | TELL_REJECTED CLOSE
            CANCEL_WAITS CANCELLING | NO_RESPONSE | CLOSED | CLOSE
            CANCELLING | CANCEL_EXPIRED | CLOSED | CLOSE
            IDLE CALLING CANCEL_WAITS PROCEEDING CANCELLING | BYE | = | REFUSE_BYE
            ACK_DUE | ANSWER | CONFIRMED | SEND_ACK
            ACK_DUE | HANGUP CANCEL | ENDING | SEND_EMPTY_ACK SEND_BYE
            ACK_DUE CONFIRMED | BYE | BYE_HELD | TELL_BYE
            ACK_DUE | LOST | ENDING | SEND_EMPTY_ACK SEND_BYE TELL_LOST
            ACK_DUE CONFIRMED | GONE | CLOSED | TELL_LOST CLOSE
            CONFIRMED | HANGUP CANCEL | ENDING | SEND_BYE
            CONFIRMED | LOST | ENDING | SEND_BYE TELL_LOST
            ENDING | BYE | = | HOLD_BYE
            BYE_HELD | BYE | = | OK_TO_BYE
            ENDING | BYE_ANSWERED GONE | CLOSED | CLOSE
            BYE_HELD | CONFIRM_BYE HANGUP CANCEL | CLOSED | OK_TO_BYE CLOSE
            CONFIRMED ENDING BYE_HELD | ACCEPTED_AGAIN | = | REPEAT_ACK
            ACK_DUE CONFIRMED ENDING BYE_HELD | ACCEPTED_ELSEWHERE | = | RELEASE_FORK
            IDLE CALLING CANCEL_WAITS PROCEEDING CANCELLING ACK_DUE CONFIRMED ENDING BYE_HELD | ABANDON | CLOSED | CLOSE
            """;

    private static final String REFERRING = """
            IDLE SETTLED | REFER | SENT | SEND
            IDLE | NOTIFY NOTIFY_FINAL NOTIFY_END | = | REFUSE
            SENT | ACCEPTED | SUBSCRIBED | TELL_ANSWER
            SENT KNOWN_EARLY | ACCEPTED_ALONE | SETTLED | TELL_ANSWER
            KNOWN_EARLY | ACCEPTED | SETTLED | TELL_ANSWER
            SENT KNOWN_EARLY | REFUSED | IDLE | TELL_ANSWER
            SENT SUBSCRIBED LATE | NOTIFY | = | OK TELL_NEWS
            SENT | NOTIFY_FINAL NOTIFY_END | KNOWN_EARLY | OK TELL_NEWS
            SUBSCRIBED | NOTIFY_FINAL NOTIFY_END | SETTLED | OK TELL_NEWS
            KNOWN_EARLY SETTLED | NOTIFY NOTIFY_FINAL NOTIFY_END | = | OK
            SENT SUBSCRIBED | DIALOG_OVER | LATE | LINGER
            KNOWN_EARLY SETTLED | DIALOG_OVER | IDLE | DONE
            LATE | ACCEPTED | = | TELL_ANSWER
            LATE | ACCEPTED_ALONE REFUSED | IDLE | TELL_ANSWER DONE
            LATE | NOTIFY_FINAL NOTIFY_END | IDLE | OK TELL_NEWS DONE
            LATE | EXPIRED | IDLE | DONE
            SENT KNOWN_EARLY SUBSCRIBED SETTLED LATE | ABANDON | IDLE | DONE
            """;

    private static final String REFERRED = """
            IDLE | REFER | ASKED | TELL_ASKED
            IDLE | FINISH | = | TELL_NOTIFIED
            ASKED | ACCEPT | TELLING | SEND_ACCEPTED SEND_TRYING
            ASKED | ACCEPT_ALONE | IDLE | SEND_ACCEPTED
            ASKED | REFUSE | IDLE | SEND_REFUSAL
            ASKED | DIALOG_OVER | IDLE | SEND_TERMINATED DONE
            ASKED ACTIVE TELLING TELLING_MORE TELLING_THEN_LAST TELLING_LAST | REFER | = | REFUSE_OTHER
            ASKED ACTIVE TELLING TELLING_MORE TELLING_THEN_LAST TELLING_LAST | ABANDON | IDLE | DONE
            ACTIVE | PROGRESS | TELLING | SEND_NOTIFY
            ACTIVE | FINISH | TELLING_LAST | SEND_NOTIFY
            TELLING TELLING_MORE | PROGRESS | TELLING_MORE | KEEP
            TELLING TELLING_MORE | FINISH | TELLING_THEN_LAST | KEEP
            TELLING | ANSWERED | ACTIVE |
            TELLING_MORE | ANSWERED | TELLING | SEND_KEPT
            TELLING_THEN_LAST | ANSWERED | TELLING_LAST | SEND_KEPT
            TELLING TELLING_MORE | UNHEARD | IDLE | DONE
            TELLING_THEN_LAST TELLING_LAST | UNHEARD | IDLE | TELL_NOTIFIED DONE
            TELLING_LAST | ANSWERED | IDLE | TELL_NOTIFIED DONE
            ACTIVE TELLING TELLING_MORE TELLING_THEN_LAST TELLING_LAST | DIALOG_OVER | = | LINGER
            ACTIVE TELLING TELLING_MORE TELLING_THEN_LAST TELLING_LAST | EXPIRED | IDLE | DONE
            """;

    @TestFactory
    Stream<DynamicTest> referring() {
        return cases(REFERRING, ReferringTable.State.class, ReferringTable.Event.class, ReferringTable.TABLE);
    }

    @TestFactory
    Stream<DynamicTest> referred() {
        return cases(REFERRED, ReferredTable.State.class, ReferredTable.Event.class, ReferredTable.TABLE);
    }

    @TestFactory
    Stream<DynamicTest> calledSide() {
        return cases(SERVER, ServerInvite.State.class, ServerInvite.Event.class, ServerInvite.TABLE);
    }

    @TestFactory
    Stream<DynamicTest> callingSide() {
        return cases(CLIENT, ClientInvite.State.class, ClientInvite.Event.class, ClientInvite.TABLE);
    }

    private static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> Stream<DynamicTest> cases(String text, Class<S> states,
                                                                                                       Class<E> events, Table<S, E, A> table) {
        Map<String, String> expected = expected(text);
        List<DynamicTest> tests = new ArrayList<>();
        for (S state : states.getEnumConstants()) {
            for (E event : events.getEnumConstants()) {
                String wanted = expected.getOrDefault(state + " " + event, state + " []");
                tests.add(DynamicTest.dynamicTest(state + " " + event, () -> {
                    Table.Step<S, A> step = table.step(state, event);
                    assertThat(step.next() + " " + step.actions()).isEqualTo(wanted);
                }));
            }
        }
        return tests.stream();
    }

    private static Map<String, String> expected(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] part = line.split("\\|", -1);
            List<String> actions = part[3].isBlank() ? List.of() : Arrays.asList(part[3].trim().split(" "));
            for (String state : part[0].trim().split(" ")) {
                for (String event : part[1].trim().split(" ")) {
                    String next = part[2].trim().equals("=") ? state : part[2].trim();
                    assertThat(map.put(state + " " + event, next + " " + actions)).as(state + " " + event).isNull();
                }
            }
        }
        return map;
    }

    @Test
    void aTableThatForgetsAnEventIsRefused() {
        assertThatThrownBy(() -> Table.<ServerInvite.State, ServerInvite.Event, LegAction>of(ServerInvite.State.class,
                ServerInvite.Event.class).build()).isInstanceOf(IllegalStateException.class).hasMessageContaining("PROVISIONAL");
    }
}
