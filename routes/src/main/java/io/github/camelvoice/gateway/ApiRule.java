package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The requests that the gateway itself serves: which permission each needs, and which query parameters it may have. */
enum ApiRule {
    CONTRACT("GET", "/api/v1/openapi.json", null),
    PLACE("POST", "/api/v1/calls", Permission.CALLS_CREATE),
    LIST("GET", "/api/v1/calls", Permission.CALLS_LIST, "state", "limit"),
    SHOW("GET", "/api/v1/calls/{id}", Permission.CALLS_GET),
    END("DELETE", "/api/v1/calls/{id}", Permission.CALLS_UPDATE),
    START_TAP("POST", "/api/v1/calls/{id}/taps", Permission.TAPS_UPDATE),
    LIST_TAPS("GET", "/api/v1/calls/{id}/taps", Permission.TAPS_GET),
    SHOW_TAP("GET", "/api/v1/calls/{id}/taps/{controlId}", Permission.TAPS_GET),
    CHANGE_TAP("PATCH", "/api/v1/calls/{id}/taps/{controlId}", Permission.TAPS_UPDATE),
    STOP_TAP("DELETE", "/api/v1/calls/{id}/taps/{controlId}", Permission.TAPS_UPDATE),
    ALL_TAPS("GET", "/api/v1/taps", Permission.TAPS_GET, "limit"),
    DOCUMENT("POST", "/api/v1/calls/{id}/document", Permission.CALLS_UPDATE),
    ACT("POST", "/api/v1/calls/{id}/{operation}", Permission.CALLS_UPDATE),
    EVENTS("GET", "/api/v1/events", Permission.EVENTS_GET, "call", "kind"),
    HISTORY("GET", "/api/v1/history", Permission.CALLS_LIST, "party", "direction", "cause", "since", "until", "live", "limit",
            "pageToken"),
    RECORD("GET", "/api/v1/history/{id}", Permission.CALLS_GET, "raw", "include"),
    PCAP("GET", "/api/v1/history/{id}/pcap", Permission.CALLS_GET, "raw", "include"),
    LADDER("GET", "/api/v1/history/{id}/ladder", Permission.CALLS_GET, "format", "include"),
    CALLBACKS("GET", "/api/v1/callbacks", Permission.CALLBACKS_GET, "state", "call", "limit", "pageToken"),
    CALLBACK("GET", "/api/v1/callbacks/{id}", Permission.CALLBACKS_GET, "raw"),
    DROP_CALLBACK("DELETE", "/api/v1/callbacks/{id}", Permission.CALLBACKS_UPDATE),
    REPLAY_CALLBACK("POST", "/api/v1/callbacks/{id}/replay", Permission.CALLBACKS_UPDATE),
    SUBSCRIPTIONS("GET", "/api/v1/subscriptions", Permission.SUBSCRIPTIONS_LIST, "account", "limit"),
    SUBSCRIPTION("GET", "/api/v1/subscriptions/{id}", Permission.SUBSCRIPTIONS_LIST, "resource", "limit"),
    SUBSCRIPTION_DOCUMENT("GET", "/api/v1/subscriptions/{id}/document", Permission.SUBSCRIPTIONS_LIST, "resource", "instance"),
    END_SUBSCRIPTION("DELETE", "/api/v1/subscriptions/{id}", Permission.SUBSCRIPTIONS_END),
    WATCHERS("GET", "/api/v1/watchers", Permission.SUBSCRIPTIONS_LIST),
    SIP_ACCOUNTS("GET", "/api/v1/sip-accounts", Permission.SESSIONS_GET, "name", "state", "limit"),
    SIP_ACCOUNT("GET", "/api/v1/sip-accounts/{name}", Permission.SESSIONS_GET),
    REGISTER("PUT", "/api/v1/sip-accounts/{name}", Permission.SESSIONS_UPDATE),
    UNREGISTER("DELETE", "/api/v1/sip-accounts/{name}", Permission.SESSIONS_UPDATE),
    SESSION_STATUS("GET", "/api/v1/sip-accounts/{name}/status", Permission.SESSIONS_GET),
    SESSION_STATUSES("GET", "/api/v1/sip-accounts/{name}/statuses", Permission.SESSIONS_GET, "after", "limit"),
    STATUS_STREAM("GET", "/api/v1/sip-accounts/{name}/statuses/stream", Permission.SESSIONS_GET, "after"),
    START_SESSION("POST", "/api/v1/sip-accounts/{name}/session", Permission.SESSIONS_UPDATE),
    END_SESSION("DELETE", "/api/v1/sip-accounts/{name}/session", Permission.SESSIONS_UPDATE),
    SESSION_CALL("POST", "/api/v1/sip-accounts/{name}/session/call", Permission.SESSIONS_CALL),
    SESSION_HANGUP("DELETE", "/api/v1/sip-accounts/{name}/session/call", Permission.SESSIONS_CALL, "hard"),
    SESSION_PLAY("POST", "/api/v1/sip-accounts/{name}/session/call/play", Permission.SESSIONS_CALL, "wait"),
    SESSION_ANSWER("POST", "/api/v1/sip-accounts/{name}/session/call/answer", Permission.SESSIONS_CALL),
    SESSION_TRANSFER("POST", "/api/v1/sip-accounts/{name}/session/call/transfer", Permission.SESSIONS_CALL),
    SESSION_MUTE("POST", "/api/v1/sip-accounts/{name}/session/call/mute", Permission.SESSIONS_CALL),
    SESSION_UNMUTE("POST", "/api/v1/sip-accounts/{name}/session/call/unmute", Permission.SESSIONS_CALL),
    USERS("GET", "/api/v1/users", Permission.USERS_GET, "limit"),
    SHOW_USER("GET", "/api/v1/users/{name}", Permission.USERS_GET),
    PUT_USER("PUT", "/api/v1/users/{name}", Permission.USERS_UPDATE),
    REMOVE_USER("DELETE", "/api/v1/users/{name}", Permission.USERS_UPDATE),
    LAML_CREATE("POST", "/2010-04-01/Accounts/{sid}/Calls", Permission.CALLS_CREATE),
    LAML_LIST("GET", "/2010-04-01/Accounts/{sid}/Calls", Permission.CALLS_LIST, LamlList.PARAMETERS.toArray(String[]::new)),
    LAML_FETCH("GET", "/2010-04-01/Accounts/{sid}/Calls/{call}", Permission.CALLS_GET),
    LAML_UPDATE("POST", "/2010-04-01/Accounts/{sid}/Calls/{call}", Permission.CALLS_UPDATE),
    LAML_RECORDINGS("GET", "/2010-04-01/Accounts/{sid}/Recordings", Permission.RECORDINGS_GET, LamlRecordings.PARAMETERS.toArray(String[]::new)),
    LAML_RECORDING("GET", "/2010-04-01/Accounts/{sid}/Recordings/{recording}", Permission.RECORDINGS_GET),
    LAML_DROP_RECORDING("DELETE", "/2010-04-01/Accounts/{sid}/Recordings/{recording}", Permission.RECORDINGS_UPDATE),
    LAML_CALL_RECORDINGS("GET", "/2010-04-01/Accounts/{sid}/Calls/{call}/Recordings", Permission.RECORDINGS_GET,
            LamlRecordings.PARAMETERS.toArray(String[]::new)),
    LAML_RECORD("POST", "/2010-04-01/Accounts/{sid}/Calls/{call}/Recordings", Permission.RECORDINGS_UPDATE),
    LAML_CALL_RECORDING("GET", "/2010-04-01/Accounts/{sid}/Calls/{call}/Recordings/{recording}", Permission.RECORDINGS_GET),
    LAML_CHANGE_RECORDING("POST", "/2010-04-01/Accounts/{sid}/Calls/{call}/Recordings/{recording}", Permission.RECORDINGS_UPDATE),
    LAML_DROP_CALL_RECORDING("DELETE", "/2010-04-01/Accounts/{sid}/Calls/{call}/Recordings/{recording}", Permission.RECORDINGS_UPDATE),
    SEP_CREATE("POST", "/v/2009-06/sep", Permission.SUBSCRIPTIONS_UPDATE),
    SEP_LIST("GET HEAD", "/v/2009-06/sep", Permission.SUBSCRIPTIONS_GET),
    SEP_SHOW("GET HEAD", "/v/2009-06/sep/{id}", Permission.SUBSCRIPTIONS_GET, "state"),
    SEP_CHANGE("PUT", "/v/2009-06/sep/{id}", Permission.SUBSCRIPTIONS_UPDATE),
    SEP_END("DELETE", "/v/2009-06/sep/{id}", Permission.SUBSCRIPTIONS_UPDATE),
    SIP_INFO("GET HEAD", "/v1beta1/projects/{project}/calls/{call}/sipInfo", Permission.CALLS_GET, "raw", "alt", "$alt"),
    OBSERVE("GET", "/observe/health", Permission.METRICS_GET),
    OBSERVE_PART("GET", "/observe/{part}", Permission.METRICS_GET),
    HEALTH_PART("GET", "/observe/health/{part}", Permission.METRICS_GET);

