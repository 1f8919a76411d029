package io.github.camelvoice.gateway.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Accounts as JSON. Reads strictly: what it does not know it refuses, since a permission misread is a door left open. */
final class AccountsJson {

    static final int MAX_ACCOUNTS = 1000;
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private AccountsJson() {
    }

    /** @throws IllegalArgumentException saying what is wrong, without secrets */
    static List<StoredAccount> read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON (line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ")", e);
        }
        fields(root, "the file", Set.of("version", "accounts"));
        if (root.path("version").asInt() != VERSION || !root.path("accounts").isArray()) {
            throw new IllegalArgumentException("no accounts of version " + VERSION);
        }
        List<StoredAccount> accounts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode each : root.path("accounts")) {
            StoredAccount account = account(each);
            if (!names.add(account.account().sid())) {
                throw new IllegalArgumentException("account " + account.account().sid() + " is there twice");
            }
            accounts.add(account);
        }
        if (accounts.size() > MAX_ACCOUNTS) {
            throw new IllegalArgumentException("more than " + MAX_ACCOUNTS + " accounts");
        }
        return List.copyOf(accounts);
    }

    private static StoredAccount account(JsonNode node) {
        String sid = node.path("sid").asText();
        String where = "account " + sid.replaceAll("[^A-Za-z0-9._-]", "?");
        fields(node, where, Set.of("sid", "first", "createdAt", "expiresAt", "token", "projects"));
        try {
            Map<String, Set<Permission>> projects = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> project : node.path("projects").properties()) {
                Set<Permission> permissions = EnumSet.noneOf(Permission.class);
                project.getValue().forEach(id -> permissions.addAll(Permission.ofId(id.asText())));
                projects.put(project.getKey(), permissions);
            }
            fields(node.path("token"), "its token", Set.of("salt", "sha256"));
            TokenHash token = new TokenHash(bytes(node.path("token").path("salt")), bytes(node.path("token").path("sha256")));
            return new StoredAccount(new Account(sid, projects, time(node.path("expiresAt"))), token, time(node.path("createdAt")),
                    node.path("first").asBoolean());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static void fields(JsonNode node, String where, Set<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(where + " is no object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(where + " has a field that is unknown here; there are " + known.stream().sorted().toList());
            }
        });
    }

    private static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.asText());
    }

    private static Instant time(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : Instant.parse(node.asText());
    }

    static String write(List<StoredAccount> accounts) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode list = root.putArray("accounts");
        for (StoredAccount each : accounts) {
            ObjectNode node = list.addObject().put("sid", each.account().sid());
            if (each.first()) {
                node.put("first", true);
            }
            put(node, "createdAt", each.createdAt());
            put(node, "expiresAt", each.account().expiresAt());
            node.putObject("token").put("salt", base64(each.token().salt())).put("sha256", base64(each.token().sha256()));
            ObjectNode projects = node.putObject("projects");
            new TreeMap<>(each.account().projects()).forEach((project, permissions) -> {
                ArrayNode ids = projects.putArray(project);
                ids(permissions).forEach(ids::add);
            });
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("accounts are plain text", e);
        }
    }

    /** {@code *} for all of them. */
    static List<String> ids(Set<Permission> permissions) {
        return permissions.size() == Permission.values().length ? List.of(Permission.ALL)
                : permissions.stream().sorted().map(Permission::id).collect(Collectors.toList());
    }

    private static void put(ObjectNode node, String name, Instant time) {
        if (time != null) {
            node.put(name, time.toString());
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
