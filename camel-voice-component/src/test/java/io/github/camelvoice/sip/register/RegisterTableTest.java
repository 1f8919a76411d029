package io.github.camelvoice.sip.register;

import io.github.camelvoice.testkit.TableCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of a registration usage. */
class RegisterTableTest {

    private static final String USAGE = """
            IDLE RESTING | START | REGISTERING | SEND
            IDLE RESTING | END | OVER | RELEASE TELL_UNREGISTERED
            IDLE RESTING | END_BOUND | ENDING | SEND_END
            REGISTERING REFRESHING | ACCEPT | BOUND | PLAN TELL_REGISTERED
            REGISTERING REFRESHING | REFUSE SILENCE | RESTING | TELL_REFUSED
            REGISTERING REFRESHING | END END_BOUND | ENDING_SOON |
            BOUND | START | REFRESHING | CANCEL SEND
            BOUND | DUE | REFRESHING | SEND
            BOUND | LOST | RESTING | CANCEL TELL_LOST
            BOUND | END END_BOUND | ENDING | CANCEL SEND_END
            ENDING_SOON | ACCEPT | ENDING | SEND_END
            ENDING_SOON | REFUSE SILENCE | OVER | RELEASE TELL_UNREGISTERED
            ENDING | ACCEPT REFUSE SILENCE | OVER | RELEASE TELL_UNREGISTERED
            IDLE REGISTERING BOUND REFRESHING RESTING ENDING_SOON ENDING | CLOSE | OVER | RELEASE
            """;

    @TestFactory
    Stream<DynamicTest> usage() {
        return TableCases.of(USAGE, RegisterTable.State.class, RegisterTable.Event.class, RegisterTable.TABLE);
    }
}
