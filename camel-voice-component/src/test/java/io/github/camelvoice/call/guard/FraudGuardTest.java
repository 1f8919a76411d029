package io.github.camelvoice.call.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FraudGuardTest {

    private static final Party BOB = new Party("sip:bob@x.example", "bob", "x.example", "");
    private static final Party NUMBER = new Party("sip:+49900@x.example", "+49900", "x.example", "");
    private final ManualTimers clock = new ManualTimers();

    private FraudGuard guard(int perSecond, int concurrent, Map<String, GuardLimits> accounts) {
        return new FraudGuard(new GuardPolicy(new CallRules("*", "premium"), new GuardLimits(perSecond, concurrent, Duration.ofHours(1)), accounts::get), clock);
    }

    @Test
    void soManyASecondAndTwiceAsManyAtOnce() throws CallException {
        FraudGuard guard = guard(5, 0, Map.of());
        for (int i = 0; i < 10; i++) {
            guard.admit("a", null, BOB, null, false);
        }
        assertThat(catchThrowableOfType(CallException.class, () -> guard.admit("a", "n1-7", BOB, null, false)))
            .returns(Kind.OVERLOADED, CallException::kind).returns("n1-7", CallException::callId).hasMessageContaining("5 a second");
        guard.admit("b", null, BOB, null, false);
        clock.advance(Duration.ofMillis(200));
        guard.admit("a", null, BOB, null, false);
        assertThatThrownBy(() -> guard.admit("a", null, BOB, null, false)).isInstanceOf(CallException.class);
        assertThat(guard.figures(0)).isEqualTo(new GuardFigures(0, 2, 0, 0));
    }

    @Test
    void soManyAtATime() throws CallException {
        FraudGuard guard = guard(0, 2, Map.of());
        CallGuard.Admission first = guard.admit("a", null, BOB, null, false);
        guard.admit("a", null, BOB, null, false);
        assertThatThrownBy(() -> guard.admit("a", null, BOB, null, false)).hasMessageContaining("2 at a time");
        first.release();
        first.release();
        guard.admit("a", null, BOB, null, false);
        assertThatThrownBy(() -> guard.admit("a", null, BOB, null, false)).isInstanceOf(CallException.class);
        assertThat(guard.figures(0)).isEqualTo(new GuardFigures(0, 0, 2, 0));
    }

    @Test
    void anAccountMayHaveLimitsOfItsOwn() throws CallException {
        FraudGuard guard = guard(0, 1, Map.of("big", new GuardLimits(0, 3, Duration.ofMinutes(5)), "free", GuardLimits.NONE));
        List<CallGuard.Admission> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(guard.admit("big", null, BOB, null, false));
        }
        assertThat(taken.get(0).longest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(guard.admit("small", null, BOB, null, false).longest()).isEqualTo(Duration.ofHours(1));
        assertThat(guard.admit("free", null, BOB, null, false).longest()).isNull();
        assertThatThrownBy(() -> guard.admit("big", null, BOB, null, false)).isInstanceOf(CallException.class);
        assertThatThrownBy(() -> guard.admit("small", null, BOB, null, false)).isInstanceOf(CallException.class);
    }

    @Test
    void whatIsForbiddenCostsNothing() throws CallException {
        FraudGuard guard = guard(1, 1, Map.of());
        assertThat(catchThrowableOfType(CallException.class, () -> guard.admit("a", null, NUMBER, null, false))).returns(Kind.FORBIDDEN, CallException::kind)
            .hasMessage("calls to sip:+49900@x.example are not allowed");
        guard.admit("a", null, BOB, null, false);
        assertThatThrownBy(() -> guard.check("a", null, "tel:+49-900-1")).isInstanceOf(CallException.class);
        assertThatThrownBy(() -> guard.check("a", null, "sip:%2530@x.example")).isInstanceOf(CallException.class).hasMessageContaining("escapes");
        guard.check("a", null, "sip:carol@x.example");
        assertThat(guard.figures(0)).isEqualTo(new GuardFigures(3, 0, 0, 0));
    }

    @Test
    void withoutRulesNothingIsRead() throws CallException {
        FraudGuard guard = new FraudGuard(GuardPolicy.OPEN, clock);
        guard.admit("a", null, new Party("sip:what ever@", "", "", ""), null, false).release();
        guard.check("a", null, "urn:service:sos");
        assertThat(guard.figures(0)).isEqualTo(new GuardFigures(0, 0, 0, 0));
    }

    @Test
    void accountsThatAreIdleAreForgotten() throws CallException {
        FraudGuard guard = guard(1, 0, Map.of());
        for (int i = 0; i < 25_000; i++) {
            guard.admit("a" + i, null, BOB, null, false).release();
        }
        assertThat(guard.accounts()).isLessThanOrEqualTo(10_000);
    }
}
