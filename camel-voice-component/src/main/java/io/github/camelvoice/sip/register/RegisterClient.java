package io.github.camelvoice.sip.register;

import io.github.camelvoice.registration.spi.RegisterListener;
import io.github.camelvoice.registration.spi.RegisterSignalling;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.sip.dialog.SipEnv;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Registers us at the registrars of others (RFC 3261, section 10.2). Thread-safe; each usage lives on its mailbox. */
public final class RegisterClient implements RegisterSignalling {

    private final SipEnv env;
    private final EngineClock clock;
    private final DoubleSupplier random;

    public RegisterClient(SipEnv env, EngineClock clock) {
        this(env, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random in [0, 1): spreads the refreshes */
    RegisterClient(SipEnv env, EngineClock clock, DoubleSupplier random) {
        this.env = env;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public RegisterUsage register(RegisterSpec spec, Executor mailbox, RegisterListener listener) {
        return new AccountUsage(this, spec, mailbox, listener);
    }

    SipEnv env() {
        return env;
    }

    EngineClock clock() {
        return clock;
    }

    double random() {
        return random.getAsDouble();
    }
}
