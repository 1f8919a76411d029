package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingPort;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.recording.CallRecordings;
import io.github.camelvoice.recording.RecordingInfo;
import io.github.camelvoice.webhook.CallParameters;
import io.github.camelvoice.webhook.StatusCallbacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Recordings in the API of 2010-04-01: lists, what is known of one, its audio with ranges, deleted, started and stopped. Thread-safe.
 */
public final class LamlRecordings {

    static final Set<String> PARAMETERS = Set.of("CallSid", "PageSize", "Page", "PageToken");
    private static final int DEFAULT_SIZE = 50;
    private static final int MOST_SIZE = 1_000;

    private final Supplier<VoiceEngine> engine;

    LamlRecordings(Supplier<VoiceEngine> engine) {
        this.engine = engine;
    }

    private static String method(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class);
    }

    /** {@code GET …/Recordings}, {@code GET} and {@code POST …/Calls/{call}/Recordings}. */
    public void list(Exchange exchange) throws CallException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        String callId = exchange.getMessage().getHeader("call", String.class);
        if ("POST".equals(method(exchange))) {
            start(exchange, place, callId);
            return;
        }
        LamlForm query = LamlForm.of(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, String.class), PARAMETERS, Set.of());
        String wanted = callId != null ? callId : query.text("CallSid");
        int size = query.number("PageSize", 1, MOST_SIZE, DEFAULT_SIZE);
        int page = query.number("Page", 0, 1_000_000, 0);
        List<RecordingInfo> all = engine.get().recordings().shelf().list(info -> wanted == null || info.callId().equals(wanted));
        int from = (int) Math.min(all.size(), (long) page * size);
        int to = Math.min(all.size(), from + size);
        String path = place.base() + (callId == null ? "" : "/Calls/" + callId) + "/Recordings.json?PageSize=" + size
                + (callId == null && wanted != null ? "&CallSid=" + wanted : "");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode recordings = json.putArray("recordings");
        all.subList(from, to).forEach(info -> recordings.add(json(info, place)));
        json.put("uri", path + "&Page=" + page).put("first_page_uri", path + "&Page=0");
        json.put("next_page_uri", to < all.size() ? path + "&Page=" + (page + 1) : null);
        json.put("previous_page_uri", page > 0 ? path + "&Page=" + (page - 1) : null);
        json.put("page", page).put("page_size", size).put("start", from).put("end", Math.max(from, to - 1));
        answer(exchange, 200, json);
    }

    private void start(Exchange exchange, LamlPlace place, String callId) throws CallException {
        VoiceEngine voice = engine.get();
        RecordingOrder order = LamlOrder.startRecording(exchange.getMessage().getBody(String.class), voice.outbound().policy());
        Call call = voice.calls().find(callId);
        RecordingPort.Running running = voice.recordings().start(call, order);
        answer(exchange, 201, json(info(running.id(), voice), place));
    }

    private static RecordingInfo info(String sid, VoiceEngine voice) {
        CallRecordings recordings = voice.recordings();
        return recordings.find(sid).orElseThrow(() -> new LamlError(404, LamlError.NOT_FOUND, "there is no recording " + ApiException.quote(sid)));
    }

    /** {@code GET}, {@code POST} and {@code DELETE …/Recordings/{recording}}, with or without its call in the path. */
    public void one(Exchange exchange) throws CallException, IOException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        VoiceEngine voice = engine.get();
        String named = String.valueOf(exchange.getMessage().getHeader("recording", String.class));
        int dot = named.indexOf('.');
        String ending = dot < 0 ? "" : named.substring(dot + 1);
        RecordingInfo info = info(dot < 0 ? named : named.substring(0, dot), voice);
        String callId = exchange.getMessage().getHeader("call", String.class);
        if (callId != null && !callId.equals(info.callId())) {
            throw new LamlError(404, LamlError.NOT_FOUND, "the call has no such recording");
        }
        switch (method(exchange)) {
            case "DELETE" -> delete(exchange, voice, info);
            case "POST" -> change(exchange, voice, info, place);
            default -> {
                if (ending.equals("json")) {
                    answer(exchange, 200, json(info, place));
                } else if (ending.isEmpty() || ending.equals("wav")) {
                    audio(exchange, voice, info);
                } else {
                    throw new LamlError(404, LamlError.NOT_FOUND, "recordings are WAV files: .wav, or .json for what is known of them");
                }
            }
        }
    }

    private static void audio(Exchange exchange, VoiceEngine voice, RecordingInfo info) throws IOException {
        Path file = voice.recordings().shelf().wav(info.sid());
        if (info.status() != RecordingStatus.COMPLETED) {
            throw new LamlError(404, LamlError.NOT_FOUND, "the recording is " + info.status().word() + ": it has no audio");
        }
        Message message = exchange.getMessage();
        FileRange range = FileRange.of(file, message.getHeader("Range", String.class));
        if (range == null) {
            throw new LamlError(404, LamlError.NOT_FOUND, "the audio is gone");
        }
        range.answer(message, info.sid() + ".wav");
    }

    private static void delete(Exchange exchange, VoiceEngine voice, RecordingInfo info) {
        if (info.status() == RecordingStatus.IN_PROGRESS) {
            throw new LamlError(400, LamlError.WRONG_STATE, "the recording is in progress: stop it first");
        }
        voice.recordings().shelf().delete(info.sid());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
        exchange.getMessage().setBody(null);
    }

    private void change(Exchange exchange, VoiceEngine voice, RecordingInfo info, LamlPlace place) throws CallException {
        LamlForm form = LamlForm.of(exchange.getMessage().getBody(String.class), Set.of("Status", "PauseBehavior"), Set.of());
        String status = form.text("Status");
        if ("skip".equals(form.text("PauseBehavior"))) {
            throw LamlError.badParameter("PauseBehavior", "must be silence");
        }
        RecordingPort.Running running = voice.recordings().running(info.sid())
                .orElseThrow(() -> new LamlError(400, LamlError.WRONG_STATE, "the recording is " + info.status().word()));
        switch (String.valueOf(status)) {
            case "stopped" -> {
                running.stop();
                running.ended().toCompletableFuture().join();
            }
            case "paused" -> voice.calls().find(info.callId()).execute(new CallCommand.PauseRecording()).toCompletableFuture().join();
            case "in-progress" -> voice.calls().find(info.callId()).execute(new CallCommand.ResumeRecording()).toCompletableFuture().join();
            default -> throw LamlError.badParameter("Status", "must be stopped, paused or in-progress");
        }
        answer(exchange, 200, json(info(info.sid(), voice), place));
    }

    private static ObjectNode json(RecordingInfo info, LamlPlace place) {
        String uri = place.base() + "/Recordings/" + info.sid();
        String began = StatusCallbacks.timestamp(info.startedAt());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", info.sid()).put("account_sid", place.account()).put("api_version", CallParameters.API_VERSION);
        json.put("call_sid", info.callId()).put("status", info.status().word()).put("source", info.source());
        json.put("channels", info.channels()).put("date_created", began).put("start_time", began);
        json.put("date_updated", StatusCallbacks.timestamp(info.startedAt().plusMillis(info.millis())));
        json.put("duration", info.status() == RecordingStatus.IN_PROGRESS ? null : Long.toString(info.news(null).seconds()));
        json.put("media_url", uri + ".wav").put("uri", uri + ".json");
        json.put("error_message", info.detail().isEmpty() ? null : info.detail());
        for (String unknown : List.of("conference_sid", "price", "price_unit", "error_code", "encryption_details")) {
            json.putNull(unknown);
        }
        if (info.upload() != null) {
            json.putObject("upload").put("state", info.upload().state()).put("attempts", info.upload().attempts())
                    .put("detail", info.upload().detail());
        }
        json.putObject("subresource_uris");
        return json;
    }

    private static void answer(Exchange exchange, int status, ObjectNode json) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, LamlError.MEDIA_TYPE);
        message.setBody(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
