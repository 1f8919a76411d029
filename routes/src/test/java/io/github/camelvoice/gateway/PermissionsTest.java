package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.runtime.EngineClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts with one permission each: what it opens, and that nothing else does. */
class PermissionsTest {

    @TempDir
    static Path folder;
    private static Running running;
    private static final Map<String, String> TOKENS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
        add("nothing", "elsewhere", "*");
        for (String permission : List.of("get", "getRaw", "list", "create", "update")) {
            add(permission, "default", "voice.calls." + permission);
        }
        add("tapsGet", "default", "voice.taps.get");
        add("tapsUpdate", "default", "voice.taps.update");
        add("callbacksGet", "default", "voice.callbacks.get");
        add("callbacksUpdate", "default", "voice.callbacks.update");
        add("recordingsGet", "default", "voice.recordings.get");
        add("recordingsUpdate", "default", "voice.recordings.update");
        add("events", "default", "voice.events.get");
        add("metrics", "default", "voice.metrics.get");
        add("routes", "default", "voice.routes.invoke");
        await().until(() -> send("GET", "/api/v1/openapi.json", "routes").statusCode() == 200);
    }

    private static void add(String name, String project, String... permissions) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("add", name, "--project", project));
        for (String permission : permissions) {
            arguments.addAll(List.of("--permission", permission));
        }
        new AccountCommand(folder, new PrintStream(out), EngineClock.SYSTEM).run(arguments);
        TOKENS.put(name, out.toString().strip());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> send(String method, String path, String account) throws Exception {
        return running.send(running.anonymous(path).header("Authorization", "Bearer " + TOKENS.get(account)).header("Content-Type",
        "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/calls,list,200", "GET,/api/v1/calls/x,get,404", "POST,/api/v1/calls,create,400", "DELETE,/api/v1/calls/x,update,404",
        "POST,/api/v1/calls/x/hangup,update,404", "GET,/observe/metrics,metrics,200", "GET,/observe/health?exposureLevel=full,metrics,200",
        "GET,/api/v1/taps,tapsGet,200", "GET,/api/v1/calls/x/taps,tapsGet,404", "GET,/api/v1/calls/x/taps/y,tapsGet,404",
        "POST,/api/v1/calls/x/taps,tapsUpdate,400", "PATCH,/api/v1/calls/x/taps/y,tapsUpdate,400", "DELETE,/api/v1/calls/x/taps/y,tapsUpdate,404",
        "GET,/2010-04-01/Accounts/default/Recordings,recordingsGet,200", "GET,/2010-04-01/Accounts/default/Recordings/REx.wav,recordingsGet,404",
        "DELETE,/api/laml/2010-04-01/Accounts/default/Recordings/REx.json,recordingsUpdate,404",
        "GET,/api/v1/callbacks,callbacksGet,200", "GET,/api/v1/callbacks/x,callbacksGet,404", "DELETE,/api/v1/callbacks/x,callbacksUpdate,404",
        "POST,/api/v1/callbacks/x/replay,callbacksUpdate,404", "GET,/nothing,routes,404", "PUT,/api/v1/calls,routes,405"})
    void onePermissionOpensOneThing(String method, String path, String account, int status) throws Exception {
        assertThat(send(method, path, account).statusCode()).isEqualTo(status);
        for (String other : TOKENS.keySet()) {
            if (!other.equals(account)) {
                HttpResponse<String> response = send(method, path, other);
                assertThat(response.statusCode()).as(other).isIn(403, 405);
                assertThat(Running.json(response).get("code").asText()).isIn("forbidden", "method-not-allowed", "20003", "20004");
            }
        }
    }

    @Test
    void eventsNeedTheirPermission() throws Exception {
        HttpResponse<String> refused = send("GET", "/api/v1/events", "list");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Running.json(refused).get("detail").asText()).isEqualTo("this account lacks voice.events.get on project default");
        assertThat(send("GET", "/api/v1/events?kind=none", "events").statusCode()).isEqualTo(400);
    }

    @Test
    void methodsThatAreNotThereAreNamed() throws Exception {
        HttpResponse<String> response = running.send(running.request("/api/v1/calls").method("PATCH", HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
    }

    @ParameterizedTest
    @CsvSource({"get,default,'',404", "get,other,'',403", "list,default,'',403", "nothing,default,'',403", "nothing,elsewhere,'',404",
        "get,default,?raw=true,403",
        "get,default,?raw=false,404", "getRaw,default,?raw=true,403", "nothing,elsewhere,?raw=true,404", "routes,none,'',403", "get,a%2Fb,'',403"})
    void sipInfoTellsNobodyWhatExistsElsewhere(String account, String project, String query, int code) throws Exception {
        HttpResponse<String> response = send("GET", "/v1beta1/projects/" + project + "/calls/none/sipInfo" + query, account);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
        assertThat(Running.json(response).at("/error/status").asText()).isEqualTo(code == 403 ? "PERMISSION_DENIED" : "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({"'',list,200", "/none,get,404", "/none/pcap,get,404", "/none/ladder,get,404"})
    void historyNeedsItsPermission(String path, String account, int status) throws Exception {
        onePermissionOpensOneThing("GET", "/api/v1/history" + path, account, status);
    }

    /** A document may tap. */
    @Test
    void documentsNeedBoth() throws Exception {
        add("both", "default", "voice.calls.update", "voice.taps.update");
        await().until(() -> send("GET", "/api/v1/openapi.json", "both").statusCode() == 200);
        assertThat(send("POST", "/api/v1/calls/x/document", "both").statusCode()).isEqualTo(400);
        assertThat(Running.json(send("POST", "/api/v1/calls/x/document", "update")).get("detail").asText()).contains("voice.taps.update");
        assertThat(Running.json(send("POST", "/api/v1/calls/x/document", "tapsUpdate")).get("detail").asText()).contains("voice.calls.update");
        new AccountCommand(folder, System.out, EngineClock.SYSTEM).run(List.of("remove", "both"));
        TOKENS.remove("both");
    }

    @Test
    void rawNeedsBoth() throws Exception {
        assertThat(Running.json(send("GET", "/api/v1/history/none?raw=true", "get")).get("detail").asText()).contains("voice.calls.getRaw");
        assertThat(send("GET", "/api/v1/history/none/pcap?raw=true", "get").statusCode()).isEqualTo(403);
        assertThat(send("GET", "/api/v1/callbacks/none?raw=true", "callbacksGet").statusCode()).isEqualTo(403);
        assertThat(send("GET", "/api/v1/history/none?raw=true", "getRaw").statusCode()).isEqualTo(403);
    }

    @Test
    void unknownPathsOfTheContractAreNotFound() throws Exception {
        HttpResponse<String> response = send("GET", "/v1beta1/projects/default/calls", "get");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Running.json(response).at("/error/status").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void removedAccountsAreOut() throws Exception {
        add("leaver", "default", "voice.calls.list");
        await().until(() -> send("GET", "/api/v1/calls", "leaver").statusCode() == 200);
        new AccountCommand(folder, System.out, EngineClock.SYSTEM).run(List.of("remove", "leaver"));
        await().until(() -> send("GET", "/api/v1/calls", "leaver").statusCode() == 401);
        TOKENS.remove("leaver");
    }
}
