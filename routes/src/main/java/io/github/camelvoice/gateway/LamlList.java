package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.CallRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A page of calls as the 2010-04-01 API lists them, newest first. The store looks for what it can, the rest is looked through here: a page may be
 * short, or empty, and have a next one all the same.
 */
final class LamlList {

    static final Set<String> PARAMETERS = Set.of("To", "From", "Status", "StartTime", "StartTime<", "StartTime>", "StartTime<=", "StartTime>=",
            "EndTime", "EndTime<", "EndTime>", "EndTime<=", "EndTime>=", "ParentCallSid", "PageSize", "Page", "PageToken");
    private static final int DEFAULT_SIZE = 50;
    private static final int MOST_SIZE = 1_000;
    /** Children of one call that are looked through: they come as one page. */
    private static final int MOST_CHILDREN = 1_000;
    /** Reads of the store for one page. */
    private static final int MOST_READS = 10;

    private final LamlForm query;
    private final int size;
    private final int page;

    LamlList(String rawQuery) {
        query = LamlForm.of(rawQuery, PARAMETERS, Set.of());
        size = query.number("PageSize", 1, MOST_SIZE, DEFAULT_SIZE);
        page = query.number("Page", 0, 1_000_000, 0);
        if (page > 0 && !query.has("PageToken")) {
            throw LamlError.badParameter("Page", "goes with the PageToken of the page before only");
        }
    }

    /**
     * @param base path of the account
     * @param view makes the call of a record, as it is now
     */
    ObjectNode read(CallArchive archive, String project, String base, String account, Function<CallRecord, LamlCall> view) throws StoreException {
        List<LamlCall> found = new ArrayList<>();
        Predicate<LamlCall> wanted = filter();
        String parent = query.text("ParentCallSid");
        if (parent != null) {
            List<CallRecord> children = new ArrayList<>(archive.children(project, parent, MOST_CHILDREN));
            Collections.reverse(children);
            children.stream().filter(call -> span("StartTime").has(call.createdAt())).map(view).filter(wanted).limit(size).forEach(found::add);
            return json(found, null, base, account);
        }
        String token = query.text("PageToken");
        int reads = 0;
        do {
            CallPage part = part(archive, project, token, size - found.size());
            part.calls().stream().map(view).filter(wanted).forEach(found::add);
            token = part.nextPageToken();
            reads++;
        } while (token != null && found.size() < size && reads < MOST_READS);
        return json(found, token, base, account);
    }

    private CallPage part(CallArchive archive, String project, String token, int limit) throws StoreException {
        Span start = span("StartTime");
        CallStatus status = status();
        Boolean live = status == null ? null : !status.isFinal();
        String party = query.has("To") ? query.text("To") : query.text("From");
        try {
            return archive.list(new CallQuery(project, party, null, null, start.from, start.until, live, token, limit));
        } catch (IllegalArgumentException wrong) {
            throw LamlError.badParameter("PageToken", "is none of this list");
        }
    }

    private Predicate<LamlCall> filter() {
        String to = query.text("To");
        String from = query.text("From");
        CallStatus status = status();
        Span end = span("EndTime");
        return call -> (to == null || same(to, call.to())) && (from == null || same(from, call.from()))
                && (status == null || status == call.status()) && end.has(call.endedAt());
    }

    /** The whole URI, or its user. */
    private static boolean same(String asked, String uri) {
        return asked.equalsIgnoreCase(uri) || uri.regionMatches(true, uri.indexOf(':') + 1, asked + "@", 0, asked.length() + 1);
    }

    private CallStatus status() {
        String text = query.text("Status");
        for (CallStatus each : CallStatus.values()) {
            if (each.word().equals(text) && each != CallStatus.INITIATED) {
                return each;
            }
        }
        if (text != null) {
            throw LamlError.badParameter("Status", "must be queued, ringing, in-progress, completed, busy, failed, no-answer or canceled");
        }
        return null;
    }

    /** @param until exclusive; both null for no bound */
    private record Span(Instant from, Instant until) {
        private boolean has(Instant time) {
            return from == null && until == null || time != null && (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
        }
    }

    private Span span(String name) {
        Span whole = time(name, query.text(name));
        Instant from = whole.from;
        Instant until = whole.until;
        for (String sign : List.of(">", ">=")) {
            Span bound = time(name + sign, query.text(name + sign));
            from = bound.from == null ? from : bound.from;
        }
        for (String sign : List.of("<", "<=")) {
            Span bound = time(name + sign, query.text(name + sign));
            until = bound.until == null ? until : bound.until;
        }
        return new Span(from, until);
    }

    /** A day, of UTC, is all of it; a time is that second. */
    private static Span time(String name, String text) {
        if (text == null) {
            return new Span(null, null);
        }
        try {
            if (text.length() == 10) {
                Instant day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                return new Span(day, day.plus(Duration.ofDays(1)));
            }
            Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            return new Span(time, time.plusSeconds(1));
        } catch (DateTimeException wrong) {
            throw LamlError.badParameter(name, "must be a day or a time such as 2026-11-21 or 2026-11-21T12:00:00Z");
        }
    }

    private ObjectNode json(List<LamlCall> found, String next, String base, String account) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode calls = json.putArray("calls");
        found.forEach(call -> calls.add(call.json(base, account)));
        json.put("uri", uri(base, page, query.text("PageToken")));
        json.put("first_page_uri", uri(base, 0, null));
        json.put("next_page_uri", next == null ? null : uri(base, page + 1, next));
        json.putNull("previous_page_uri");
        json.put("page", page).put("page_size", size).put("start", page * size).put("end", page * size + Math.max(0, found.size() - 1));
        return json;
    }

    private String uri(String base, int number, String token) {
        StringBuilder uri = new StringBuilder(base).append("/Calls.json?PageSize=").append(size);
        for (String name : PARAMETERS.stream().sorted().toList()) {
            if (!name.startsWith("Page") && query.has(name)) {
                uri.append('&').append(encode(name)).append('=').append(encode(query.text(name)));
            }
        }
        uri.append("&Page=").append(number);
        return token == null ? uri.toString() : uri.append("&PageToken=").append(encode(token)).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
