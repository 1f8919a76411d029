package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.spi.EventRequest;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.SubscribeRequest;
import java.util.List;
import java.util.Map;

/** What a SUBSCRIBE must satisfy, in the order in which a subscriber can mend it. Thread-safe. */
final class Admission {

    private final NotifierOptions options;
    private final Packages packages;
    private final Realm realm;
    private final Lists lists;

    Admission(NotifierOptions options, Packages packages, Realm realm, Lists lists) {
        this.options = options;
        this.packages = packages;
        this.realm = realm;
        this.lists = lists;
    }

    /**
     * What is asked for, as it can be granted.
     *
     * @param granted   seconds, 0 for a fetch
     * @param resources URIs; one where no list is asked for
     * @param list      whether a list is asked for
     */
    record Asked(ServedPackage served, int granted, List<String> resources, boolean list) {
    }

    /** A refusal. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;
        private final Map<String, String> headers;

        Refused(int code, String phrase, Map<String, String> headers) {
            super(phrase, null, false, false);
            this.code = code;
            this.headers = headers;
        }

        Refused(int code) {
            this(code, null, Map.of());
        }

        void answer(EventRequest request) {
            request.refuse(code, getMessage(), headers);
        }
    }

    Asked check(SubscribeRequest request) throws Refused {
        EventTerms terms = request.terms();
        ServedPackage served = served(terms);
        if (!realm.isOurs(terms.host())) {
            throw new Refused(404);
        }
        boolean list = terms.recipientList() || lists.has(terms.user());
        if (terms.user().isEmpty() && !list) {
            throw new Refused(404);
        }
        if (list && !terms.eventList()) {
            throw new Refused(421, null, Map.of("Require", "eventlist"));
        }
        if (!served.suits(terms.accept())) {
            throw new Refused(406);
        }
        int granted = granted(terms.expires(), served.expires());
        if (!list) {
            return new Asked(served, granted, List.of(terms.resource()), false);
        }
        List<String> resources = terms.recipientList() ? lists.read(terms.contentType(), body(request)) : lists.members(terms.user());
        return new Asked(served, granted, resources, true);
    }

    /** The body of a request; one that is not to be had was refused for that, and no later answer counts. */
    static byte[] body(EventRequest request) throws Refused {
        byte[] body = request.body();
        if (body == null) {
            throw new Refused(400);
        }
        return body;
    }

    /** The package of a request. */
    ServedPackage served(EventTerms terms) throws Refused {
        ServedPackage served = packages.find(terms.event());
        if (served == null) {
            throw new Refused(489, null, Map.of("Allow-Events", packages.names()));
        }
        return served;
    }

    /** @param asked -1 where nothing was said */
    int granted(int asked, int usual) throws Refused {
        if (asked > 0 && asked < options.minExpires()) {
            throw new Refused(423, null, Map.of("Min-Expires", String.valueOf(options.minExpires())));
        }
        return Math.min(asked < 0 ? usual : asked, options.maxExpires());
    }

    /** The rule where no handler decides: users know each other's calls and presence, but only their own messages and addresses. */
    boolean mayWatch(EventTerms terms, ServedPackage served, String user) {
        return terms.trusted() || !terms.authenticated().isEmpty() && (!served.own() || Realm.isOwn(terms.authenticated(), user));
    }

    Realm realm() {
        return realm;
    }
}
