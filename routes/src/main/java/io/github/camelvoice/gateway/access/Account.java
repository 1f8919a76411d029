package io.github.camelvoice.gateway.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what with the calls of which projects.
 *
 * @param sid       its name: 1 to 64 letters, digits, dots, dashes or underscores
 * @param projects  permissions by project; those of {@link Permission#ALL} hold for every project
 * @param expiresAt from then on it may nothing; null for never
 */
public record Account(String sid, Map<String, Set<Permission>> projects, Instant expiresAt) {

    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    public Account {
        requireName("account", sid);
        Map<String, Set<Permission>> copy = new LinkedHashMap<>();
        projects.forEach((project, permissions) -> {
            if (!project.equals(Permission.ALL)) {
                requireName("project", project);
            }
            copy.put(project, Set.copyOf(permissions));
        });
        projects = Map.copyOf(copy);
    }

    /** May do everything with the calls of all projects, for ever. */
    public static Account ofAll(String sid) {
        return new Account(sid, Map.of(Permission.ALL, EnumSet.allOf(Permission.class)), null);
    }

    public boolean may(Permission permission, String project) {
        return projects.getOrDefault(Permission.ALL, Set.of()).contains(permission)
                || projects.getOrDefault(project, Set.of()).contains(permission);
    }

    boolean isValid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    private static void requireName(String what, String name) {
        if (name == null || !name.matches(NAME)) {
            throw new IllegalArgumentException("the name of " + (what.equals("account") ? "an account" : "a project")
                    + " has 1 to 64 letters, digits, dots, dashes or underscores");
        }
    }
}
