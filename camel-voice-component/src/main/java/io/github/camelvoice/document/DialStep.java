package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.dial.CallerSide;
import io.github.camelvoice.dial.CodecOrder;
import io.github.camelvoice.dial.Dial;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialResult;
import io.github.camelvoice.dial.DialTarget;
import io.github.camelvoice.dial.Screening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** One dial of a document: from its order to what its application is told. Begins on the mailbox of the execution, is told of on that of the dial. */
final class DialStep implements DialListener {

    private static final List<String> DEFAULT_CODECS = List.of("PCMU", "PCMA");

    private final Documents documents;
    private final DocumentServices services;
    private final Call call;
    private final DialOrder order;
    private final Map<String, SipHeaders> answered = new ConcurrentHashMap<>();
    private volatile RecordingPort.Running recording;
    private Dial dial;

    /** What a dial came to, once its recording is closed. */
    record Result(DialResult dial, List<Map.Entry<String, String>> parameters, boolean timeIsUp) {
    }

    DialStep(Documents documents, DocumentServices services, Call call, DialOrder order) {
        this.documents = documents;
        this.services = services;
        this.call = call;
        this.order = order;
    }

    /** @throws IllegalArgumentException for what only the engine can know to be wrong */
    CompletionStage<Result> begin() {
        Dialling dialling = services.ports().dialling();
        List<DialTarget> targets = new ArrayList<>();
        for (DialOrder.Target target : order.targets()) {
            targets.add(target(target, dialling));
        }
        CallerSide side = new CallerSide(order.answerOnBridge(), List.of(), order.ringTone(), true, true, order.hangupOnStar());
        DialPlan plan = DialPlan.of(call, targets).withSequential(order.sequential())
                .withTimes(Duration.ofSeconds(order.timeoutSeconds()), Duration.ofSeconds(order.timeLimitSeconds()))
                .withRedirects(dialling.redirects()).withSide(side);
        if (order.recordRinging()) {
            record();
        }
        dial = dialling.dials().start(plan, this);
        return dial.over().thenCompose(this::closed);
    }

    private DialTarget target(DialOrder.Target target, Dialling dialling) {
        OutboundLeg leg = new OutboundLeg(target.uri(), from(dialling), display(), target.username(), target.password(), null,
                target.sessionSeconds(), target.headers());
        PlaceCall request = new PlaceCall(leg, target.codecs().isEmpty() ? DEFAULT_CODECS : target.codecs(),
                Duration.ofSeconds(order.timeoutSeconds()), Duration.ofSeconds(order.timeLimitSeconds()))
                .withSecurity(target.secure() ? MediaSecurity.REQUIRED : MediaSecurity.NONE).withAccount(call.snapshot().account())
                .withIdHeaders(dialling.headerPrefix());
        Screening screening = target.whisper() == null ? Screening.NONE : new WhisperScreening(documents, target.whisper());
        return new DialTarget(request, target.codecs().isEmpty() ? CodecOrder.CALLERS_FIRST : CodecOrder.AS_GIVEN, screening, target);
    }

    /** The caller's own user where the document names none. */
    private String from(Dialling dialling) {
        String user = order.callerId() != null ? order.callerId() : caller().user();
        return user.isEmpty() ? null : dialling.identity().apply(user);
    }

    private Party caller() {
        return call.snapshot().from();
    }

    private String display() {
        if (order.callerName() != null) {
            return order.callerName();
        }
        boolean passes = order.callerId() == null && call.snapshot().direction() == CallDirection.INBOUND && !caller().displayName().isEmpty();
        return passes ? caller().displayName() : null;
    }

    private void record() {
        if (order.recording() != null && recording == null) {
            recording = services.ports().recordings().start(call, order.recording());
        }
    }

    /** The recording is closed first, so that it can be fetched when its URL is told. */
    private CompletionStage<Result> closed(DialResult result) {
        RecordingPort.Running running = recording;
        if (running == null) {
            return CompletableFuture.completedFuture(result(result, null));
        }
        running.stop();
        return running.ended().thenApply(news -> result(result, news));
    }

    private Result result(DialResult result, RecordingNews news) {
        CallSnapshot leg = result.winner() == null ? result.best() : result.winner().snapshot();
        SipHeaders headers = leg == null ? SipHeaders.none() : answered.getOrDefault(leg.callId(), SipHeaders.none());
        boolean timeIsUp = leg != null && leg.cause() != null && leg.cause().kind() == EndCause.Kind.TIME_LIMIT;
        return new Result(result, DialParameters.of(result, leg, headers, news, services.clock().now()), timeIsUp);
    }

    /** Another document takes the call, or the call is over. */
    void cancel() {
        if (dial != null) {
            dial.cancel();
        }
    }

    @Override
    public void placed(int index, Call leg) {
        StatusOrder status = order.targets().get(index).status();
        if (status != null) {
            services.ports().progress().attach(leg, status);
        }
    }

    @Override
    public void answered(int index, Call leg) {
        answered.put(leg.id(), leg.snapshot().responseHeaders());
    }

    @Override
    public void won(int index, Call leg) {
        record();
    }
}
