package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.account.UserException;
import io.github.camelvoice.account.UserStore;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.jdbc.JdbcStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Where the command {@code user} changes users: in the running gateway of the data folder, or in the database. */
final class UserPlaces {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private UserPlaces() {
    }

    /** @throws IOException saying what is wrong */
    static UserCommand.Place open(GatewaySettings settings) throws IOException {
        DataFolder data = new DataFolder(settings.dataDir());
        JsonNode ports = ports(data);
        if (ports != null) {
            return new Running(settings, data, ports);
        }
        return switch (settings.store().kind()) {
            case StoreSettings.H2 -> stored(settings, null);
            case StoreSettings.POSTGRESQL -> stored(settings, PostgresPool.of(settings.store()));
            default -> throw new IOException("with " + Setting.STORE.key() + "=memory users live in the gateway, and none runs on " + settings.dataDir());
        };
    }

    /** Of the gateway that runs on this folder, null if none does. */
    private static JsonNode ports(DataFolder data) throws IOException {
        if (!Files.exists(data.path(DataFolder.PORTS_FILE))) {
            return null;
        }
        JsonNode ports = JSON.readTree(data.path(DataFolder.PORTS_FILE).toFile());
        return ProcessHandle.of(ports.path("pid").asLong()).isPresent() ? ports : null;
    }

    private static UserCommand.Place stored(GatewaySettings settings, HikariDataSource pool) throws IOException {
        try {
            JdbcStore store = pool == null ? JdbcStores.h2(settings.dataDir().resolve("db")) : JdbcStores.of(pool);
            return new Stored(settings, store, pool);
        } catch (StoreException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** In the database: whichever gateways share it see that within seconds. */
    private record Stored(GatewaySettings settings, JdbcStore store, HikariDataSource pool) implements UserCommand.Place {

        private UserStore users() {
            return new CallArchive(store, null, EngineClock.SYSTEM).users();
        }

        private void check(String name) throws IOException {
            if (settings.users().containsKey(name)) {
                throw new IOException(name + " is a user of " + Setting.SIP_USERS.key() + ": change it there");
            }
        }

        @Override
        public List<String> list() throws IOException {
            List<String> lines = new ArrayList<>();
            settings.users().keySet().stream().sorted().forEach(name -> lines.add(name + " (of " + Setting.SIP_USERS.key() + ")"));
            users().users().forEach(user -> lines.add(UserCommand.line(user, settings.registrar().realm())));
            return lines;
        }

        @Override
        public boolean put(String name, String password) throws IOException, UserException {
            check(name);
            StoredUser user = Users.of(name, settings.registrar().realm(), password);
            boolean isNew = users().users().stream().noneMatch(each -> each.name().equals(name));
            users().put(user);
            return isNew;
        }

        @Override
        public void remove(String name) throws IOException {
            check(name);
            if (!users().remove(name)) {
                throw new IOException("there is no user of this name");
            }
        }

        @Override
        public void close() {
            store.close();
            if (pool != null) {
                pool.close();
            }
        }
    }

    /** In the gateway that runs. */
    private static final class Running implements UserCommand.Place {

        private final String base;
        private final String authorization;
        private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

        private Running(GatewaySettings settings, DataFolder data, JsonNode ports) {
            String host = ports.path(Setting.HTTP_HOST.key()).asText();
            String reached = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("0:0:0:0:0:0:0:0") ? "[::1]" : host.indexOf(':') < 0 ? host : "[" + host + "]";
            this.base = "http://" + reached + ":" + ports.path(Setting.HTTP_PORT.key()).asInt() + HttpGuard.API + "users";
            String token = settings.authToken() == null ? data.token() : settings.authToken();
            this.authorization = "Basic " + Base64.getEncoder().encodeToString((settings.accountSid() + ":" + token).getBytes(StandardCharsets.UTF_8));
        }

        private JsonNode ask(String method, String path, Map<String, String> body) throws IOException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).header("Authorization", authorization)
                    .header("Content-Type", "application/json").method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            try {
                HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                JsonNode json = answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
                if (answer.statusCode() == 401) {
                    throw new IOException("the running gateway does not take our token: set " + Setting.ACCOUNT_SID.key() + " and " + Setting.AUTH_TOKEN.key()
                            + " as it has them");
                } else if (answer.statusCode() / 100 != 2) {
                    throw new IOException(json.path("detail").asText(json.path("title").asText("HTTP " + answer.statusCode())));
                }
                return JSON.createObjectNode().put("status", answer.statusCode()).set("body", json);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }

        /** A name may be one that is none: the gateway says so. */
        private static String path(String name) {
            return "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        }

        @Override
        public List<String> list() throws IOException {
            List<String> lines = new ArrayList<>();
            JsonNode answer = ask("GET", "?limit=1000", null).path("body");
            for (JsonNode user : answer.path("users")) {
                int contacts = user.path("contacts").asInt();
                lines.add(user.path("name").asText() + (user.path("source").asText().equals("settings") ? " (of " + Setting.SIP_USERS.key() + ")" : "")
                        + (contacts == 0 ? "" : ", registered on " + contacts + (contacts == 1 ? " phone" : " phones")));
            }
            int more = answer.path("count").asInt() - lines.size();
            if (more > 0) {
                lines.add("and " + more + " more");
            }
            return lines;
        }

        @Override
        public boolean put(String name, String password) throws IOException {
            return ask("PUT", path(name), Map.of("password", password)).path("status").asInt() == 201;
        }

        @Override
        public void remove(String name) throws IOException {
            ask("DELETE", path(name), null);
        }

        @Override
        public void close() {
            // The client has no connections that would keep the process.
        }
    }
}