    private static final Set<String> YAML = Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
    private static final Set<String> WAV = Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave");
    private static final String LAML = "2010-04-01";
    private static final Set<String> SEP = Set.of("application/json", "application/xml", "text/xml");
    static final String FORM = "application/x-www-form-urlencoded";
    static final String RAW = "raw";
    static final String INCLUDE = "include";
    static final String LEGS = "legs";
    static final String PROJECT = "project";

    private final Set<String> methods;
    private final List<String> pattern;
    private final Permission permission;
    private final Set<String> parameters;

    ApiRule(String methods, String pattern, Permission permission, String... parameters) {
        this.methods = new TreeSet<>(Arrays.asList(methods.split(" ")));
        this.pattern = List.of(pattern.substring(1).split("/"));
        this.permission = permission;
        this.parameters = Set.of(parameters);
    }

    /** The first that fits, in the order above. @return null where the gateway itself serves no such request */
    static ApiRule of(String method, List<String> asked) {
        List<String> path = plain(asked);
        for (ApiRule rule : values()) {
            if (rule.methods.contains(method) && rule.fits(path)) {
                return rule;
            }
        }
        return null;
    }

    /** Methods of a path, in alphabetical order; empty where the gateway itself does not serve it. */
    static List<String> methods(List<String> asked) {
        List<String> path = plain(asked);
        TreeSet<String> methods = new TreeSet<>();
        for (ApiRule rule : values()) {
            if (rule.fits(path)) {
                methods.addAll(rule.methods);
            }
        }
        return new ArrayList<>(methods);
    }

