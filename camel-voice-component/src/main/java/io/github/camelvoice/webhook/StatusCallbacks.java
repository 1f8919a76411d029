package io.github.camelvoice.webhook;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.callback.Form;
import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.CallProgress;
import io.github.camelvoice.document.Progress;
import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.document.StatusOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells applications how calls and their recordings go on, as callbacks in the order of what happened. Thread-safe; nothing here waits. */
public final class StatusCallbacks implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(StatusCallbacks.class);
    /** Kinds of callbacks. */
    private static final String CALL = "call";
    private static final String RECORDING = "recording";
    private static final String SOURCE = "call-progress-events";
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Callbacks callbacks;

    public StatusCallbacks(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** {@code Thu, 04 Apr 2024 18:32:15 +0000} */
    public static String timestamp(Instant time) {
        return RFC_2822.format(time);
    }

    /** Says early what is wrong with a target. @throws IllegalArgumentException in words for whoever gave it */
    public void check(String target) {
        callbacks.check(target);
    }

    @Override
    public void attach(Call call, StatusOrder order) {
        attach(call, order, over -> List.of());
    }

    /**
     * Tells what was asked for, from the beginning of the call, however far it has come.
     *
     * @param more what the last event has beside, of a recording for example; called on the call's mailbox, must be quick
     */
    public void attach(Call call, StatusOrder order, Function<CallSnapshot, List<Map.Entry<String, String>>> more) {
        AtomicInteger sequence = new AtomicInteger();
        for (CallProgress event : CallProgress.values()) {
            if (order.events().contains(event)) {
                call.reached(Happening.milestone(event)).thenAccept(now -> {
                    if (Happening.at(event, now) != null) {
                        tell(call, order, event, now, sequence.getAndIncrement(), more);
                    }
                });
            }
        }
    }

    private void tell(Call call, StatusOrder order, CallProgress event, CallSnapshot now, int sequence,
                      Function<CallSnapshot, List<Map.Entry<String, String>>> more) {
        try {
            List<Map.Entry<String, String>> fields = new ArrayList<>();
            fields.add(Map.entry("CallbackSource", SOURCE));
            fields.add(Map.entry("SequenceNumber", Integer.toString(sequence)));
            fields.add(Map.entry("Timestamp", timestamp(Happening.at(event, now))));
            fields.add(Map.entry("SipCallId", now.sipCallId()));
            if (event == CallProgress.COMPLETED) {
                fields.add(Map.entry("CallDuration", Long.toString(seconds(now))));
                end(fields, now);
                figures(fields, call.figures());
                fields.addAll(more.apply(now));
            }
            send(CALL, now.callId(), order.url(), order.method(), CallParameters.of(now, Happening.status(event, now)).and(fields));
        } catch (RuntimeException bug) {
            LOG.error("[{}] the status {} could not be told", now.callId(), event.word(), bug);
        }
    }

    /** From the answer to the end, rounded; 0 if it was not answered. */
    public static long seconds(CallSnapshot call) {
        return call.answeredAt() == null || call.endedAt() == null ? 0
                : Math.max(0, (Duration.between(call.answeredAt(), call.endedAt()).toMillis() + 500) / 1_000);
    }

    private static void end(List<Map.Entry<String, String>> fields, CallSnapshot call) {
        EndCause cause = call.cause();
        boolean answered = call.answeredAt() != null;
        int code = answered ? 200 : cause == null ? 0 : cause.sipCode();
        if (code > 0) {
            fields.add(Map.entry("SipResultCode", Integer.toString(code)));
            fields.add(Map.entry("SipResponseCode", Integer.toString(code)));
            CallParameters.add(fields, "SipInviteResultPhrase", answered ? "OK" : cause.phrase());
        }
        if (cause != null && (cause.endedBy() == EndCause.Origin.LOCAL || cause.endedBy() == EndCause.Origin.REMOTE)) {
            boolean far = cause.endedBy() == EndCause.Origin.REMOTE;
            boolean caller = far == (call.direction() == CallDirection.INBOUND);
            CallParameters.add(fields, "HangupBy", caller ? call.from().uri() : call.to().uri());
            fields.add(Map.entry("HangupDirection", far ? "inbound" : "outbound"));
        }
    }

    private static void figures(List<Map.Entry<String, String>> fields, MediaFigures.Pair figures) {
        MediaFigures in = figures.received();
        if (in.packets() == 0 && figures.sent().packets() == 0) {
            return;
        }
        if (in.mos() > 0) {
            fields.add(Map.entry("AudioInMos", String.format(Locale.ROOT, "%.2f", in.mos())));
        }
        fields.add(Map.entry("AudioInMediaPacketCount", Long.toString(in.packets())));
        fields.add(Map.entry("AudioInSkipPacketCount", Long.toString(in.lost())));
        fields.add(Map.entry("AudioInFlushPacketCount", Long.toString(in.discarded())));
        fields.add(Map.entry("AudioOutMediaPacketCount", Long.toString(figures.sent().packets())));
    }

    @Override
    public void tell(CallSnapshot call, Action to, List<Map.Entry<String, String>> parameters) {
        send(CALL, call.callId(), to.url(), to.method(), CallParameters.of(call).and(parameters));
    }

    /** Tells of a recording, if it was asked for. @param told null for nobody */
    public void recording(CallSnapshot call, RecordingOrder.Told told, RecordingNews news) {
        if (told == null || !told.events().contains(news.status())) {
            return;
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        CallParameters.add(fields, "CallSid", call.callId());
        CallParameters.add(fields, "AccountSid", call.account());
        CallParameters.add(fields, "RecordingSid", news.id());
        CallParameters.add(fields, "RecordingUrl", news.url());
        CallParameters.add(fields, "RecordingStatus", news.status().word());
        CallParameters.add(fields, "RecordingDuration", news.status() == RecordingStatus.IN_PROGRESS ? null : Long.toString(news.seconds()));
        CallParameters.add(fields, "RecordingChannels", Integer.toString(news.channels()));
        CallParameters.add(fields, "RecordingStartTime", timestamp(news.startedAt()));
        CallParameters.add(fields, "RecordingSource", news.source());
        send(RECORDING, call.callId(), told.url(), told.method(), new Form(fields));
    }

    private void send(String kind, String callId, String target, String method, Form form) {
        try {
            callbacks.send(Callback.form(kind, callId, target, method.equals("GET"), form)).whenComplete((written, failure) -> {
                if (failure != null) {
                    lost(kind, callId, failure);
                }
            });
        } catch (RuntimeException refused) {
            lost(kind, callId, refused);
        }
    }

    private static void lost(String kind, String callId, Throwable why) {
        LOG.warn("[{}] a {} status callback cannot be sent: {}", callId, kind, why.getMessage());
    }
}
