package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** voice:session as a producer. */
class SessionProducerTest extends VoiceRouteTest {

    private static final String ALICE = "alice@example.com";

    private Exchange send(String uri, Object body, Object... headers) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    private static Exchange well(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    private void register() {
        well(send("voice:session:" + ALICE + "?operation=register&password=secret", null));
    }

    @Test
    void registersAsTheOptionsSay() {
        Exchange done = well(send("voice:session:" + ALICE + "?operation=register&password=RAW(p%& )&authUsername=a1&outboundProxy=proxy.example.com"
                + "&transport=tcp&expires=10m&displayName=Alice A.&contacts=sip:a@b,sip:c@d", null));
        RegisterAccount asked = engine.sessions.registered.get(0);
        assertThat(asked).isEqualTo(new RegisterAccount(ALICE, "p%& ", "a1", "proxy.example.com", "tcp", "Alice A.", List.of("sip:a@b", "sip:c@d"),
                600, ""));
        assertThat(done.getMessage().getBody()).isInstanceOf(SessionStatus.class);
        assertThat(header(done, VoiceConstants.SESSION_ACCOUNT)).isEqualTo(ALICE);
        assertThat(header(done, VoiceConstants.SESSION_STATUS)).isEqualTo("REGISTERED");
        assertThat(header(done, VoiceConstants.SESSION_STATUS_NUMBER)).isEqualTo(1);
        assertThat(header(done, VoiceConstants.SESSION_SEQUENCE)).isEqualTo(1L);
        assertThat(header(done, Exchange.MESSAGE_TIMESTAMP)).isEqualTo(1000L);
        assertThat(done.getMessage().getBody(String.class)).isEqualTo("{\"account\":\"alice@example.com\",\"sequence\":1,\"time\":\"1970-01-01T00:00:01Z\","
                + "\"status\":\"REGISTERED\",\"number\":1}");
        assertThat(done.getMessage().getBody(Map.class)).containsEntry("status", "REGISTERED");
        assertThat(context.getEndpoints()).noneMatch(each -> each.toString().contains("p%&"));
    }

    @Test
    void registersAsHeadersSay() {
        Exchange done = well(send("voice:session?operation=register&expires=1h", null, VoiceConstants.SESSION_ACCOUNT, ALICE,
                VoiceConstants.SESSION_PASSWORD, " p ", VoiceConstants.SESSION_AUTH_USERNAME, "a1", VoiceConstants.OUTBOUND_PROXY, "sip:proxy;lr",
                VoiceConstants.SESSION_TRANSPORT, "tls", VoiceConstants.EXPIRES, "5m", VoiceConstants.SESSION_DISPLAY_NAME, "A",
                VoiceConstants.CONTACTS, "sip:x@y", VoiceConstants.SESSION_OWNER, "acme"));
        assertThat(engine.sessions.registered).containsExactly(new RegisterAccount(ALICE, " p ", "a1", "sip:proxy;lr", "tls", "A", List.of("sip:x@y"), 300,
                "acme"));
        assertThat(done.getMessage().getHeaders()).doesNotContainKey(VoiceConstants.SESSION_PASSWORD);
    }

    @Test
    void defaultsOfTheComponentForCallsAreNotThoseOfAccounts() {
        component.getConfiguration().setPassword("of calls");
        component.getConfiguration().setOutboundProxy("sip:p");
        well(send("voice:session:" + ALICE + "?operation=register", null));
        assertThat(engine.sessions.registered.get(0).password()).isNull();
        assertThat(engine.sessions.registered.get(0).outboundProxy()).isNull();
    }

    @Test
    void aRegistrationThatFailedIsAStatus() {
        engine.sessions.registration = StatusType.SESSION_REGISTRATION_FAILED;
        Exchange done = well(send("voice:session:" + ALICE + "?operation=register", null));
        assertThat(header(done, VoiceConstants.SESSION_STATUS)).isEqualTo("SESSION_REGISTRATION_FAILED");
        assertThat(well(send("voice:session:" + ALICE + "?operation=get", null)).getMessage().getBody(String.class))
                .contains("\"registration\":{\"state\":\"waiting\"").contains("\"code\":503,\"phrase\":\"Service Unavailable\"");
    }

    @Test
    void aLife() {
        register();
        well(send("voice:session:" + ALICE + "?operation=start&autoAnswerInterval=-1", null));
        well(send("voice:session:" + ALICE + "?operation=start", null, VoiceConstants.SESSION_AUTO_ANSWER_INTERVAL, "3"));
        Exchange call = well(send("voice:session?operation=call&callee=bob", null, VoiceConstants.SESSION_ACCOUNT, ALICE,
                VoiceConstants.SET_SIP_HEADER + "X-Order", "7"));
        assertThat(header(call, VoiceConstants.CALL_ID)).isEqualTo("c-1");
        assertThat(header(call, VoiceConstants.SESSION_CALLEE)).isEqualTo("bob");
        assertThat(engine.sessions.headers.first("X-Order")).contains("7");
        well(send("voice:session:" + ALICE + "?operation=answer", null));
        well(send("voice:session:" + ALICE + "?operation=mute", null));
        well(send("voice:session:" + ALICE + "?operation=unmute", null));
        Exchange moved = well(send("voice:session:" + ALICE + "?operation=transfer", null, VoiceConstants.TARGET, "carol@x"));
        assertThat(header(moved, VoiceConstants.SESSION_TRANSFER_TARGET)).isEqualTo("carol@x");
        assertThat(header(well(send("voice:session:" + ALICE + "?operation=hangup", null)), VoiceConstants.SESSION_STATUS)).isEqualTo("SOFT_HANGUP_INITIATED");
        assertThat(header(well(send("voice:session:" + ALICE + "?operation=hangup&hard=true", null)), VoiceConstants.SESSION_STATUS_NUMBER)).isEqualTo(9);
        assertThat(header(well(send("voice:session:" + ALICE, null, VoiceConstants.OPERATION, "status")), VoiceConstants.SESSION_STATUS))
                .isEqualTo("HARD_HANGUP_INITIATED");
        well(send("voice:session:" + ALICE + "?operation=end", null));
        well(send("voice:session:" + ALICE + "?operation=unregister", null));
        assertThat(engine.sessions.asked).containsExactly("start -1 " + ALICE, "start 3 " + ALICE, "call " + ALICE + " bob", "answer " + ALICE,
                "mute " + ALICE, "unmute " + ALICE, "transfer " + ALICE + " carol@x", "hangup " + ALICE, "hangup " + ALICE, "end " + ALICE,
                "unregister " + ALICE);
    }

    @Test
    void playsWhatTheBodyHas(@TempDir Path folder) throws Exception {
        register();
        Path file = Files.write(folder.resolve("a.wav"), new byte[]{4});
        Future<Exchange> pending = template.asyncSend("voice:session:" + ALICE + "?operation=play&brokenFiles=refuse", exchange ->
                exchange.getMessage().setBody(List.of(new byte[]{1}, new ByteArrayInputStream(new byte[]{2, 3}), file, file.toFile())));
        eventually(() -> engine.sessions.asked.contains("play " + ALICE + " 4 REFUSE"));
        assertThat(pending.isDone()).isFalse();
        assertThat(engine.sessions.played.stream().map(PlaySource::name)).containsExactly("file 1", "file 2", file.toString(), file.toString());
        assertThat(bytes(0)).containsExactly(1);
        assertThat(bytes(1)).containsExactly(2, 3);
        assertThat(bytes(3)).containsExactly(4);
        engine.sessions.playedAll(ALICE);
        assertThat(header(well(pending.get()), VoiceConstants.SESSION_STATUS)).isEqualTo("MICROPHONE_WAV_FILES_PLAYED");
    }

    private byte[] bytes(int index) throws IOException {
        try (InputStream stream = engine.sessions.played.get(index).opener().open()) {
            return stream.readAllBytes();
        }
    }

    @Test
    void playsFilesThatAreNamed(@TempDir Path folder) throws Exception {
        register();
        Path file = Files.write(folder.resolve("a.wav"), new byte[]{4});
        Future<Exchange> named = template.asyncSend("voice:session:" + ALICE + "?operation=play&files=classpath:sounds/none.wav,file:" + file, exchange -> { });
        eventually(() -> engine.sessions.asked.contains("play " + ALICE + " 2 SKIP"));
        assertThat(bytes(1)).containsExactly(4);
        assertThatThrownBy(() -> bytes(0)).isInstanceOf(IOException.class).hasMessageContaining("there is no classpath:sounds/none.wav");
        Future<Exchange> listed = template.asyncSend("voice:session:" + ALICE + "?operation=play", exchange ->
                exchange.getMessage().setHeader(VoiceConstants.SESSION_FILES, List.of(file.toString())));
        eventually(() -> engine.sessions.asked.contains("play " + ALICE + " 1 SKIP"));
        engine.sessions.playedAll(ALICE);
        well(named.get());
        well(listed.get());
    }

    @Test
    void historyAndList() {
        register();
        for (int i = 0; i < 5; i++) {
            engine.sessions.tells(ALICE, StatusType.READY);
        }
        Exchange history = well(send("voice:session:" + ALICE + "?operation=history&after=2&limit=3", null));
        assertThat(history.getMessage().getBody(SessionStatuses.class)).extracting(SessionStatus::sequence).containsExactly(4L, 5L, 6L);
        assertThat(history.getMessage().getBody(String.class)).startsWith("[{\"account\":\"alice@example.com\",\"sequence\":4,");
        assertThat(header(history, VoiceConstants.SESSION_ACCOUNT)).isEqualTo(ALICE);
        assertThat(well(send("voice:session:" + ALICE + "?operation=history", null, VoiceConstants.SESSION_AFTER, 5L, VoiceConstants.SESSION_LIMIT, 1))
                .getMessage().getBody(List.class)).hasSize(1);
        Exchange list = well(send("voice:session?operation=list", null));
        assertThat(list.getMessage().getBody(SessionInfos.class)).extracting(SessionInfo::account).containsExactly(ALICE);
        assertThat(list.getMessage().getBody(String.class)).startsWith("[{\"account\":\"alice@example.com\",\"registration\":{\"state\":\"registered\"")
                .doesNotContain("secret").doesNotContain("sip:t@");
        engine.sessions.unreadable = new IOException("the database is away");
        assertThat(send("voice:session:" + ALICE + "?operation=history", null).getException()).isInstanceOf(VoiceUnavailableException.class)
                .hasMessageContaining("the database is away");
    }

    @Test
    void anOwnerSeesItsOwnAccountsAlone() {
        String owner = VoiceConstants.SESSION_OWNER;
        assertThat(header(well(send("voice:session?operation=call&callee=bob", null, owner, "acme")), VoiceConstants.SESSION_STATUS)).isEqualTo("NO_SESSION");
        assertThat(send("voice:session?operation=history", null, owner, "acme").getException()).isInstanceOf(VoiceSessionNotFoundException.class);
        register();
        well(send("voice:session:carol@x?operation=register", null, owner, "acme"));
        well(send("voice:session:dave@x?operation=register", null, owner, "acme"));
        assertThat(send("voice:session:" + ALICE + "?operation=status", null, owner, "acme").getException())
                .isInstanceOf(VoiceSessionNotFoundException.class).hasMessage("there is no account " + ALICE);
        assertThat(well(send("voice:session?operation=list", null, owner, "acme")).getMessage().getBody(List.class)).hasSize(2);
        assertThat(well(send("voice:session?operation=list", null)).getMessage().getBody(List.class)).hasSize(3);
        assertThat(header(well(send("voice:session?operation=status", null, owner, "acme")), VoiceConstants.SESSION_ACCOUNT)).isEqualTo("dave@x");
        well(send("voice:session?operation=status", null, owner, "acme", VoiceConstants.SESSION_ACCOUNT, "carol@x"));
        assertThat(header(well(send("voice:session?operation=status", null, owner, "acme")), VoiceConstants.SESSION_ACCOUNT)).isEqualTo("carol@x");
        assertThat(send("voice:session?operation=status", null).getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("which account?");
    }

    @ParameterizedTest
    @EnumSource(SessionException.Kind.class)
    void failuresAreToldApart(SessionException.Kind kind) {
        engine.sessions.failure = new SessionException(kind, "why");
        Exception failure = send("voice:session:" + ALICE + "?operation=mute", null).getException();
        assertThat(failure).hasMessage("why").hasCause(engine.sessions.failure).isInstanceOf(switch (kind) {
            case NOT_FOUND -> VoiceSessionNotFoundException.class;
            case FAILED_PRECONDITION -> VoiceCallStateException.class;
            case INVALID_ARGUMENT -> VoiceRequestException.class;
            case RESOURCE_EXHAUSTED -> VoiceOverloadedException.class;
            case PERMISSION_DENIED -> VoiceForbiddenException.class;
            case UNAVAILABLE -> VoiceUnavailableException.class;
            case ABORTED -> VoiceCallEndedException.class;
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "?operation=dance                       | voice:session has no operation 'dance'; there are [register, start, end, call,",
        "?operation=start&callee=bob            | voice:session?operation=start has no option callee: it belongs to voice:session?operation=call",
        "?operation=call&password=x             | voice:session?operation=call has no option password: it belongs to",
        "?operation=hangup&hard=perhaps         | hard must be true or false: perhaps",
        "?operation=play&brokenFiles=eat        | brokenFiles has no value 'eat'; there are [skip, refuse]",
        "?operation=history&limit=0             | limit must be 1 to 10000: 0",
        "?operation=history&after=-1            | after must be the number of a status, 0 or more: -1",
        "?operation=register&transport=sctp     | transport has no value 'sctp'; there are [udp, tcp, tls]",
        "?operation=register&expires=10ms       | expires must be 0, or a second or more: 10 ms",
        ":alice@x?operation=list                | operation=list is about all accounts: alice@x",
        "?operation=start&repeat=2              | voice:session?operation=start has no option repeat",
        "?repeat=2                              | a producer of voice:session has no option repeat",
    })
    void optionsThatMakeNoSense(String uri, String message) {
        assertThatThrownBy(() -> context.getEndpoint("voice:session" + uri).createProducer().start()).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        ":a@x                   |                                |         | give the option operation or the header CamelVoiceOperation",
        ":a@x                   | CamelVoiceOperation            | dance   | voice:session has no operation 'dance'",
        ":a@x?operation=call    |                                |         | give the option callee or the header CamelVoiceTarget",
        ":a@x?operation=transfer|                                |         | give the option transferTo or the header CamelVoiceTarget",
        ":a@x?operation=start   | CamelVoiceSessionAutoAnswerInterval | soon | must be a whole number: soon",
        ":a@x?operation=history | CamelVoiceSessionLimit         | 10001   | limit must be 1 to 10000: 10001",
        ":a@x?operation=history | CamelVoiceSessionAfter         | x       | after must be the number of a status, 0 or more: x",
        ":a@x?operation=play    |                                |         | there is nothing to play",
        ":a@x?operation=register| CamelVoiceSessionTransport     | sctp    | transport has no value 'sctp'",
    })
    void wrongHeaders(String uri, String name, String value, String message) {
        Exchange exchange = name == null ? send("voice:session" + uri, null) : send("voice:session" + uri, null, name, value);
        assertThat(exchange.getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining(message);
    }

    @Test
    void aListWithSomethingElseInIt() {
        assertThat(send("voice:session:" + ALICE + "?operation=play", List.of(new byte[1], 7)).getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessage("file 2 must be a WAV as byte[], InputStream, File or Path, not Integer");
        assertThat(send("voice:session:" + ALICE + "?operation=play", List.of()).getException()).hasMessageContaining("the list in the body is empty");
        assertThat(send("voice:session:" + ALICE + "?operation=call&callee=x", null, VoiceConstants.SET_SIP_HEADER + "X", "a\r\nB: c").getException())
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("without line breaks");
        assertThat(engine.sessions.asked).isEmpty();
    }

    @Test
    void toDReachesManyAccountsThroughOneEndpoint() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: direct:ring
                      steps:
                        - toD: "voice:session:${header.who}?operation=call&callee=${header.whom}"
                """);
        for (int i = 0; i < 4; i++) {
            String name = "a" + i + "@x";
            well(send("voice:session:" + name + "?operation=register", null));
            well(send("direct:ring", null, "who", name, "whom", "bob" + i, VoiceConstants.SESSION_ACCOUNT, "other@x"));
        }
        assertThat(engine.sessions.asked).containsExactly("call a0@x bob0", "call a1@x bob1", "call a2@x bob2", "call a3@x bob3");
        assertThat(context.getEndpoints().stream().filter(each -> each.getEndpointUri().contains("operation=call"))).hasSize(1);
    }
}
