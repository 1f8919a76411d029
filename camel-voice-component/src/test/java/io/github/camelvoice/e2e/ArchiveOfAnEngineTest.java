package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static io.github.camelvoice.e2e.EngineRig.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.store.memory.MemoryStore;
import io.github.camelvoice.store.spool.SpoolLog;
import io.github.camelvoice.store.spool.SpoolOptions;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.Redaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine with a durable archive: what it knew when it was stopped is there when it starts again. */
class ArchiveOfAnEngineTest {

    @TempDir
    Path folder;

    private CallArchive archive() throws StoreException {
        var store = JdbcStores.h2(folder.resolve("db"));
        return new CallArchive(store, new SpoolLog(store, SpoolOptions.in(folder.resolve("spool")), EngineClock.SYSTEM), EngineClock.SYSTEM);
    }

    @Test
    void nothingIsLostWhenItIsStopped() throws Exception {
        List<String> ended = new ArrayList<>();
        List<String> live = new ArrayList<>();
        try (EngineRig rig = EngineRig.start(archive(), config -> config.project("acme"))) {
            rig.on("bob", RING, ANSWER);
            String bob = "sip:bob@127.0.0.1:" + rig.port();
            for (int i = 0; i < 10; i++) {
                Call call = rig.place(bob);
                EngineRig.answered(call);
                if (i < 7) {
                    EngineRig.run(call, HANG_UP);
                }
                (i < 7 ? ended : live).add(call.id());
            }
            EngineRig.end(rig.place("sip:nobody@127.0.0.1:" + rig.port()));
        }
        CallArchive again = archive();
        try {
            again.start();
            List<CallRecord> calls = again.list(new CallQuery("acme", null, null, null, null, null, null, null, 100)).calls();
            assertThat(calls).hasSize(21).allMatch(CallRecord::isOver);
            assertThat(calls.stream().filter(call -> ended.contains(call.callId()))).hasSize(7)
                    .allMatch(call -> call.cause().kind() == EndCause.Kind.NORMAL);
            // The BYE of one leg may be quicker than the end that we mean for the other.
            assertThat(calls.stream().filter(call -> live.contains(call.callId()))).hasSize(3).allSatisfy(call -> assertThat(calls)
                    .filteredOn(leg -> leg.sipCallId().equals(call.sipCallId())).hasSize(2)
                    .anyMatch(leg -> leg.cause().phrase().equals("shutting down")));
            for (CallRecord call : calls) {
                SipInfo info = again.read("acme", call.callId()).orElseThrow();
                long byes = info.messages().stream().filter(message -> new String(message.data(), StandardCharsets.UTF_8).startsWith("BYE")).count();
                // Each message is sent and received. Where both legs of a call to ourselves are hung up at once, there are two BYEs.
                assertThat(info.messages()).as(call.toString()).hasSizeBetween(byes == 0 ? 8 : 14, byes == 0 ? 8 : byes == 2 ? 14 : 18);
            }
            assertThat(again.list(new CallQuery("acme", null, null, null, null, null, true, null, 100)).calls()).isEmpty();
        } finally {
            again.close();
        }
    }

    @Test
    void listsHaveACallTheMomentItBeganAndTheMomentItEnded() throws Exception {
        try (EngineRig rig = EngineRig.start(archive(), config -> config)) {
            rig.on("bob", ANSWER);
            for (int i = 1; i <= 5; i++) {
                Call call = rig.place("sip:bob@127.0.0.1:" + rig.port());
                EngineRig.answered(call);
                assertThat(listed(rig, true)).as("call %d is up", i).hasSize(2);
                EngineRig.run(call, HANG_UP);
                EngineRig.end(call);
                assertThat(listed(rig, false)).as("call %d has ended", i).filteredOn(each -> each.callId().equals(call.id())).hasSize(1);
                Awaitility.await().until(() -> listed(rig, true).isEmpty());
            }
        }
    }

    private static List<CallRecord> listed(EngineRig rig, boolean live) throws StoreException {
        return rig.engine.archive().list(new CallQuery("default", null, null, null, null, null, live, null, 100)).calls();
    }

    @Test
    void aPasswordInAUriIsOnTheWireAndInNoRecord() throws Exception {
        try (EngineRig rig = EngineRig.start(archive(), config -> config)) {
            rig.on("bob", ANSWER, HANG_UP);
            EngineRig.end(rig.place("sip:bob:secret@127.0.0.1:" + rig.port()));
            Awaitility.await().until(() -> listed(rig, false).size() == 2);
            assertThat(listed(rig, false)).allSatisfy(call -> {
                assertThat(call.to()).isEqualTo("sip:bob:******@127.0.0.1:" + rig.port());
                assertThat(call.target()).isEqualTo(call.to());
            });
            SipInfo info = rig.engine.archive().read("default", listed(rig, false).get(0).callId()).orElseThrow();
            assertThat(new String(info.messages().get(0).data(), StandardCharsets.UTF_8)).startsWith("INVITE sip:bob:secret@127.0.0.1");
            assertThat(Redaction.mask(info).messages()).noneMatch(message -> new String(message.data(), StandardCharsets.UTF_8).contains("secret"));
        }
    }

    @Test
    void withoutCaptureNothingIsWrittenAndThePastCanBeRead() throws Exception {
        String id;
        try (EngineRig rig = EngineRig.start(archive(), config -> config)) {
            rig.on("bob", ANSWER);
            Call call = rig.place("sip:bob@127.0.0.1:" + rig.port());
            EngineRig.answered(call);
            id = call.id();
        }
        try (EngineRig rig = EngineRig.start(archive(), config -> config.capture(false))) {
            rig.on("bob", ANSWER);
            Call call = rig.place("sip:bob@127.0.0.1:" + rig.port());
            EngineRig.answered(call);
            assertThat(rig.engine.archive().find("default", call.id())).isEmpty();
            assertThat(rig.engine.archive().find("default", id)).isPresent();
            assertThat(rig.engine.captureFigures().captured()).isZero();
        }
    }

    @Test
    void aFolderInUseIsSaidAtTheStart() throws Exception {
        int rtp = Peers.freePorts(4);
        EngineConfig config = EngineConfig.builder().sipPort(0).rtpPorts(rtp, rtp + 3).build();
        Path spool = folder.resolve("spool");
        try (EngineRig rig = EngineRig.start(archive(), settings -> settings)) {
            var store = new MemoryStore(10, 1 << 20);
            VoiceEngine second = new VoiceEngine(config,
                    new CallArchive(store, new SpoolLog(store, SpoolOptions.in(spool), EngineClock.SYSTEM), EngineClock.SYSTEM));
            assertThatThrownBy(second::start).isInstanceOf(EngineStartException.class)
                    .hasMessageContaining(spool.toString());
            assertThat(rig.engine.archive().figures().trouble()).isNull();
        }
    }
}
