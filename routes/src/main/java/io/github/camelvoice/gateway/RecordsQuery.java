package io.github.camelvoice.gateway;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks requests for records of calls before they cost anything: ids of a sane length, parameters that exist, each once. */
final class RecordsQuery {

    static final int MAX_ID = 512;
    private static final int MAX_VALUE = 512;
    private static final Set<String> ALT = Set.of("json", "json;enum-encoding=int");

    private RecordsQuery() {
    }

    /** @return what is wrong, null if nothing is */
    static String wrong(RoutingContext context, ApiRule rule, List<String> path) {
        for (String name : List.of("id", "call", ApiRule.PROJECT)) {
            String value = rule.value(name, path);
            if (value != null && value.length() > MAX_ID) {
                return name + " may have " + MAX_ID + " characters";
            }
        }
        MultiMap query = context.queryParams();
        for (String name : query.names()) {
            String wrong = wrong(name, query.getAll(name), rule);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static String wrong(String name, List<String> values, ApiRule rule) {
        if (!rule.parameters().contains(name)) {
            return "there is no parameter '" + ApiException.quote(name) + "' here; there are " + new TreeSet<>(rule.parameters());
        }
        if (values.size() > 1) {
            return name + " is there twice";
        }
        String value = values.get(0);
        if (value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            return name + " may have " + MAX_VALUE + " characters, no control characters among them";
        }
        return switch (name) {
            case ApiRule.RAW -> value.equals("true") || value.equals("false") ? null : "raw must be true or false";
            case ApiRule.INCLUDE -> value.equals(ApiRule.LEGS) ? null : "include must be legs";
            case "alt", "$alt" -> ALT.contains(value) ? null : name + " must be json";
            default -> null;
        };
    }
}
