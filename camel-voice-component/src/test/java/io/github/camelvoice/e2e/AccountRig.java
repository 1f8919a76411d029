package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineConfigBuilder;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** An engine with accounts at a server, and every status that was told. */
final class AccountRig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final VoiceEngine engine;
    private final List<SessionStatus> told = new CopyOnWriteArrayList<>();

    private AccountRig(EngineConfig config) {
        engine = new VoiceEngine(config);
    }

    static AccountRig start(UnaryOperator<EngineConfigBuilder> settings) {
        int rtp = Peers.freePorts(80);
        AccountRig rig = new AccountRig(settings.apply(EngineConfig.builder().sipPort(0).rtpPorts(rtp, rtp + 79)).build());
        try {
            rig.engine.start();
        } catch (EngineStartException failure) {
            throw new AssertionError(failure);
        }
        rig.sessions().follow(null, rig.told::add);
        return rig;
    }

    Sessions sessions() {
        return engine.sessions();
    }

    static RegisterAccount account(String name, String password) {
        return new RegisterAccount(name, password, null, null, null, null, List.of(), 60, "");
    }

    /** Registers, which must work. */
    SessionStatus registered(RegisterAccount account) {
        SessionStatus status = done(sessions().register(account));
        assertThat(status.type()).as("%s", status).isEqualTo(StatusType.REGISTERED);
        return status;
    }

    /** Registers and starts a session, both of which must work. */
    void ready(RegisterAccount account, int autoAnswer) {
        registered(account);
        started(account.name(), autoAnswer);
    }

    void started(String account, int autoAnswer) {
        assertThat(done(sessions().start(account, autoAnswer)).type()).isEqualTo(StatusType.SESSION_STARTED);
        await(account, StatusType.READY);
    }

    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(45, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("it did not come to an end", late);
        }
    }

    /** The kind of failure of what must fail. */
    static SessionException.Kind failed(CompletionStage<?> stage) {
        try {
            Object result = stage.toCompletableFuture().get(45, TimeUnit.SECONDS);
            throw new AssertionError("it did not fail: " + result);
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(SessionException.class);
            return ((SessionException) failed.getCause()).kind();
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("it did not come to an end", late);
        }
    }

    /** What was told of an account, in order. */
    List<SessionStatus> told(String account) {
        return told.stream().filter(status -> status.account().equals(account)).toList();
    }

    List<StatusType> types(String account) {
        return told(account).stream().map(SessionStatus::type).toList();
    }

    /** Waits until a status of a type was told last. */
    SessionStatus await(String account, StatusType last) {
        Awaitility.await(account + " is " + last).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(types(account)).last().isEqualTo(last));
        List<SessionStatus> all = told(account);
        return all.get(all.size() - 1);
    }

    /** Waits until a type was told so many times; that which came last. */
    SessionStatus await(String account, StatusType type, int times) {
        Awaitility.await(account + " is " + type + " " + times + " times").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(types(account)).filteredOn(type::equals).hasSizeGreaterThanOrEqualTo(times));
        return told(account).stream().filter(status -> status.type() == type).skip(times - 1L).findFirst().orElseThrow();
    }

    /** Each account's statuses are numbered without a gap, and the history is what was told. */
    void mustBeWhole(String account) throws java.io.IOException {
        List<SessionStatus> all = told(account);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).sequence()).isEqualTo(all.get(i - 1).sequence() + 1);
        }
        assertThat(sessions().history(account, 0, 1000)).isEqualTo(all);
    }

    RegistrationInfo registration(String account) {
        return sessions().get(account).orElseThrow().registration().orElseThrow();
    }

    void awaitRegistration(String account, RegistrationInfo.State state) {
        Awaitility.await(account + " is " + state).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> sessions().get(account).flatMap(each -> each.registration()).map(RegistrationInfo::state).orElse(null) == state);
    }

    /** The call of a session, as the engine has it. */
    Call callOf(String account) {
        try {
            return engine.calls().find(sessions().get(account).orElseThrow().callId());
        } catch (CallException gone) {
            throw new AssertionError(gone);
        }
    }

    /** Writes down for so long what a session's call hears (left) and says (right). */
    Path record(String account, Path folder, int seconds) {
        try {
            Path file = Files.createTempDirectory(folder, "heard").resolve("call.wav");
            done(callOf(account).execute(new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(seconds)))));
            return file;
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** What the call heard, once the recording is over. */
    Tones.Audio heard(String account, Path recording) {
        done(callOf(account).execute(new CallCommand.StopRecording()));
        return Tones.read(recording).channel(0);
    }

    static PlaySource tone(Path folder, int rate, double frequency, double seconds) {
        try {
            byte[] wav = Files.readAllBytes(Tones.write(Files.createTempFile(folder, "tone", ".wav"), rate, frequency, seconds));
            return new PlaySource("tone of " + frequency, () -> new java.io.ByteArrayInputStream(wav), 1);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static SipHeaders header(String name, String value) {
        return SipHeaders.of(name, value);
    }

    @Override
    public void close() {
        engine.stop();
    }
}
