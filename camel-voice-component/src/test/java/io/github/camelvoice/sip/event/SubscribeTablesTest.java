package io.github.camelvoice.sip.event;

import io.github.camelvoice.testkit.TableCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of a usage and of its dialogs. */
class SubscribeTablesTest {

    private static final String USAGE = """
            IDLE | START | ASKING | SEND
            IDLE SPENT | END | OVER | RELEASE TELL_LEFT
            ASKING | ACCEPT | ACCEPTED | ARM TELL_ACCEPTED
            ASKING | REFUSE SILENCE | OVER | RELEASE TELL_REFUSED
            ASKING SPENT | DIALOG | HEARD |
            ASKING | END | LEAVING_UNHEARD |
            HEARD | ACCEPT SILENCE | OPEN | TELL_ACCEPTED
            HEARD SPENT | REFUSE | OVER | RELEASE TELL_REFUSED
            HEARD | EMPTY | SPENT |
            HEARD OPEN | END | LEAVING | LEAVE_DIALOGS
            SPENT | ACCEPT | OVER | TELL_ACCEPTED RELEASE TELL_ENDED
            SPENT | SILENCE | OVER | RELEASE TELL_ENDED
            ACCEPTED | DIALOG | OPEN | DISARM
            ACCEPTED | NO_NOTIFY | OVER | RELEASE TELL_NO_NOTIFY
            ACCEPTED | END | LEAVING |
            OPEN | EMPTY | OVER | RELEASE TELL_ENDED
            LEAVING_UNHEARD | ACCEPT | LEAVING | ARM
            LEAVING_UNHEARD | REFUSE SILENCE | OVER | RELEASE TELL_LEFT
            LEAVING_UNHEARD | DIALOG | LEAVING |
            LEAVING | DIALOG | = | DISARM
            LEAVING | EMPTY NO_NOTIFY | OVER | RELEASE TELL_LEFT
            IDLE ASKING HEARD SPENT ACCEPTED OPEN LEAVING_UNHEARD LEAVING | CLOSE | OVER | RELEASE
            """;

    private static final String DIALOG = """
            LIVE | NOTIFY | = | PLAN TELL
            REFRESHING LEAVING LAST | NOTIFY | = | TELL
            OWED | NOTIFY | LIVE | DISARM PLAN TELL
            LIVE REFRESHING OWED | TERMINATED | OVER | TELL OVER_BY_NOTIFIER
            LEAVING LAST | TERMINATED | OVER | TELL OVER_BY_US
            LIVE | DUE | REFRESHING | SEND_REFRESH
            OWED | DUE | REFRESHING | DISARM SEND_REFRESH
            LIVE OWED | EXPIRED | OVER | OVER_LOST
            LIVE REFRESHING | LEAVE | LEAVING | SEND_LEAVE
            OWED | LEAVE | LEAVING | DISARM SEND_LEAVE
            LIVE REFRESHING OWED | FETCH | LAST | ARM
            REFRESHING | OK_HEARD | LIVE | PLAN
            REFRESHING | OK | OWED | PLAN ARM
            REFRESHING | GONE SILENCE | OVER | OVER_LOST
            REFRESHING | LATER | LIVE | PLAN_RETRY
            OWED | NO_NOTIFY | OVER | OVER_UNHEARD
            LEAVING | OK OK_HEARD | LAST | ARM
            LEAVING | GONE LATER SILENCE | OVER | OVER_BY_US
            LAST | NO_NOTIFY | OVER | OVER_BY_US
            """;

    @TestFactory
    Stream<DynamicTest> usage() {
        return TableCases.of(USAGE, SubscribeTable.State.class, SubscribeTable.Event.class, SubscribeTable.TABLE);
    }

    @TestFactory
    Stream<DynamicTest> dialog() {
        return TableCases.of(DIALOG, NotifierDialogTable.State.class, NotifierDialogTable.Event.class, NotifierDialogTable.TABLE);
    }
}
