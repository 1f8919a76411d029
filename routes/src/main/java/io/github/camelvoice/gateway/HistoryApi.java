package io.github.camelvoice.gateway;

import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.CallLegs;
import io.github.camelvoice.trace.form.Ladder;
import io.github.camelvoice.trace.form.Pcap;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceUnavailableException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What the routes of {@code /api/v1/history} cannot say in YAML: reads requests, and writes lists, records, captures and ladders. Reading waits
 * for the database, on threads that are there for it. Thread-safe.
 */
public final class HistoryApi {

    private final Supplier<CallArchive> archive;
    private final LiveState live;
    private final String project;
    private final RecordsGate gate;

    /** @param archive null while there is none */
    HistoryApi(Supplier<CallArchive> archive, LiveState live, String project, RecordsGate gate) {
        this.gate = gate;
        this.archive = archive;
        this.live = live;
        this.project = project;
    }

    /** {@code GET /history}. */
    public void list(Exchange exchange) throws StoreException {
        CallPage page;
        try {
            page = kept().list(HistoryQuery.of(exchange.getMessage(), project));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "bad-parameter", "pageToken is none of this list");
        }
        answer(exchange, "application/json", HistoryJson.page(new CallPage(page.calls().stream().map(live::now).toList(), page.nextPageToken())));
    }

    /** The call that the path names, for {@code voice:sipinfo}. */
    public void named(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, message.getHeader("id", String.class));
        message.setHeader(VoiceConstants.RAW, isRaw(exchange));
    }

    private CallArchive kept() {
        CallArchive calls = archive.get();
        if (calls == null) {
            throw new ApiException(503, "not-kept", "calls are not kept");
        }
        return calls;
    }

    /** {@code GET /history/{id}}. */
    public void record(Exchange exchange) throws StoreException {
        SipInfo info = info(exchange);
        CallLegs legs = legs(exchange, info);
        answer(exchange, "application/json", legs == null ? HistoryJson.record(now(info), isRaw(exchange))
                : HistoryJson.legs(now(info), new CallLegs(legs.legs().stream().map(this::now).toList()), isRaw(exchange)));
    }

    private SipInfo now(SipInfo info) {
        return new SipInfo(live.now(info.call()), info.messages(), info.dropped());
    }

    /** All that belongs to the call, if the request wants it; else null. */
    private CallLegs legs(Exchange exchange, SipInfo info) throws StoreException {
        Message message = exchange.getMessage();
        if (!ApiRule.LEGS.equals(message.getHeader(ApiRule.INCLUDE, String.class))) {
            return null;
        }
        List<SipInfo> legs = kept().legs(info.call().project(), info.call().callId());
        long bytes = legs.stream().flatMap(leg -> leg.messages().stream()).mapToLong(each -> each.data().length).sum();
        gate.take(message.getHeader(RecordsGate.TICKET, String.class), bytes);
        return new CallLegs(legs.isEmpty() ? List.of(info) : legs);
    }

    /** {@code GET /history/{id}/pcap}. */
    public void pcap(Exchange exchange) throws StoreException {
        SipInfo info = info(exchange);
        CallLegs legs = legs(exchange, info);
        exchange.getMessage().setHeader("Content-Disposition", "attachment; filename=\"" + fileName(info.call().callId()) + ".pcap\"");
        answer(exchange, "application/vnd.tcpdump.pcap", Pcap.write(legs == null ? info : legs.merged(), isRaw(exchange)));
    }

    /** {@code GET /history/{id}/ladder}, in the form that the query or the header Accept asks for. */
    public void ladder(Exchange exchange) throws StoreException {
        Message message = exchange.getMessage();
        SipInfo info = info(exchange);
        CallLegs legs = legs(exchange, info);
        Ladder ladder = legs == null ? Ladder.of(info) : new CallLegs(legs.legs().stream().map(this::now).toList()).ladder();
        switch (form(message.getHeader("format", String.class), message.getHeader("accept", String.class))) {
            case "svg" -> answer(exchange, "image/svg+xml", ladder.svg());
            case "mermaid" -> answer(exchange, "text/vnd.mermaid; charset=utf-8", ladder.mermaid());
            default -> answer(exchange, "text/plain; charset=utf-8", ladder.text());
        }
    }

    static String form(String format, String accept) {
        if (format != null) {
            if (!format.matches("text|svg|mermaid")) {
                throw new ApiException(400, "bad-parameter", "format must be text, svg or mermaid");
            }
            return format;
        }
        String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        if (wanted.contains("image/svg+xml") && !wanted.contains("text/plain")) {
            return "svg";
        }
        return wanted.contains("text/vnd.mermaid") ? "mermaid" : "text";
    }

    /** Any failure to read records, without what the store said: that is for the log. */
    public void problem(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean down = failure instanceof StoreException || failure instanceof VoiceUnavailableException;
        Problem problem = ApiException.problem(down ? new ApiException(503, "unavailable", "records of calls cannot be read now") : failure);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        if (problem.status() == 503 || problem.status() == 429) {
            message.setHeader("Retry-After", problem.status() == 503 ? 5 : 1);
        }
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        message.setBody(problem.json());
    }

    private SipInfo info(Exchange exchange) {
        SipInfo info = exchange.getMessage().getBody(SipInfo.class);
        takeRoom(gate, exchange.getMessage(), info);
        return info;
    }

    /** @throws ApiException 429 if too much is being answered */
    static void takeRoom(RecordsGate gate, Message message, SipInfo info) {
        gate.take(message.getHeader(RecordsGate.TICKET, String.class), info.messages().stream().mapToLong(each -> each.data().length).sum());
    }

    static boolean isRaw(Exchange exchange) {
        return "true".equals(exchange.getMessage().getHeader(ApiRule.RAW, String.class));
    }

    /** Our ids are letters, digits and dashes; whatever else comes is made so. */
    private static String fileName(String callId) {
        String name = callId.replaceAll("[^A-Za-z0-9._-]", "_");
        return name.length() > 100 ? name.substring(0, 100) : name;
    }

    private static void answer(Exchange exchange, String type, String body) {
        answer(exchange, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /** As a stream: it goes out as fast as the client reads, and counts as being read until then. */
    private static void answer(Exchange exchange, String type, byte[] body) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(new ByteArrayInputStream(body));
    }
}
