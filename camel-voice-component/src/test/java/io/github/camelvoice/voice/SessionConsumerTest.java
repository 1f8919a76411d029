package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** voice:session as a consumer: statuses of all accounts, or of one that it may register itself. */
class SessionConsumerTest extends VoiceRouteTest {

    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";

    private MockEndpoint consume(String options) throws Exception {
        yaml(route("voice:session" + options, "- to: \"mock:out\""));
        return getMockEndpoint("mock:out");
    }

    private void known(String account, String owner) {
        engine.sessions.register(new RegisterAccount(account, null, null, null, null, null, List.of(), 0, owner));
    }

    private VoiceSessionConsumer statuses() {
        return (VoiceSessionConsumer) context.getRoute("r").getConsumer();
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    private static List<Long> sequences(MockEndpoint out, String account) {
        return out.getExchanges().stream().filter(each -> account.equals(header(each, VoiceConstants.SESSION_ACCOUNT)))
                .map(each -> (Long) header(each, VoiceConstants.SESSION_SEQUENCE)).toList();
    }

    @Test
    void statusesOfAllAccounts() throws Exception {
        MockEndpoint out = consume("");
        out.expectedMessageCount(3);
        known(ALICE, "acme");
        known(BOB, "");
        engine.sessions.tells(ALICE, StatusType.OUTGOING_CALL_FAILED, "c-7", "sip:carol@x", "", "486 Busy Here");
        out.assertIsSatisfied();
        Exchange exchange = out.getExchanges().stream().filter(each -> header(each, VoiceConstants.SESSION_SEQUENCE).equals(2L)).findFirst().orElseThrow();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SessionStatus.class);
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"status\":\"OUTGOING_CALL_FAILED\",\"number\":11,\"callId\":\"c-7\"");
        assertThat(header(exchange, VoiceConstants.SESSION_ACCOUNT)).isEqualTo(ALICE);
        assertThat(header(exchange, VoiceConstants.SESSION_OWNER)).isEqualTo("acme");
        assertThat(header(exchange, VoiceConstants.SESSION_STATUS)).isEqualTo("OUTGOING_CALL_FAILED");
        assertThat(header(exchange, VoiceConstants.SESSION_STATUS_NUMBER)).isEqualTo(11);
        assertThat(header(exchange, VoiceConstants.CALL_ID)).isEqualTo("c-7");
        assertThat(header(exchange, VoiceConstants.SESSION_CALLEE)).isEqualTo("sip:carol@x");
        assertThat(header(exchange, VoiceConstants.SESSION_DESCRIPTION)).isEqualTo("486 Busy Here");
        assertThat(header(exchange, Exchange.MESSAGE_TIMESTAMP)).isEqualTo(2000L);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(VoiceConstants.SESSION_TRANSFER_TARGET, VoiceConstants.SESSION_EXCEPTION,
                VoiceConstants.SESSION_MISSED);
        assertThat(engine.sessions.registered).hasSize(2);
    }

    @Test
    void oneAccountAndSomeStatuses() throws Exception {
        MockEndpoint out = consume(":" + ALICE + "?statuses=READY,INCOMING_CALL_CONNECTED");
        known(ALICE, "");
        known(BOB, "");
        engine.sessions.tells(BOB, StatusType.READY);
        engine.sessions.tells(ALICE, StatusType.READY);
        engine.sessions.tells(ALICE, StatusType.INCOMING_CALL_INITIATED);
        engine.sessions.tells(ALICE, StatusType.INCOMING_CALL_CONNECTED);
        eventually(() -> out.getReceivedCounter() == 2);
        assertThat(sequences(out, ALICE)).containsExactly(2L, 4L);
        assertThat(statuses().getAccount()).isEqualTo(ALICE);
    }

    @Test
    void registersItsAccountAndStartsASession() throws Exception {
        MockEndpoint out = consume(":" + ALICE + "?password=RAW(p%&)&authUsername=a1&outboundProxy=proxy&transport=udp&expires=5m&displayName=A"
                + "&contacts=sip:c@d&autoAnswerInterval=2");
        assertThat(engine.sessions.registered).containsExactly(new RegisterAccount(ALICE, "p%&", "a1", "proxy", "udp", "A", List.of("sip:c@d"), 300, ""));
        assertThat(engine.sessions.asked).containsExactly("start 2 " + ALICE);
        eventually(() -> out.getReceivedCounter() == 2);
        context.getRouteController().stopRoute("r");
        assertThat(engine.sessions.asked).containsExactly("start 2 " + ALICE, "unregister " + ALICE);
        assertThat(sequences(out, ALICE)).containsExactly(1L, 2L, 3L);
        assertThat(engine.sessions.followers()).isZero();
        context.getRouteController().startRoute("r");
        assertThat(engine.sessions.registered).hasSize(2);
    }

    @Test
    void aServerThatIsAwayKeepsNoRouteFromStarting() throws Exception {
        engine.sessions.registration = null;
        consume(":" + ALICE + "?password=p&autoAnswerInterval=0");
        assertThat(engine.sessions.asked).isEmpty();
        engine.sessions.tells(ALICE, StatusType.SESSION_REGISTRATION_FAILED);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValue(ALICE + " is not registered (waiting): 503 Service Unavailable");
        assertThat(statuses().getHealthCheck().isReadiness()).isFalse();
        engine.sessions.tells(ALICE, StatusType.REGISTERED);
        assertThat(engine.sessions.asked).containsExactly("start 0 " + ALICE);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        engine.sessions.tells(ALICE, StatusType.SESSION_ENDED);
        engine.sessions.tells(ALICE, StatusType.REGISTERED);
        assertThat(engine.sessions.asked).hasSize(1);
    }

    private HealthCheck.Result health() {
        return statuses().getHealthCheck().call();
    }

    @Test
    void withoutAPasswordItIsSaid() throws Exception {
        consume(":" + ALICE + "?register=true");
        assertThat(engine.sessions.registered).hasSize(1);
        assertThat(engine.sessions.asked).isEmpty();
        context.getRouteController().stopRoute("r");
        context.removeRoute("r");
        consume(":" + ALICE + "?register=false");
        assertThat(engine.sessions.registered).hasSize(1);
    }

    @Test
    void twoRoutesDoNotHoldOneAccount() throws Exception {
        consume(":" + ALICE + "?password=p");
        assertThatThrownBy(() -> yaml("- route: { id: two, from: { uri: \"voice:session:" + ALICE + "?password=q\", steps: [ { to: \"mock:b\" } ] } }"))
                .hasStackTraceContaining("two consumers of voice:session register " + ALICE);
        context.getRouteController().stopRoute("r");
    }

    @Test
    void whatIsWrongInItselfKeepsTheRouteFromStarting() {
        engine.sessions.failure = new SessionException(SessionException.Kind.INVALID_ARGUMENT, "account_name is no user@host");
        assertThatThrownBy(() -> consume(":alice?password=p")).hasStackTraceContaining("account_name is no user@host");
        assertThat(engine.sessions.followers()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "?password=p                        | a consumer of voice:session has no option password: it belongs to",
        ":a@x?authUsername=p                | a consumer of voice:session has no option authUsername: it belongs to a consumer of voice:session that registers",
        ":a@x?autoAnswerInterval=0          | a consumer of voice:session has no option autoAnswerInterval",
        "?register=true                     | register=true needs the account in the path",
        ":a@x?operation=start               | a consumer has no operation: start",
        "?statuses=BUSY                     | statuses has no value 'BUSY'; there are [NO_SESSION, REGISTERED,",
        "?queueSize=1&concurrentConsumers=2 | concurrentConsumers must be 1 or more, and queueSize not less than it",
        "?kinds=dtmf                        | a consumer of voice:session has no option kinds: it belongs to a consumer of voice:events",
        "?register=perhaps                  | register must be true or false: perhaps",
    })
    void optionsThatMakeNoSense(String uri, String message) {
        assertThatThrownBy(() -> consume(uri)).hasStackTraceContaining(message);
    }

    @Test
    void aRouteThatFallsBehindReadsTheHistory() throws Exception {
        MockEndpoint out = consume("?queueSize=2");
        context.getRouteController().suspendRoute("r");
        known(ALICE, "");
        known(BOB, "");
        for (int i = 0; i < 8; i++) {
            engine.sessions.tells(ALICE, StatusType.READY);
            engine.sessions.tells(BOB, StatusType.READY);
        }
        assertThat(statuses().getWaitingStatuses()).isEqualTo(18);
        engine.sessions.unreadable = new IOException("the database is away");
        context.getRouteController().resumeRoute("r");
        eventually(() -> out.getReceivedCounter() == 2);
        engine.sessions.unreadable = null;
        eventually(() -> out.getReceivedCounter() == 18);
        for (String account : List.of(ALICE, BOB)) {
            assertThat(sequences(out, account)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
        engine.sessions.tells(ALICE, StatusType.READY);
        eventually(() -> out.getReceivedCounter() == 19);
        assertThat(statuses().getMissedStatuses()).isZero();
    }

    @Test
    void whatTheHistoryHasNoMoreIsMissed() throws Exception {
        MockEndpoint out = consume("?queueSize=1&statuses=READY");
        context.getRouteController().suspendRoute("r");
        engine.sessions.historySize = 3;
        known(ALICE, "");
        for (int i = 0; i < 9; i++) {
            engine.sessions.tells(ALICE, StatusType.READY);
        }
        context.getRouteController().resumeRoute("r");
        eventually(() -> out.getReceivedCounter() == 4);
        assertThat(sequences(out, ALICE)).containsExactly(2L, 8L, 9L, 10L);
        assertThat(header(out.getExchanges().get(1), VoiceConstants.SESSION_MISSED)).isEqualTo(5L);
        assertThat(header(out.getExchanges().get(2), VoiceConstants.SESSION_MISSED)).isNull();
        assertThat(statuses().getMissedStatuses()).isEqualTo(5);
    }

    @Test
    void severalThreadsKeepTheOrderOfAnAccount() throws Exception {
        MockEndpoint out = consume("?concurrentConsumers=2");
        String other = List.of("b@x", "c@x", "d@x").stream().filter(each -> Math.floorMod(each.hashCode(), 2) != Math.floorMod(ALICE.hashCode(), 2))
                .findFirst().orElseThrow();
        CountDownLatch both = new CountDownLatch(2);
        out.whenAnyExchangeReceived(exchange -> {
            if ((Long) header(exchange, VoiceConstants.SESSION_SEQUENCE) == 1) {
                both.countDown();
                assertThat(both.await(5, TimeUnit.SECONDS)).isTrue();
            }
        });
        known(ALICE, "");
        known(other, "");
        for (int i = 0; i < 50; i++) {
            engine.sessions.tells(ALICE, StatusType.READY);
            engine.sessions.tells(other, StatusType.READY);
        }
        eventually(() -> out.getReceivedCounter() == 102);
        assertThat(sequences(out, ALICE)).isSorted().hasSize(51);
        assertThat(sequences(out, other)).isSorted().hasSize(51);
    }

    @Test
    void aRouteThatPlaysSomethingHoldsUpItsOwnAccountAlone() throws Exception {
        yaml(route("voice:session?statuses=INCOMING_CALL_CONNECTED,READY", "- filter: { simple: \"${header.CamelVoiceSessionStatus} != 'READY'\", steps: [ "
                + "{ to: \"voice:session?operation=play&files=x.wav\" } ] }", "- to: \"mock:out\""));
        MockEndpoint out = getMockEndpoint("mock:out");
        known(ALICE, "");
        known(BOB, "");
        engine.sessions.tells(ALICE, StatusType.INCOMING_CALL_CONNECTED);
        eventually(() -> engine.sessions.asked.contains("play " + ALICE + " 1 SKIP"));
        engine.sessions.tells(ALICE, StatusType.READY);
        engine.sessions.tells(BOB, StatusType.READY);
        eventually(() -> out.getReceivedCounter() == 1);
        assertThat(sequences(out, BOB)).containsExactly(2L);
        assertThat(statuses().getWaitingStatuses()).isEqualTo(1);
        engine.sessions.playedAll(ALICE);
        eventually(() -> out.getReceivedCounter() == 3);
        assertThat(sequences(out, ALICE)).containsExactly(4L, 3L);
    }

    @Test
    void aRouteThatFailsHasTheNext() throws Exception {
        MockEndpoint out = consume("");
        out.whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("no");
        });
        known(ALICE, "");
        engine.sessions.tells(ALICE, StatusType.READY);
        eventually(() -> statuses().getConsumedStatuses() == 2);
        assertThat(statuses().getFailedStatuses()).isEqualTo(1);
    }
}
