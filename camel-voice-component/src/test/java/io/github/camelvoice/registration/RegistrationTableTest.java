package io.github.camelvoice.registration;

import io.github.camelvoice.testkit.TableCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of an account. */
class RegistrationTableTest {

    private static final String ACCOUNT = """
            QUEUED | TURN | REGISTERING | TELL SEND
            QUEUED WAITING REFUSED | END | UNREGISTERING | CANCEL TELL LEAVE
            REGISTERING REGISTERED | BOUND | REGISTERED | TELL SETTLE
            REGISTERING REGISTERED | FAILED LOST | WAITING | SCHEDULE TELL SETTLE
            REGISTERING REGISTERED | REFUSED | REFUSED | SCHEDULE TELL SETTLE
            REGISTERING REGISTERED | END | UNREGISTERING | TELL LEAVE
            REGISTERED | START | = | SEND
            WAITING REFUSED | DUE | QUEUED | TELL QUEUE
            WAITING REFUSED | START | QUEUED | CANCEL TELL QUEUE
            UNREGISTERING | ENDED | GONE | CANCEL CLOSE TELL SETTLE OVER
            UNREGISTERING | LATE | GONE | CLOSE TELL SETTLE OVER
            QUEUED REGISTERING REGISTERED WAITING REFUSED UNREGISTERING | CLOSE | GONE | CANCEL CLOSE SETTLE OVER
            """;

    @TestFactory
    Stream<DynamicTest> account() {
        return TableCases.of(ACCOUNT, RegistrationInfo.State.class, RegistrationTable.Event.class, RegistrationTable.TABLE);
    }
}
