package io.github.camelvoice.gateway;

import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.Pcap;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceUnavailableException;
import java.io.ByteArrayInputStream;
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

    /** @param archive null while there is none */
    HistoryApi(Supplier<CallArchive> archive, LiveState live, String project) {
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
    }

    /** The record of the call that is named. */
    public void read(Exchange exchange) throws StoreException {
        String id = exchange.getMessage().getHeader(VoiceConstants.CALL_ID, String.class);
        exchange.getMessage().setBody(kept().read(project, id).orElseThrow(() -> new ApiException(404, "call-not-found", "no such call")));
    }

    private CallArchive kept() {
        CallArchive calls = archive.get();
        if (calls == null) {
            throw new ApiException(503, "not-kept", "calls are not kept");
        }
        return calls;
    }

    /** {@code GET /history/{id}}. */
    public void record(Exchange exchange) {
        SipInfo info = info(exchange);
        answer(exchange, "application/json", HistoryJson.record(new SipInfo(live.now(info.call()), info.messages(), info.dropped()), isRaw(exchange)));
    }

    /** {@code GET /history/{id}/pcap}. */
    public void pcap(Exchange exchange) {
        SipInfo info = info(exchange);
        exchange.getMessage().setHeader("Content-Disposition", "attachment; filename=\"" + fileName(info.call().callId()) + ".pcap\"");
        answer(exchange, "application/vnd.tcpdump.pcap", Pcap.write(info, isRaw(exchange)));
    }

    /** Any failure to read records, without what the store said: that is for the log. */
    public void problem(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean down = failure instanceof StoreException || failure instanceof VoiceUnavailableException;
        Problem problem = ApiException.problem(down ? new ApiException(503, "unavailable", "records of calls cannot be read now") : failure);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        if (problem.status() == 503) {
            message.setHeader("Retry-After", 5);
        }
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        message.setBody(problem.json());
    }

    private static SipInfo info(Exchange exchange) {
        return exchange.getMessage().getBody(SipInfo.class);
    }

    static boolean isRaw(Exchange exchange) {
        return "true".equals(exchange.getMessage().getHeader(ApiRule.RAW, String.class));
    }

    /** Our ids are letters, digits and dashes; whatever else comes is made so. */
    private static String fileName(String callId) {
        String name = callId.replaceAll("[^A-Za-z0-9._-]", "_");
        return name.length() > 100 ? name.substring(0, 100) : name;
    }

    /** As a stream: it goes out as fast as the client reads, and counts as being read until then. */
    private static void answer(Exchange exchange, String type, byte[] body) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("Content-Length", body.length);
        message.setBody(new ByteArrayInputStream(body));
    }
}