    /** Whether the path is one of the API of 2010-04-01, which has a form for a body and errors of its own. */
    static boolean isLaml(List<String> path) {
        int at = path.size() > 2 && path.get(0).equals("api") && path.get(1).equals("laml") ? 2 : 0;
        return path.size() > at && path.get(at).equals(LAML);
    }

    /** Whether the path is one of the SIP Event Package API, which has errors of its own. */
    static boolean isSep(List<String> path) {
        return path.size() > 2 && path.get(0).equals("v") && SepApi.VERSIONS.contains(path.get(1)) && path.get(2).equals("sep");
    }

    /** Whether the path is one of SIP accounts: whose they are depends on who asks. */
    static boolean isSipAccounts(List<String> path) {
        return path.size() > 2 && path.get(0).equals("api") && path.get(1).equals("v1") && path.get(2).equals("sip-accounts");
    }

    /** Whether the path is one that takes WAV files. */
    static boolean isFiles(List<String> path) {
        return isSipAccounts(path) && SESSION_PLAY.fits(path);
    }

    /** These two APIs are under two prefixes each, and paths of the former may end in {@code .json}. */
    private static List<String> plain(List<String> path) {
        if (isSep(path)) {
            List<String> plain = new ArrayList<>(path);
            plain.set(1, SepApi.VERSIONS.get(0));
            return plain;
        }
        if (!isLaml(path)) {
            return path;
        }
        List<String> plain = new ArrayList<>(path.subList(path.indexOf(LAML), path.size()));
        String last = plain.get(plain.size() - 1);
        if (last.endsWith(".json")) {
            plain.set(plain.size() - 1, last.substring(0, last.length() - 5));
        }
        return plain;
    }

    private boolean fits(List<String> path) {
        if (path.size() != pattern.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).startsWith("{") && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What the path has where the pattern has {@code {name}}; null where the pattern has no such place. */
    String value(String name, List<String> path) {
        int index = pattern.indexOf("{" + name + "}");
        return index < 0 ? null : path.get(index);
    }

    /** Whether a body of this media type may come; most take JSON only. */
    boolean takes(String mediaType) {
        if (this == LAML_CREATE || this == LAML_UPDATE || this == LAML_RECORD || this == LAML_CHANGE_RECORDING) {
            return mediaType.equals(FORM);
        }
        if (this == SEP_CREATE || this == SEP_CHANGE) {
            return SEP.contains(mediaType);
        }
        if (this == SESSION_PLAY && WAV.contains(mediaType)) {
            return true;
        }
        return mediaType.equals("application/json") || this == DOCUMENT && YAML.contains(mediaType);
    }

    /** Media types of bodies, for people. */
    String takes() {
        return switch (this) {
            case LAML_CREATE, LAML_UPDATE, LAML_RECORD, LAML_CHANGE_RECORDING -> FORM;
            case SESSION_PLAY -> "application/json or audio/wav";
            case DOCUMENT -> "application/json or application/yaml";
            case SEP_CREATE, SEP_CHANGE -> "text/xml, application/xml or application/json";
            default -> "application/json";
        };
    }

    /** What is needed beside {@link #permission}: a document may tap its call. Null for nothing. */
    Permission also() {
        return this == DOCUMENT || this == LAML_CREATE || this == LAML_UPDATE ? Permission.TAPS_UPDATE : null;
    }

    /** null where every account may. */
    Permission permission() {
        return permission;
    }

    Set<String> parameters() {
        return parameters;
    }

    /** Whether it is answered from the records of calls, or may be large. These are bounded in rate, and strict about parameters. */
    boolean readsRecords() {
        return switch (this) {
            case HISTORY, RECORD, PCAP, LADDER, CALLBACKS, CALLBACK, SUBSCRIPTIONS, SUBSCRIPTION, SUBSCRIPTION_DOCUMENT, SIP_ACCOUNTS,
                SESSION_STATUSES, SIP_INFO, LAML_LIST, LAML_FETCH,
                SEP_CREATE, SEP_LIST, SEP_SHOW, SEP_CHANGE, SEP_END -> true;
            default -> false;
        };
    }
}
