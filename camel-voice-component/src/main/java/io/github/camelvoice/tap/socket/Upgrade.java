package io.github.camelvoice.tap.socket;

import io.github.camelvoice.outbound.HeaderRules;
import io.github.camelvoice.outbound.Target;
import io.github.camelvoice.tap.TapSpec;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The headers of the upgrade. */
final class Upgrade {

    private Upgrade() {
    }

    /** @throws IllegalArgumentException naming the header, never its value */
    static void check(TapSpec spec) {
        spec.headers().forEach(HeaderRules::check);
        if (spec.authorization() != null) {
            HeaderRules.check("Authorization", spec.authorization());
            if (spec.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
                throw new IllegalArgumentException("Authorization is given twice");
            }
        }
        if (spec.headers().size() > 50) {
            throw new IllegalArgumentException("there may be 50 extra headers at most");
        }
    }

    static void check(TapSpec spec, Target target) {
        if (target.userInfo() != null && (spec.authorization() != null
                || spec.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase))) {
            throw new IllegalArgumentException("user name and password are in the URL and in Authorization");
        }
    }

    static MultiMap headers(TapSpec spec, String callId, String controlId, Target target) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.set("X-Voice-Call-Id", callId).set("X-Voice-Control-Id", controlId);
        for (Map.Entry<String, String> header : spec.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        if (spec.authorization() != null) {
            headers.set("Authorization", spec.authorization());
        } else if (target.userInfo() != null) {
            headers.set("Authorization", basic(target.userInfo()));
        }
        return headers;
    }

    /** RFC 7617 of what stands in a URL, percent signs decoded. A plus is a plus. */
    private static String basic(String userInfo) {
        String plain = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        String credentials = plain.indexOf(':') < 0 ? plain + ':' : plain;
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
