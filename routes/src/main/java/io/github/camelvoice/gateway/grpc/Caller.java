package io.github.camelvoice.gateway.grpc;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Permission;
import io.grpc.Context;

/**
 * Who calls.
 *
 * @param account of the API
 * @param proven  whether by credentials
 * @param project whose permissions count
 * @param named   SIP account that the metadata name, empty for none
 */
record Caller(Account account, boolean proven, String project, String named) {

    static final Context.Key<Caller> CURRENT = Context.key("voice-caller");

    boolean may(Permission permission) {
        return account.may(permission, project);
    }

    /** Whether the SIP accounts of others are as its own. */
    boolean mayAll() {
        return may(Permission.SESSIONS_ALL);
    }
}
