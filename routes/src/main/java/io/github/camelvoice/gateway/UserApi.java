package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.account.Binding;
import io.github.camelvoice.account.UserException;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.engine.VoiceEngine;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the routes of {@code /api/v1/users} cannot say in YAML: who may register phones here. No password and no hash is in any answer. Waits for the
 * database. Thread-safe.
 */
public final class UserApi {

    private static final Logger LOG = LoggerFactory.getLogger(UserApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "name";
    private static final String PASSWORD = "password";

    private final Supplier<VoiceEngine> engine;

    UserApi(Supplier<VoiceEngine> engine) {
        this.engine = engine;
    }

    /** {@code GET /users}: by name. */
    public void list(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int limit = CallApi.limit(message.getHeader("limit", String.class));
        Users users = engine.get().users();
        Set<String> names = users.names();
        ObjectNode answer = JSON.createObjectNode();
        answer.put("realm", users.realm());
        answer.put("registrar", engine.get().registrar().isPresent());
        answer.put("count", names.size());
        ArrayNode all = answer.putArray("users");
        names.stream().limit(limit).forEach(name -> all.add(user(name)));
        message.setBody(JSON.writeValueAsString(answer));
    }

    private ObjectNode user(String name) {
        ObjectNode user = JSON.createObjectNode();
        user.put(NAME, name);
        user.put("source", engine.get().users().isSettled(name) ? "settings" : "database");
        user.put("contacts", engine.get().registrar().map(registrar -> registrar.find(name).size()).orElse(0));
        return user;
    }

    /** {@code GET /users/{name}}: with its phones, as far as they are registered at this node. */
    public void show(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String name = message.getHeader(NAME, String.class);
        if (!engine.get().users().names().contains(name)) {
            throw new ApiException(404, "no-such-user", "there is no such user");
        }
        ObjectNode answer = user(name);
        ArrayNode phones = answer.putArray("phones");
        engine.get().registrar().ifPresent(registrar -> registrar.find(name).forEach(each -> phones.add(phone(each))));
        message.setBody(JSON.writeValueAsString(answer));
    }

    private static ObjectNode phone(Binding binding) {
        ObjectNode phone = JSON.createObjectNode().put("contact", UriPasswords.hide(binding.contact())).put("source", binding.source()).put("transport", binding.transport())
                .put("registeredAt", binding.registeredAt().toString()).put("refreshedAt", binding.refreshedAt().toString())
                .put("expiresAt", binding.refreshedAt().plusSeconds(binding.expires()).toString());
        return binding.userAgent().isEmpty() ? phone : phone.put("userAgent", binding.userAgent());
    }

    /** {@code PUT /users/{name}}: adds it, or gives it another password. */
    public void put(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String name = message.getHeader(NAME, String.class);
        String password = password(CallApi.read(message));
        message.setBody(null);
        try {
            boolean isNew = engine.get().users().put(name, password);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, isNew ? 201 : 200);
            message.setBody(JSON.writeValueAsString(user(name)));
        } catch (UserException refused) {
            throw problem(refused);
        } catch (IOException away) {
            throw unavailable(away);
        }
    }

    private static String password(JsonNode body) {
        body.fieldNames().forEachRemaining(field -> {
            if (!field.equals(PASSWORD)) {
                throw ApiException.badField("'" + ApiException.quote(field) + "'", "is unknown here; there is [password]");
            }
        });
        if (!body.path(PASSWORD).isTextual()) {
            throw ApiException.badField(PASSWORD, body.has(PASSWORD) ? "must be a text" : "is missing");
        }
        return body.get(PASSWORD).textValue();
    }

    /** {@code DELETE /users/{name}}: its phones are unregistered. */
    public void remove(Exchange exchange) {
        Message message = exchange.getMessage();
        try {
            engine.get().users().remove(message.getHeader(NAME, String.class));
        } catch (UserException refused) {
            throw problem(refused);
        } catch (IOException away) {
            throw unavailable(away);
        }
        message.setBody(null);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
    }

    private static ApiException problem(UserException refused) {
        return switch (refused.kind()) {
            case INVALID -> new ApiException(400, "bad-field", refused.getMessage());
            case NOT_FOUND -> new ApiException(404, "no-such-user", refused.getMessage());
            case ELSEWHERE -> new ApiException(409, "of-the-settings", refused.getMessage());
        };
    }

    private static ApiException unavailable(IOException away) {
        LOG.warn("users cannot be changed: {}", away.getMessage());
        return new ApiException(503, "unavailable", "users cannot be changed now: the database does not answer");
    }
}
