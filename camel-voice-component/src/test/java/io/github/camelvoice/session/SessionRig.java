package io.github.camelvoice.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallBench;
import io.github.camelvoice.call.FakeLeg;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.SignalEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sessions over the real call room, on one thread: signalling, media, registrations and the store are the test's. */
final class SessionRig {

    static final String ALICE = "alice@example.com";

    final CallBench bench;
    final FakeRegistrations registrations = new FakeRegistrations();
    final FakeStore store;
    final List<SessionStatus> told = new ArrayList<>();
    LiveSessions sessions;

    SessionRig() {
        this(SessionSettings.DEFAULT, new FakeStore(), CallGuard.NONE);
    }

    SessionRig(SessionSettings settings, FakeStore store, CallGuard guard) {
        this.store = store;
        bench = new CallBench(1000, guard);
        bench.registry.accounts(uri -> registrations.called(uri.user())
                .map(account -> new Party("sip:" + account.name(), account.name().split("@")[0], "example.com", "")).orElse(null));
        sessions = new LiveSessions(new SessionServices(bench.registry, registrations, store, SessionRig::check, bench.timers, bench.timers,
                bench::onOneThread, bench::onOneThread, new SecureRandom()), settings);
        sessions.follow(null, told::add);
        sessions.start();
    }

    private static long check(PlaySource file, long most) throws IOException {
        if (file.name().startsWith("broken")) {
            throw new IOException("not a WAV file");
        }
        return file.name().startsWith("big") ? 1_000_000 : 100;
    }

    static PlaySource file(String name) {
        return new PlaySource(name, () -> new ByteArrayInputStream(new byte[0]), 1);
    }

    /** Alice registered, with a session. */
    static SessionRig ready(int interval) {
        SessionRig rig = new SessionRig();
        rig.now(rig.sessions.register(alice()));
        rig.now(rig.sessions.start(ALICE, interval));
        rig.types();
        return rig;
    }

    static RegisterAccount alice() {
        return new RegisterAccount(ALICE, "secret", null, null, null, "Alice", null, 0, "");
    }

    /** What the stage came to, which must be there. */
    SessionStatus now(CompletionStage<SessionStatus> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    SessionException failure(CompletionStage<SessionStatus> stage) {
        assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
        return (SessionException) stage.toCompletableFuture().handle((ok, failure) -> failure).join();
    }

    String kind(CompletionStage<SessionStatus> stage) {
        return failure(stage).kind().name();
    }

    /** Types that were told since the last look. */
    List<StatusType> types() {
        List<StatusType> types = told.stream().map(SessionStatus::type).toList();
        told.clear();
        return types;
    }

    SessionStatus last() {
        return told.get(told.size() - 1);
    }

    StatusType status() {
        return now(sessions.status(ALICE)).type();
    }

    /** A call for alice. */
    FakeLeg comes() {
        bench.called = registrations.accounts.get(ALICE).token();
        bench.registry.invited(bench.incoming("offer"));
        return bench.leg();
    }

    /** A call of alice. */
    FakeLeg calls() {
        now(sessions.call(ALICE, "bob", SipHeaders.none()));
        return bench.leg();
    }

    static void answers(FakeLeg leg) {
        leg.says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
    }

    static void acknowledges(FakeLeg leg) {
        leg.says(new SignalEvent.Acked(null));
    }

    static void hangsUp(FakeLeg leg) {
        leg.says(new SignalEvent.ByeReceived(SipHeaders.none()));
        leg.says(new SignalEvent.Closed());
    }
}
