package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static io.github.camelvoice.e2e.EngineRig.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.EndReason;
import io.github.camelvoice.trace.form.Ladder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about the ends of real calls, on both sides. */
class EndReasonsTest {

    private static final String AFTER = "after \\d+ m?s";

    @TempDir
    static Path folder;

    private static SipInfo info(EngineRig rig, String sipCallId) {
        return Awaitility.await("the record of " + sipCallId).atMost(EngineRig.PATIENCE)
                .until(() -> read(rig, sipCallId), found -> found.isPresent() && found.get().call().isOver()).orElseThrow();
    }

    private static Optional<SipInfo> read(EngineRig rig, String sipCallId) throws StoreException {
        return rig.engine.archive().read("default", sipCallId);
    }

    private static String reason(EngineRig rig, Call call) {
        SipInfo info = info(rig, call.snapshot().sipCallId());
        assertThat(Ladder.of(info).reason()).isEqualTo(EndReason.of(info));
        return EndReason.of(info);
    }

    private static OutboundLeg leg(EngineRig to, String user, String password) {
        return new OutboundLeg("sip:door@127.0.0.1:" + to.port(), null, null, password == null ? null : user, password, null, 0,
                SipHeaders.none());
    }

    @Test
    void ofCallsThatWereNotAnswered() {
        try (EngineRig left = EngineRig.start(config -> config); EngineRig right = EngineRig.start(config -> config)) {
            right.on("busy", new CallCommand.Reject(486, "Busy Here", SipHeaders.none())).on("slow", RING);
            Call busy = left.place("sip:busy@127.0.0.1:" + right.port());
            EngineRig.end(busy);
            assertThat(reason(left, busy)).isEqualTo("busy: the far end answered 486 Busy Here");
            assertThat(reason(right, busy)).isEqualTo("busy: we answered 486 Busy Here");

            Call nobody = left.place("sip:nobody@127.0.0.1:" + right.port());
            EngineRig.end(nobody);
            assertThat(reason(left, nobody)).isEqualTo("unknown number: the far end answered 404 Not Found");
            assertThat(reason(right, nobody)).isEqualTo("unknown number: we answered 404 Not Found, no route takes it");

            Call cancelled = left.place("sip:slow@127.0.0.1:" + right.port());
            EngineRig.reached(cancelled, Milestone.RINGING);
            EngineRig.run(cancelled, HANG_UP);
            assertThat(reason(left, cancelled)).matches("cancelled by us " + AFTER + ", before the far end answered");
            assertThat(reason(right, cancelled)).matches("cancelled by the caller " + AFTER);

            Call patience = left.place(new OutboundLeg("sip:slow@127.0.0.1:" + right.port(), null, null, null, null, null, 0, SipHeaders.none()),
                    Duration.ofSeconds(1));
            EngineRig.end(patience);
            assertThat(reason(left, patience)).isEqualTo("no answer: cancelled by us after 1 s");
            assertThat(reason(right, patience)).matches("cancelled by the caller " + AFTER);
        }
    }

    @Test
    void ofAnsweredCalls() {
        try (EngineRig left = EngineRig.start(config -> config); EngineRig right = EngineRig.start(config -> config)) {
            right.on("bob", RING, ANSWER);
            Call call = left.place("sip:bob@127.0.0.1:" + right.port());
            EngineRig.answered(call);
            EngineRig.run(call, HANG_UP);
            assertThat(reason(left, call)).matches("hung up by us " + AFTER);
            assertThat(reason(right, call)).matches("hung up by the caller " + AFTER);
            Call other = left.place("sip:bob@127.0.0.1:" + right.port());
            EngineRig.answered(other);
            Awaitility.await().atMost(EngineRig.PATIENCE).until(() -> right.inbound().snapshot().sipCallId().equals(other.snapshot().sipCallId()));
            EngineRig.run(right.inbound(), HANG_UP);
            EngineRig.end(other);
            assertThat(reason(left, other)).matches("hung up by the far end " + AFTER);
        }
    }

    @Test
    void ofPasswords() {
        try (EngineRig guarded = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("alice", "right")));
                EngineRig other = EngineRig.start(config -> config)) {
            guarded.on("door", RING, ANSWER);
            Call wrong = other.place(leg(guarded, "alice", "wrong"), Duration.ofSeconds(10));
            EngineRig.end(wrong);
            assertThat(reason(other, wrong)).isEqualTo("wrong password: the far end refused ours with 401 Unauthorized");
            assertThat(reason(guarded, wrong)).isEqualTo("wrong password: we challenged twice and the caller gave up");
            Call none = other.place(leg(guarded, null, null), Duration.ofSeconds(10));
            EngineRig.end(none);
            assertThat(reason(other, none)).isEqualTo("no password: the far end asked for one, and we have none for it (401 Unauthorized)");
        }
    }

    @Test
    void ofDeadEnds() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (EngineRig rig = EngineRig.start(config -> config)) {
            Call call = rig.place("sip:bob@127.0.0.1:" + closed + ";transport=tcp");
            EngineRig.end(call);
            assertThat(reason(rig, call)).isEqualTo("connection refused by 127.0.0.1:" + closed + " (tcp)");
            assertThat(Ladder.of(info(rig, call.snapshot().sipCallId())).text()).contains("connection refused by");
        }
    }

    @Test
    @Tag("peer")
    void ofCertificates() throws IOException {
        TestPki ours = TestPki.create(Files.createDirectory(folder.resolve("ours")));
        TestPki foreign = TestPki.create(Files.createDirectory(folder.resolve("foreign")));
        try (EngineRig caller = EngineRig.start(config -> config.tlsPort(0).tls(ours.context(ours.identity("caller", "IP:127.0.0.1"))));
                EngineRig stranger = EngineRig.start(config -> config.tlsPort(0).tls(foreign.context(foreign.identity("x", "IP:127.0.0.1"))));
                EngineRig misnamed = EngineRig.start(config -> config.tlsPort(0).tls(ours.context(ours.identity("y", "DNS:other.example"))))) {
            Call untrusted = caller.place("sip:bob@127.0.0.1:" + stranger.tlsPort() + ";transport=tls");
            EngineRig.end(untrusted);
            assertThat(reason(caller, untrusted)).isEqualTo("certificate not trusted: that of 127.0.0.1:" + stranger.tlsPort()
                    + " (tls) is not signed by anybody whom we trust");
            Call other = caller.place("sip:bob@127.0.0.1:" + misnamed.tlsPort() + ";transport=tls");
            EngineRig.end(other);
            assertThat(reason(caller, other)).isEqualTo("certificate not trusted: that of 127.0.0.1:" + misnamed.tlsPort()
                    + " (tls) is made out to another name");
        }
    }
}
