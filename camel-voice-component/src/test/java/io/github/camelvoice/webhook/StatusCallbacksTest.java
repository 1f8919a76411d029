package io.github.camelvoice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingStatus;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StatusCallbacksTest {

    private static final String URL = "https://app.example/status";
    private static final EndCause BYE = new EndCause(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, 0, "", "");
    private final List<Callback> sent = new ArrayList<>();
    private final StatusCallbacks status = new StatusCallbacks(new Callbacks() {
        @Override
        public void check(String target) {
            // all are good
        }

        @Override
        public CompletionStage<Void> send(Callback callback) {
            sent.add(callback);
            return CompletableFuture.completedFuture(null);
        }
    });
    private final Leg leg = new Leg();

    /** A call that goes on as the test says; nothing else can be done with it. */
    private static final class Leg {
        private final Map<Milestone, CompletableFuture<CallSnapshot>> milestones = new EnumMap<>(Milestone.class);
        private final CallSnapshot now = Calls.outbound(CallState.CALLING, null, null, null, null);
        private final Call call = (Call) Proxy.newProxyInstance(Leg.class.getClassLoader(), new Class<?>[] {Call.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "reached" -> milestones.get(args[0]);
                    case "figures" -> new MediaFigures.Pair(new MediaFigures(500, 80_000, 3, 2, 1.5, 4.321),
                            new MediaFigures(498, 79_680, 0, 0, 0, 4.4));
                    default -> throw new IllegalStateException(method.getName());
                });

        private Leg() {
            for (Milestone each : Milestone.values()) {
                milestones.put(each, new CompletableFuture<>());
            }
        }

        private void reach(Milestone milestone, CallSnapshot snapshot) {
            milestones.forEach((each, waiter) -> {
                if (each.compareTo(milestone) <= 0) {
                    waiter.complete(snapshot);
                }
            });
        }
    }

    private List<Form> forms() {
        return sent.stream().map(each -> Form.decode(each.body())).toList();
    }

    private List<String> all(String field) {
        return forms().stream().map(form -> form.first(field)).toList();
    }

    private static Instant at(long seconds) {
        return Calls.AT.plusSeconds(seconds);
    }

    @Test
    void tellsAllFourInOrderWithTheirTimes() {
        status.attach(leg.call, Orders.status(URL, null, List.of("initiated ringing", "answered", "completed")));
        leg.reach(Milestone.INITIATED, leg.now);
        leg.reach(Milestone.RINGING, Calls.outbound(CallState.ALERTING, at(1), null, null, null));
        leg.reach(Milestone.ANSWERED, Calls.outbound(CallState.ACTIVE, at(1), at(3), null, null));
        leg.reach(Milestone.COMPLETED, Calls.outbound(CallState.ENDED, at(1), at(3), at(13), BYE));
        assertThat(all("CallStatus")).containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(all("SequenceNumber")).containsExactly("0", "1", "2", "3");
        assertThat(all("Timestamp")).containsExactly("Thu, 04 Apr 2024 18:32:15 +0000", "Thu, 04 Apr 2024 18:32:16 +0000",
                "Thu, 04 Apr 2024 18:32:18 +0000", "Thu, 04 Apr 2024 18:32:28 +0000");
        assertThat(all("CallDuration")).containsExactly(null, null, null, "10");
        assertThat(all("CallbackSource")).containsOnly("call-progress-events");
        assertThat(all("ParentCallSid")).containsOnly("n1-parent");
        Form last = forms().get(3);
        assertThat(List.of(last.first("SipResultCode"), last.first("SipResponseCode"), last.first("SipInviteResultPhrase"))).containsExactly("200", "200",
                "OK");
        assertThat(List.of(last.first("HangupBy"), last.first("HangupDirection"))).containsExactly("sip:100@here.example", "inbound");
        assertThat(List.of(last.first("AudioInMos"), last.first("AudioInMediaPacketCount"), last.first("AudioInSkipPacketCount"),
                last.first("AudioInFlushPacketCount"), last.first("AudioOutMediaPacketCount"))).containsExactly("4.32", "500", "3", "2", "498");
        assertThat(sent).allSatisfy(each -> {
            assertThat(each.signature()).isEqualTo(SignatureScheme.SIGNALWIRE_FORM);
            assertThat(each.orderKey()).isEqualTo("n1-call");
        });
    }

    @Test
    void tellsOnlyWhatWasAskedForAndNumbersThat() {
        status.attach(leg.call, Orders.status(URL, "get", List.of("answered completed")));
        leg.reach(Milestone.COMPLETED, Calls.outbound(CallState.ENDED, at(1), at(2), at(4), BYE));
        assertThat(all("CallStatus")).containsExactly("in-progress", "completed");
        assertThat(all("SequenceNumber")).containsExactly("0", "1");
        assertThat(sent).extracting(Callback::signature).containsOnly(SignatureScheme.SIGNALWIRE_QUERY);
    }

    @Test
    void completedIsTheDefaultAndABusyCallSaysSo() {
        status.attach(leg.call, Orders.status(URL, "POST", List.of()));
        leg.reach(Milestone.COMPLETED, Calls.outbound(CallState.ENDED, null, null, at(4),
                EndCause.ofStatus(486, "Busy Here", EndCause.Origin.REMOTE, "")));
        assertThat(all("CallStatus")).containsExactly("busy");
        assertThat(all("CallDuration")).containsExactly("0");
        assertThat(all("SipResultCode")).containsExactly("486");
        assertThat(all("SipInviteResultPhrase")).containsExactly("Busy Here");
    }

    @Test
    void whatDidNotHappenIsNotTold() {
        status.attach(leg.call, Orders.status(URL, "POST", List.of("initiated ringing answered completed")));
        leg.reach(Milestone.ANSWERED, Calls.outbound(CallState.ACTIVE, null, at(3), null, null));
        leg.reach(Milestone.COMPLETED, Calls.outbound(CallState.ENDED, null, at(3), at(4), BYE));
        assertThat(all("CallStatus")).containsExactly("initiated", "in-progress", "completed");
        assertThat(all("SequenceNumber")).containsExactly("0", "1", "2");
    }

    @Test
    void tellsOfARecordingWhatWasAskedFor() {
        var told = Orders.recording(URL, null, List.of("in-progress completed"));
        for (RecordingStatus each : RecordingStatus.values()) {
            status.recording(leg.now, told, new RecordingNews("RE1", each, "https://x/RE1", "DialVerb", 2, Calls.AT, 2_600, ""));
        }
        assertThat(all("RecordingStatus")).containsExactly("in-progress", "completed");
        assertThat(all("RecordingDuration")).containsExactly(null, "3");
        assertThat(all("RecordingChannels")).containsOnly("2");
    }

    @Test
    void wrongOrdersSayWhatTheyMustBe() {
        assertThatThrownBy(() -> Orders.status(URL, null, List.of("answerd"))).hasMessageContaining("initiated, ringing, answered and completed");
        assertThatThrownBy(() -> Orders.status(URL, "PUT", List.of())).hasMessage("must be GET or POST");
        assertThatThrownBy(() -> Orders.recording(URL, null, List.of("done"))).hasMessageContaining("in-progress");
    }
}
