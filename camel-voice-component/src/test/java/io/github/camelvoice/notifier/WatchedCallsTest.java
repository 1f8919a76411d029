package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.Direction;
import io.github.camelvoice.subscription.state.DialogInfo.Event;
import io.github.camelvoice.subscription.state.DialogInfo.State;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.StateMerge;
import io.github.camelvoice.testkit.RawSip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What watchers of {@code dialog} see of calls between two engines (RFC 4235). */
class WatchedCallsTest {

    private final BlockingQueue<Call> received = new LinkedBlockingQueue<>();
    private WatcherRig rig;
    private VoiceEngine other;

    @BeforeEach
    void start() throws EngineStartException {
        rig = WatcherRig.standard();
        other = new VoiceEngine(EngineConfig.builder().nodeId("o").sipPort(0).rtpPorts(37000, 37200).build());
        other.start();
        other.calls().receive(0, new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                received.add(call);
            }
        });
    }

    @AfterEach
    void stop() {
        rig.engine.stop();
        other.stop();
        rig.close();
    }

    private Call place(String from, String user) throws Exception {
        return rig.engine.calls().place(new PlaceCall(new OutboundLeg("sip:" + user + "@127.0.0.1:" + other.bindings().sipPort(),
                "sip:" + from + "@127.0.0.1", null, null, null, null, 0, SipHeaders.none()), List.of(), Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    private static void run(Call call, CallCommand command) throws Exception {
        call.execute(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Dialog only(RawSip.Message notify) {
        DialogInfo info = info(notify);
        assertThat(info.dialogs()).as(notify.body()).hasSize(1);
        return info.dialogs().get(0);
    }

    /** As it was written: what is over is there too. */
    private static DialogInfo info(RawSip.Message notify) {
        StateMerge merged = EventPackages.of("dialog").merge(null, notify.header("Content-Type"), notify.body().getBytes(StandardCharsets.UTF_8));
        assertThat(merged).as(notify.body()).isInstanceOf(StateMerge.Applied.class);
        StateMerge.Applied applied = (StateMerge.Applied) merged;
        return (DialogInfo) applied.changed();
    }

    private WatcherRig.Subscription watch(String user, String event) {
        WatcherRig.Subscription watching = rig.watch(user, event, 600);
        watching.notify(1);
        return watching;
    }

    @Test
    void everyStateInOrderFromBothSides() throws Exception {
        WatcherRig.Subscription caller = watch("alice", "dialog");
        WatcherRig.Subscription called = watch("carol", "dialog");
        Call call = place("alice", "carol");
        Call there = received.poll(10, TimeUnit.SECONDS);
        assertThat(only(caller.notify(2)).state()).isEqualTo(State.TRYING);
        called.notify(2);
        run(there, new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
        assertThat(only(caller.notify(3)).state()).isEqualTo(State.EARLY);
        called.notify(3);
        run(there, new CallCommand.Answer(List.of(), SipHeaders.none()));
        assertThat(only(caller.notify(4)).state()).isEqualTo(State.CONFIRMED);
        called.notify(4);
        run(there, new CallCommand.Hangup(null, SipHeaders.none()));
        Dialog over = only(caller.notify(5));
        assertThat(over.state()).isEqualTo(State.TERMINATED);
        assertThat(over.event()).isEqualTo(Event.REMOTE_BYE);
        assertThat(over.direction()).isEqualTo(Direction.INITIATOR);
        assertThat(over.callId()).isEqualTo(call.snapshot().sipCallId());
        assertThat(over.local().identity().uri()).isEqualTo("sip:alice@127.0.0.1");
        assertThat(over.remote().identity().uri()).startsWith("sip:carol@127.0.0.1");
        Dialog far = only(called.notify(5));
        assertThat(far.event()).isEqualTo(Event.LOCAL_BYE);
        assertThat(far.direction()).isEqualTo(Direction.RECIPIENT);
        assertThat(far.localTag()).isNotBlank().isEqualTo(over.remoteTag());
        assertThat(far.remoteTag()).isEqualTo(over.localTag());
        assertThat(caller.notifies()).extracting(each -> info(each).version()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void refusedGivenUpAndHeld() throws Exception {
        WatcherRig.Subscription caller = watch("alice", "dialog");
        place("alice", "carol");
        caller.notify(2);
        run(received.poll(10, TimeUnit.SECONDS), new CallCommand.Reject(486, "Busy Here", SipHeaders.none()));
        Dialog refused = only(caller.notify(3));
        assertThat(refused.event()).isEqualTo(Event.REJECTED);
        assertThat(refused.code()).isEqualTo(486);
        Call call = place("alice", "carol");
        caller.notify(4);
        run(received.poll(10, TimeUnit.SECONDS), new CallCommand.Answer(List.of(), SipHeaders.none()));
        call.reached(Milestone.ANSWERED).toCompletableFuture().get(10, TimeUnit.SECONDS);
        run(call, new CallCommand.Hold());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            List<RawSip.Message> all = caller.notifies();
            return info(all.get(all.size() - 1)).dialogs().stream().anyMatch(each -> "no".equals(each.local().targetParameters().get("+sip.rendering")));
        });
        WatcherRig.Subscription called = watch("carol", "dialog");
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
        List<Event> ends = info(called.notify(2)).dialogs().stream().map(Dialog::event).toList();
        assertThat(ends).contains(Event.REMOTE_BYE).doesNotContain(Event.LOCAL_BYE);
    }

    @Test
    void anInboundCallIsTheCalledUsers() throws Exception {
        rig.close();
        rig = new WatcherRig(options -> options, config -> config.trustedSources(List.of("127.0.0.1")));
        rig.engine.calls().receive(0, new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                received.add(call);
            }
        });
        WatcherRig.Subscription called = rig.new Subscription(rig.subscribe("desk", "dialog", 600).send(rig.port()));
        called.notify(1);
        other.calls().place(new PlaceCall(new OutboundLeg(rig.uri("desk"), "sip:zoe@example.com", null, null, null, null, 0, SipHeaders.none()), List.of(),
                Duration.ofSeconds(10), Duration.ofMinutes(1)));
        Dialog dialog = only(called.notify(2));
        assertThat(dialog.direction()).isEqualTo(Direction.RECIPIENT);
        assertThat(dialog.remote().identity().uri()).isEqualTo("sip:zoe@example.com");
        run(received.poll(10, TimeUnit.SECONDS), new CallCommand.Hangup(null, SipHeaders.none()));
        assertThat(only(called.notify(3)).event()).isEqualTo(Event.REJECTED);
    }

    @Test
    void oneDialogAlone() throws Exception {
        Call first = place("alice", "carol");
        Call second = place("alice", "dave");
        received.poll(10, TimeUnit.SECONDS);
        received.poll(10, TimeUnit.SECONDS);
        WatcherRig.Subscription all = watch("alice", "dialog");
        await().atMost(Duration.ofSeconds(5)).until(() -> info(all.notifies().get(all.notifies().size() - 1)).dialogs().size() == 2);
        RawSip.Message one = watch("alice", "dialog;call-id=\"" + first.snapshot().sipCallId() + "\"").notify(1);
        assertThat(only(one).callId()).isEqualTo(first.snapshot().sipCallId()).isNotEqualTo(second.snapshot().sipCallId());
    }

    @Test
    void callsDoNotWaitForWatchersWhoNeverAnswer() throws Exception {
        rig.phone.answering(request -> null);
        for (int i = 0; i < 300; i++) {
            assertThat(rig.subscribe("alice", "dialog", 600).as("alice", "secret").send(rig.port()).code()).isEqualTo(200);
        }
        for (int i = 0; i < 20; i++) {
            Call call = place("alice", "carol");
            Call there = received.poll(10, TimeUnit.SECONDS);
            run(there, new CallCommand.Answer(List.of(), SipHeaders.none()));
            assertThat(call.reached(Milestone.ANSWERED).toCompletableFuture().get(10, TimeUnit.SECONDS).cause()).isNull();
            run(call, new CallCommand.Hangup(null, SipHeaders.none()));
        }
        assertThat(rig.notifier().figures().notifies()).as("one NOTIFY at a time for each").isEqualTo(300);
        assertThat(rig.notifier().watchers()).hasSize(300);
    }
}
