package io.github.camelvoice.gateway.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What an account may be allowed to do with the calls of a project. */
public enum Permission {
    CALLS_GET("voice.calls.get", "read a call, its messages with secrets masked, its pcap and ladder"),
    CALLS_GET_RAW("voice.calls.getRaw", "read messages and callbacks with the secrets in them; beside voice.calls.get or voice.callbacks.get"),
    CALLS_LIST("voice.calls.list", "list calls, live and past"),
    CALLS_CREATE("voice.calls.create", "place calls"),
    CALLS_UPDATE("voice.calls.update", "act on live calls, and end them"),
    TAPS_GET("voice.taps.get", "see the taps of live calls, and how loud these are"),
    TAPS_UPDATE("voice.taps.update", "have the audio of live calls streamed elsewhere, and speech from there played into them"),
    CALLBACKS_GET("voice.callbacks.get", "see callbacks: those that wait, were delivered, or were given up"),
    CALLBACKS_UPDATE("voice.callbacks.update", "have callbacks tried again, and give them up"),
    RECORDINGS_GET("voice.recordings.get", "list and hear recordings that applications asked for"),
    RECORDINGS_UPDATE("voice.recordings.update", "begin, pause, stop and delete recordings"),
    SUBSCRIPTIONS_LIST("voice.subscriptions.list", "see the subscriptions of all accounts to the state of others, that state, and who watches us"),
    SUBSCRIPTIONS_END("voice.subscriptions.end", "end subscriptions of any account"),
    SUBSCRIPTIONS_GET("voice.subscriptions.get", "see its own subscriptions to the state of others, and that state"),
    SUBSCRIPTIONS_UPDATE("voice.subscriptions.update", "subscribe to the state of others, and unsubscribe"),
    SESSIONS_GET("voice.sessions.get", "see its own SIP accounts, their sessions and histories"),
    SESSIONS_UPDATE("voice.sessions.update", "register SIP accounts of its own and unregister them, start and end their sessions"),
    SESSIONS_CALL("voice.sessions.call", "place, answer, transfer and end calls of its own SIP accounts, mute them, and play into them"),
    SESSIONS_ALL("voice.sessions.all", "do with the SIP accounts of all what the other three allow with its own"),
    USERS_GET("voice.users.get", "list the users who may register phones here"),
    USERS_UPDATE("voice.users.update", "add such users, change their passwords, and remove them"),
    EVENTS_GET("voice.events.get", "follow the events of calls"),
    METRICS_GET("voice.metrics.get", "read metrics and details of health"),
    ROUTES_INVOKE("voice.routes.invoke", "use paths that routes of the user serve");

    /** Every permission, or every project. */
    public static final String ALL = "*";

    private final String id;
    private final String help;

    Permission(String id, String help) {
        this.id = id;
        this.help = help;
    }

    public String id() {
        return id;
    }

    /** One line for people. */
    public String help() {
        return help;
    }

    /** @param id of one permission, or {@link #ALL}. @throws IllegalArgumentException listing what there is */
    public static Set<Permission> ofId(String id) {
        if (ALL.equals(id)) {
            return EnumSet.allOf(Permission.class);
        }
        for (Permission each : values()) {
            if (each.id.equals(id)) {
                return EnumSet.of(each);
            }
        }
        throw new IllegalArgumentException("there is no permission '" + id + "'; there are " + ids());
    }

    private static List<String> ids() {
        return Arrays.stream(values()).map(Permission::id).toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
