package io.github.camelvoice.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.registration.RegistrationInfo.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts over their life. */
class LiveRegistrationsTest {

    private static final String ALICE = "alice@example.com";

    private final Rig rig = new Rig();

    private CompletionStage<RegistrationInfo> register() {
        return rig.registrations.register(Rig.account(ALICE));
    }

    @Test
    void registered() {
        CompletionStage<RegistrationInfo> result = register();
        assertThat(rig.info(ALICE).state()).isEqualTo(State.REGISTERING);
        assertThat(Rig.done(result)).isNull();
        rig.registrar.last().bind(300);
        RegistrationInfo info = Rig.done(result);
        assertThat(info).isEqualTo(rig.info(ALICE));
        assertThat(info.state()).isEqualTo(State.REGISTERED);
        assertThat(info.server()).isEqualTo("192.0.2.9:5060");
        assertThat(info.expiresAt()).isEqualTo(rig.time.now().plusSeconds(300));
        assertThat(info.serviceRoute()).containsExactly("sip:way.example.com;lr");
        rig.pass(Duration.ofSeconds(200));
        rig.registrar.last().bind(300);
        assertThat(rig.info(ALICE).registeredAt()).isEqualTo(info.registeredAt());
        assertThat(rig.info(ALICE).expiresAt()).isEqualTo(rig.time.now().plusSeconds(300));
        assertThat(rig.states()).containsExactly("QUEUED", "REGISTERING", "REGISTERED", "REGISTERED");
        assertThat(rig.registrations.figures().accepted()).isEqualTo(1);
        assertThat(rig.registrations.figures().refreshed()).isEqualTo(1);
        assertThat(rig.registrations.called(Rig.account(ALICE).token())).contains(Rig.account(ALICE));
    }

