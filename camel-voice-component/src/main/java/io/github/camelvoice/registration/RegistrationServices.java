package io.github.camelvoice.registration;

import io.github.camelvoice.registration.spi.RegisterSignalling;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What registrations need.
 *
 * @param threads where mailboxes run
 * @param chance  spreads what would else come together; thread-safe
 */
public record RegistrationServices(RegisterSignalling signalling, EngineClock clock, Timers timers, Executor threads, RandomGenerator chance) {
}
