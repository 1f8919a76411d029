package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.registration.Account;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** voice:call in the name of an account of ours: placed, and received without a session. */
class SipAccountTest extends VoiceRouteTest {

    private static final String ALICE = "alice@example.com";

    @BeforeEach
    void anAccount() {
        engine.sessions.accounts.put(ALICE, new Account(ALICE, "secret", "a1", null, "tcp", "Alice", List.of(), 3600, "token", "urn:uuid:1", ""));
        engine.sessions.accounts.put("bob@other.example", new Account("bob@other.example", "s2", null, "proxy.example", null, null, List.of(), 3600,
                "token2", "urn:uuid:2", ""));
    }

    private Exchange send(String uri, Object... headers) {
        return template.send(uri, exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    @Test
    void theAccountSaysWhoCallsAndHow() {
        assertThat(send("voice:call:100?sipAccount=" + ALICE + "&waitFor=initiated&sessionExpires=600", VoiceConstants.SET_SIP_HEADER + "X-A", "1")
                .getException()).isNull();
        OutboundLeg leg = engine.lastPhone().spec;
        assertThat(leg.target()).isEqualTo("sip:100@example.com;transport=tcp");
        assertThat(leg.from()).isEqualTo("sip:" + ALICE);
        assertThat(leg.fromDisplay()).isEqualTo("Alice");
        assertThat(leg.username()).isEqualTo("a1");
        assertThat(leg.password()).isEqualTo("secret");
        assertThat(leg.sessionExpires()).isEqualTo(600);
        assertThat(leg.headers().first("X-A")).contains("1");
    }

    @Test
    void byHeaderAndByTarget() {
        assertThat(send("voice:call:tel:+49301?waitFor=initiated&fromDisplay=Sales", VoiceConstants.SIP_ACCOUNT, "bob@other.example").getException()).isNull();
        OutboundLeg leg = engine.lastPhone().spec;
        assertThat(leg.target()).isEqualTo("sip:+49301@other.example;user=phone");
        assertThat(leg.outboundProxy()).isEqualTo("sip:proxy.example");
        assertThat(leg.username()).isEqualTo("bob");
        assertThat(leg.fromDisplay()).isEqualTo("Sales");
        assertThat(send("voice:call?waitFor=initiated", VoiceConstants.TARGETS, List.of(Map.of("target", "sip:x@y", "sipAccount", ALICE))).getException()).isNull();
        assertThat(engine.lastPhone().spec.from()).isEqualTo("sip:" + ALICE);
        // a stranger's server gets no answer to its challenge
        assertThat(engine.lastPhone().spec.password()).isNull();
    }

    @Test
    void whatCannotBe() {
        assertThat(send("voice:call:100?sipAccount=nobody@x&waitFor=initiated").getException()).isInstanceOf(VoiceSessionNotFoundException.class)
                .hasMessage("there is no account nobody@x");
        assertThat(send("voice:call:a%20b?sipAccount=" + ALICE + "&waitFor=initiated").getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("target");
        assertThat(send("voice:call", VoiceConstants.TARGETS, List.of(Map.of("target", "x", "sipAccount", ALICE, "from", "me"))).getException())
                .hasMessageContaining("has an entry with sipAccount and from: the account says that");
        assertThat(engine.phones).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=me", "username=u&password=p", "outboundProxy=sip:p"})
    void oneWayToSayWhoCalls(String option) {
        assertThatThrownBy(() -> context.getEndpoint("voice:call:x?sipAccount=" + ALICE + "&" + option).createProducer().start())
                .hasStackTraceContaining("give one of sipAccount and " + option.substring(0, option.indexOf('=')) + ": the account says that by itself");
    }

    @Test
    void toDManyAccountsOneEndpoint() throws Exception {
        yaml("- route: { from: { uri: direct:d, steps: [ { toD: \"voice:call:100?waitFor=initiated&sipAccount=${header.who}\" } ] } }");
        for (String who : List.of(ALICE, "bob@other.example")) {
            assertThat(send("direct:d", "who", who).getException()).isNull();
            assertThat(engine.lastPhone().spec.from()).isEqualTo("sip:" + who);
        }
        assertThat(context.getEndpoints().stream().filter(each -> each.getEndpointUri().startsWith("voice:"))).hasSize(1);
    }

    @Test
    void whichAccountWasCalled() throws Exception {
        engine.registry.accounts(uri -> uri.user().equals("token") ? new Party("sip:" + ALICE, "alice", "example.com", "") : null);
        inbound("?called=alice,carol", "- to: \"mock:out\"");
        MockEndpoint out = getMockEndpoint("mock:out");
        out.expectedMessageCount(2);
        engine.invite("dave", "token");
        eventually(() -> out.getReceivedCounter() == 1);
        engine.invite("dave", "carol");
        out.assertIsSatisfied();
        assertThat(out.getExchanges().get(0).getMessage().getHeader(VoiceConstants.CALLED_ACCOUNT)).isEqualTo(ALICE);
        assertThat(out.getExchanges().get(0).getMessage().getHeader(VoiceConstants.CALLED_URI)).isEqualTo("sip:" + ALICE);
        assertThat(out.getExchanges().get(1).getMessage().getHeaders()).doesNotContainKey(VoiceConstants.CALLED_ACCOUNT);
    }
}