    @ParameterizedTest
    @CsvSource({"401,REFUSED", "407,REFUSED", "403,REFUSED", "404,REFUSED", "400,REFUSED", "302,REFUSED", "305,REFUSED", "380,REFUSED", "420,REFUSED",
            "421,REFUSED", "423,REFUSED", "501,REFUSED", "505,REFUSED", "513,REFUSED", "603,REFUSED", "604,REFUSED", "606,REFUSED", "408,WAITING",
            "430,WAITING", "480,WAITING", "491,WAITING", "500,WAITING", "502,WAITING", "503,WAITING", "504,WAITING", "599,WAITING", "600,WAITING"})
    void whatAnAnswerLeadsTo(int code, State state) {
        CompletionStage<RegistrationInfo> result = register();
        rig.registrar.last().refuse(code, -1);
        assertThat(Rig.done(result).state()).isEqualTo(state);
        assertThat(rig.info(ALICE).code()).isEqualTo(code);
        assertThat(rig.info(ALICE).attempts()).isEqualTo(1);
        Duration pause = Duration.between(rig.time.now(), rig.info(ALICE).nextAt());
        if (state == State.REFUSED) {
            assertThat(pause).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(38));
        } else {
            assertThat(pause).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
        }
        rig.pass(pause.plusSeconds(1));
        assertThat(rig.registrar.last().starts).isEqualTo(2);
        assertThat(rig.registrar.usages).as("the same Call-ID").hasSize(1);
    }

    @Test
    void aWrongPasswordIsNotHammered() {
        rig.registrar.answer = usage -> usage.refuse(401, -1);
        register();
        rig.pass(Duration.ofHours(24));
        assertThat(rig.registrar.sent).isBetween(30, 49);
    }

    @Test
    void pausesGrowAndAreBounded() {
        rig.registrar.answer = usage -> usage.refuse(408, -1);
        register();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.registrar.sent).isBetween(6, 12);
        rig.pass(Duration.ofHours(24));
        assertThat(rig.registrar.sent).isBetween(288, 600);
        rig.registrar.answer = usage -> usage.bind(86_400);
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.info(ALICE).state()).as("back within the longest pause").isEqualTo(State.REGISTERED);
        assertThat(rig.info(ALICE).attempts()).isZero();
        assertThat(rig.info(ALICE).code()).isZero();
        rig.pass(Duration.ofMinutes(2));
        rig.registrar.answer = usage -> { };
        rig.registrar.last().lose();
        assertThat(Duration.between(rig.time.now(), rig.info(ALICE).nextAt())).as("counted anew").isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatComesAndGoesIsStillBackedOff() {
        List<Long> at = new ArrayList<>();
        rig.registrar.answer = usage -> {
            at.add(rig.time.nanos());
            usage.bind(600);
            usage.lose();
        };
        register();
        rig.pass(Duration.ofHours(1));
        assertThat(at).as("a flow that fails as soon as it is there").hasSizeLessThan(40);
    }

    @Test
    void whatTheServerAsksForIsDoneAndOthersOfItWaitToo() {
        register();
        rig.registrar.last().refuse(503, 60);
        assertThat(Duration.between(rig.time.now(), rig.info(ALICE).nextAt())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
        rig.registrations.register(Rig.account("bob@example.com"));
        assertThat(rig.info("bob@example.com").state()).isEqualTo(State.QUEUED);
        rig.registrations.register(Rig.account("carol@example.net"));
        assertThat(rig.info("carol@example.net").state()).as("another server").isEqualTo(State.REGISTERING);
        rig.pass(Duration.ofSeconds(61));
        assertThat(rig.info("bob@example.com").state()).isEqualTo(State.REGISTERING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void nobodyIsSentAwayForEver(int retryAfter) {
        register();
        rig.registrar.last().refuse(503, retryAfter);
        assertThat(Duration.between(rig.time.now(), rig.info(ALICE).nextAt())).isBetween(Duration.ofSeconds(1), Duration.ofHours(27));
        rig.registrations.register(Rig.account("bob@example.com"));
        rig.pass(Duration.ofSeconds(121));
        assertThat(rig.info("bob@example.com").state()).isEqualTo(State.REGISTERING);
    }

    @Test
    void lost() {
        register();
        rig.registrar.last().bind(600);
        rig.registrar.last().lose();
        assertThat(rig.info(ALICE).state()).isEqualTo(State.WAITING);
        assertThat(rig.info(ALICE).code()).isEqualTo(430);
        assertThat(rig.info(ALICE).contact()).isEmpty();
        assertThat(rig.info(ALICE).expiresAt()).isNull();
        rig.pass(Duration.ofSeconds(6));
        rig.registrar.last().bind(600);
        assertThat(rig.states()).containsExactly("QUEUED", "REGISTERING", "REGISTERED", "WAITING 430", "QUEUED 430", "REGISTERING 430", "REGISTERED");
        assertThat(rig.registrations.figures().lost()).isEqualTo(1);
    }

    @Test
    void registeredAgainMeansNow() {
        register();
        rig.registrar.last().refuse(401, -1);
        CompletionStage<RegistrationInfo> again = register();
        assertThat(rig.registrar.last().starts).isEqualTo(2);
        assertThat(Rig.done(again)).isNull();
        rig.registrar.last().bind(600);
        assertThat(Rig.done(again).state()).isEqualTo(State.REGISTERED);
        CompletionStage<RegistrationInfo> refresh = register();
        assertThat(rig.registrar.last().starts).isEqualTo(3);
        rig.registrar.last().bind(600);
        assertThat(Rig.done(refresh).state()).isEqualTo(State.REGISTERED);
        assertThat(rig.registrar.usages).hasSize(1);
    }

    @Test
    void anotherAccountOfTheSameNameComesAfterTheFormerOneIsGone() {
        register();
        rig.registrar.last().bind(600);
        FakeRegistrar.FakeUsage former = rig.registrar.last();
        rig.told.clear();
        CompletionStage<RegistrationInfo> result = rig.registrations.register(Rig.account(ALICE, "other", "another0123456789abcdef"));
        assertThat(former.ended).isTrue();
        assertThat(rig.registrar.usages).hasSize(1);
        former.leave();
        assertThat(rig.registrar.usages).hasSize(2);
        rig.registrar.last().bind(600);
        assertThat(Rig.done(result).state()).isEqualTo(State.REGISTERED);
        assertThat(rig.states()).as("the former one is quiet").containsExactly("QUEUED", "REGISTERING", "REGISTERED");
        assertThat(rig.registrations.called("another0123456789abcdef")).isPresent();
        assertThat(rig.registrations.called(Rig.account(ALICE).token())).isEmpty();
        assertThat(rig.registrations.list()).hasSize(1);
    }

    @Test
    void aFormerOneWhoseServerIsSilentDoesNotHoldItUpForLong() {
        register();
        rig.registrar.last().bind(600);
        rig.registrations.register(Rig.account(ALICE, "other", Rig.account(ALICE).token()));
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.registrar.usages).hasSize(2);
        assertThat(rig.registrar.usages.get(0).closed).isTrue();
        assertThat(rig.registrations.called(Rig.account(ALICE).token()).orElseThrow().password()).isEqualTo("other");
    }

    @Test
    void unregistered() {
        register();
        rig.registrar.last().bind(600);
        CompletionStage<Void> result = rig.registrations.unregister(ALICE);
        assertThat(result.toCompletableFuture()).isNotDone();
        assertThat(rig.info(ALICE).state()).isEqualTo(State.UNREGISTERING);
        rig.registrar.last().leave();
        assertThat(result.toCompletableFuture()).isCompleted();
        assertThat(rig.registrations.get(ALICE)).isEmpty();
        assertThat(rig.registrations.called(Rig.account(ALICE).token())).isEmpty();
        assertThat(rig.states()).endsWith("UNREGISTERING", "GONE");
        assertThat(rig.time.pending()).isZero();
        assertThat(rig.registrations.unregister(ALICE).toCompletableFuture()).isCompleted();
        assertThat(rig.registrations.figures()).isEqualTo(new RegistrationFigures(0, 0, 0, 0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void unregisteredBeforeItWasEverSent() {
        Rig slow = new Rig(RegistrationSettings.DEFAULT.withPace(1, 1));
        slow.registrations.register(Rig.account(ALICE));
        CompletionStage<RegistrationInfo> waits = slow.registrations.register(Rig.account("bob@example.com"));
        CompletionStage<Void> gone = slow.registrations.unregister("bob@example.com");
        assertThat(gone.toCompletableFuture()).isCompleted();
        assertThat(Rig.done(waits).state()).isEqualTo(State.GONE);
        assertThat(slow.registrar.usages).hasSize(1);
    }

    @Test
    void whatCannotBeSentIsRefused() {
        CompletionStage<RegistrationInfo> result = rig.registrations.register(Rig.account("alice@unsendable.example.com"));
        assertThat(Rig.done(result).state()).isEqualTo(State.REFUSED);
        assertThat(Rig.done(result).phrase()).contains("listening point");
    }

    @Test
    void whatIsWrongInAnAccountIsNamed() {
        for (String name : List.of("alice", "@example.com", "alice@", "alice@exa mple.com", "alice@example.com:0", "alice@example.com:65536",
                "al\r\nice@x.org",
                "alice@example.com;transport=tcp", "a<b>@example.com", "alice@example.com\u0000")) {
            assertThatThrownBy(() -> rig.registrations.register(Rig.account(name, "secret", "0123456789abcdefgh"))).as(name)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("name").hasMessageNotContaining("\n");
        }
        assertWrong("transport", new Account(ALICE, "secret", null, null, "sctp", null, List.of(), 600, "0123456789abcdefgh", null, ""));
        assertWrong("expires", new Account(ALICE, "secret", null, null, null, null, List.of(), 59, "0123456789abcdefgh", null, ""));
        assertWrong("token", new Account(ALICE, "secret", null, null, null, null, List.of(), 600, "short", null, ""));
        assertWrong("outboundProxy", new Account(ALICE, "secret", null, "a b", null, null, List.of(), 600, "0123456789abcdefgh", null, ""));
        assertWrong("contacts", new Account(ALICE, "secret", null, null, null, null, List.of("mailto:a@b"), 600, "0123456789abcdefgh", null, ""));
        assertWrong("authUsername", new Account(ALICE, "secret", "a\r\nb", null, null, null, List.of(), 600, "0123456789abcdefgh", null, ""));
        assertThat(rig.registrations.list()).isEmpty();
    }

    private void assertWrong(String what, Account account) {
        assertThatThrownBy(() -> rig.registrations.register(account)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(what)
                .hasMessageNotContaining("secret");
    }

    @Test
    void nobodyTakesAnothersToken() {
        register();
        assertThatThrownBy(() -> rig.registrations.register(Rig.account("bob@example.com", "x", Rig.account(ALICE).token())))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token");
    }

    @Test
    void aFollowerThatFailsHurtsNobody() {
        rig.registrations.follow(info -> {
            throw new IllegalStateException("on purpose");
        });
        register();
        rig.registrar.last().bind(600);
        assertThat(rig.info(ALICE).state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void atTheEndThoseRegisteredAreUnregisteredAndNoOthers() {
        register();
        rig.registrar.last().bind(600);
        rig.registrations.register(Rig.account("bob@example.com"));
        rig.registrar.last().refuse(408, -1);
        rig.told.clear();
        CompletionStage<Void> drained = rig.registrations.drain(Duration.ofSeconds(4));
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.registrar.usages.get(0).ended).isTrue();
        assertThat(rig.registrar.usages.get(1).ended).isFalse();
        assertThat(rig.registrar.usages.get(1).closed).isTrue();
        rig.registrar.usages.get(0).leave();
        assertThat(drained.toCompletableFuture()).isCompleted();
        assertThat(rig.told).as("the process ends, the accounts do not").isEmpty();
        assertThatThrownBy(() -> register()).isInstanceOf(IllegalStateException.class);
        rig.registrations.close();
    }

    @Test
    void theEndDoesNotWaitForASilentServer() {
        register();
        rig.registrar.last().bind(600);
        CompletionStage<Void> drained = rig.registrations.drain(Duration.ofSeconds(4));
        rig.pass(Duration.ofSeconds(4));
        assertThat(drained.toCompletableFuture()).isCompleted();
        rig.registrations.close();
        assertThat(rig.time.pending()).isZero();
        assertThat(rig.registrar.last().closed).isTrue();
    }

    @Test
    void noSecretInAnyText() {
        Account account = Rig.account(ALICE);
        assertThat(account.toString()).doesNotContain("secret");
        assertThat(AccountSpecs.of(account, RegistrationSettings.DEFAULT).toString()).doesNotContain("secret");
        register();
        assertThat(rig.info(ALICE).toString()).doesNotContain("secret");
    }
}
