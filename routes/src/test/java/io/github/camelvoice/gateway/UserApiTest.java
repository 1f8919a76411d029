package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.account.UserException;
import io.github.camelvoice.testkit.RawSip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who are added, changed and removed while the gateway runs, over HTTP and by the command; their phones; what is kept of them. */
class UserApiTest {

    private static final String USERS = "/api/v1/users";
    private static final String PLANTED = "pl4nted-s3cret";

    @TempDir
    Path folder;
    private final RawSip phone = RawSip.open();

    private Running start(Map<String, String> more) throws Exception {
        return Running.start(folder.resolve("data"), more);
    }

    private static HttpResponse<String> put(Running running, String name, String body) throws Exception {
        return running.send(running.request(USERS + "/" + name).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> remove(Running running, String name) throws Exception {
        return running.send(running.request(USERS + "/" + name).DELETE());
    }

    private static JsonNode list(Running running) throws Exception {
        HttpResponse<String> answer = running.send(running.request(USERS).GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Running.JSON.readTree(answer.body());
    }

    private RawSip.Message register(Running running, String user, String password) {
        String aor = "sip:" + user + "@127.0.0.1";
        return phone.request("REGISTER", "sip:127.0.0.1:" + running.sipPort()).from(aor).to(aor).with("Expires: 600").as(user, password).send(running.sipPort());
    }

    @Test
    void usersComeAndGoWhileTheGatewayRuns() throws Exception {
        try (Running running = start(Map.of("voice.sip.users", "bob:builder"))) {
            HttpResponse<String> added = put(running, "alice", "{\"password\":\"" + PLANTED + "\"}");
            assertThat(added.statusCode()).isEqualTo(201);
            assertThat(added.body()).isEqualTo("{\"name\":\"alice\",\"source\":\"database\",\"contacts\":0}");
            assertThat(register(running, "alice", PLANTED).code()).isEqualTo(200);
            JsonNode all = list(running);
            assertThat(all.path("realm").asText()).isEqualTo("voice");
            assertThat(all.path("registrar").asBoolean()).isTrue();
            assertThat(all.path("count").asInt()).isEqualTo(2);
            assertThat(all.path("users").toString()).isEqualTo("[{\"name\":\"alice\",\"source\":\"database\",\"contacts\":1},"
                    + "{\"name\":\"bob\",\"source\":\"settings\",\"contacts\":0}]");
            JsonNode phone = Running.json(running.get(USERS + "/alice")).at("/phones/0");
            assertThat(phone.path("contact").asText()).contains("@127.0.0.1:" + this.phone.port());
            assertThat(phone.path("source").asText()).isEqualTo("127.0.0.1:" + this.phone.port());
            assertThat(Instant.parse(phone.path("expiresAt").asText())).isAfter(Instant.parse(phone.path("registeredAt").asText()));
            assertThat(Running.json(running.get(USERS + "/bob")).path("phones")).isEmpty();
            assertThat(running.get(USERS + "/nobody").body()).contains("\"status\":404", "no-such-user");
            assertThat(put(running, "alice", "{\"password\":\"other\"}").statusCode()).isEqualTo(200);
            assertThat(register(running, "alice", PLANTED).code()).isEqualTo(401);
            assertThat(register(running, "alice", "other").code()).isEqualTo(200);
            assertThat(remove(running, "alice").statusCode()).isEqualTo(204);
            assertThat(register(running, "alice", "other").code()).isEqualTo(401);
            assertThat(list(running).path("count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeIsSaid() throws Exception {
        try (Running running = start(Map.of("voice.sip.users", "bob:builder"))) {
            assertThat(put(running, "bob", "{\"password\":\"x\"}").body()).contains("\"status\":409", "of-the-settings");
            assertThat(remove(running, "bob").body()).contains("\"status\":409");
            assertThat(remove(running, "nobody").body()).contains("\"status\":404", "no-such-user");
            assertThat(put(running, "a%0d%0ab", "{\"password\":\"x\"}").statusCode()).isEqualTo(400);
            assertThat(put(running, "a%20b", "{\"password\":\"x\"}").body()).contains("\"status\":400");
            assertThat(put(running, "alice", "{}").body()).contains("\"status\":400", "password is missing");
            assertThat(put(running, "alice", "{\"password\":7}").body()).contains("must be a text");
            assertThat(put(running, "alice", "{\"password\":\"" + PLANTED + "\\n\"}").body()).contains("\"status\":400").doesNotContain(PLANTED);
            assertThat(put(running, "alice", "{\"password\":\"" + PLANTED + "\",\"realm\":\"x\"}").body()).contains("'realm' is unknown").doesNotContain(PLANTED);
            assertThat(put(running, "alice", "{\"password\":\"" + PLANTED).body()).contains("\"status\":400").doesNotContain(PLANTED);
            assertThat(list(running).path("count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void thatIsAPermissionOfItsOwn() throws Exception {
        try (Running running = start(Map.of())) {
            assertThat(running.send(running.anonymous(USERS).GET()).statusCode()).isEqualTo(401);
        }
    }

    private String command(Running running, String input, String... arguments) throws IOException {
        GatewaySettings settings = GatewaySettings.read(Map.of("voice.data.dir", folder.resolve("data").toString(), "voice.auth.token", Running.TOKEN), Map.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new UserCommand(() -> UserPlaces.open(settings), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), null).run(List.of(arguments));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theCommandWorksWithTheGatewayAndWithoutAndUsersOutliveIt() throws Exception {
        Map<String, String> h2 = Map.of("voice.store", "h2");
        assertThat(command(null, PLANTED + "-1\n", "add", "alice")).isEqualTo("alice was added\n");
        assertThat(command(null, "", "list")).isEqualTo("alice\n");
        try (Running running = start(h2)) {
            assertThat(register(running, "alice", PLANTED + "-1").code()).isEqualTo(200);
            assertThat(command(running, PLANTED + "-2\n", "add", "bob")).isEqualTo("bob was added\n");
            assertThat(command(running, PLANTED + "-3\n", "add", "bob")).isEqualTo("bob has this password now\n");
            assertThat(register(running, "bob", PLANTED + "-3").code()).isEqualTo(200);
            assertThat(command(running, "", "list")).isEqualTo("alice, registered on 1 phone\nbob, registered on 1 phone\n");
            assertThat(command(running, "", "remove", "alice")).isEqualTo("alice was removed\n");
            await().untilAsserted(() -> assertThat(register(running, "alice", PLANTED + "-1").code()).isEqualTo(401));
            assertThatThrownBy(() -> command(running, "", "remove", "alice")).isInstanceOf(IOException.class).hasMessage("there is no user alice");
        }
        assertThat(command(null, "", "list")).isEqualTo("bob\n");
        try (Running running = start(h2)) {
            assertThat(register(running, "bob", PLANTED + "-3").code()).isEqualTo(200);
        }
        assertThat(command(null, "", "remove", "bob")).isEqualTo("bob was removed\n");
        assertThatThrownBy(() -> command(null, "", "remove", "bob")).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PLANTED)).as(file.toString()).isFalse();
            }
        }
    }

    @Test
    void theCommandRefusesWhatMakesNoSense() throws Exception {
        assertThatThrownBy(() -> command(null, "", "add", "alice")).isInstanceOf(IOException.class).hasMessageContaining("password is missing");
        assertThatThrownBy(() -> command(null, "x\n", "add", "a b")).hasCauseInstanceOf(UserException.class);
        assertThatThrownBy(() -> command(null, "", "add", "alice", "secret")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("others can see");
        assertThatThrownBy(() -> command(null, "", "add")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command(null, "", "list", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command(null, "")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("add, remove or list");
        assertThat(command(null, "", "help")).contains("user add NAME");
    }

    @Test
    void anotherRealmIsAMistakeAtTheStartThatNamesIt() throws Exception {
        command(null, PLANTED + "\n", "add", "alice");
        assertThatThrownBy(() -> start(Map.of("voice.store", "h2", "voice.sip.realm", "example.com"))).isInstanceOf(SettingException.class)
                .hasMessageContaining("alice").hasMessageContaining("voice.sip.realm");
        start(Map.of("voice.store", "h2")).close();
    }
}
