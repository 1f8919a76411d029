package io.github.camelvoice.session;

import java.security.SecureRandom;
import java.util.concurrent.Executor;

import io.github.camelvoice.call.Calls;
import io.github.camelvoice.registration.Registrations;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;

/**
 * What sessions work with.
 *
 * @param prompts   what can be played
 * @param mailboxes threads of mailboxes
 * @param waiting   where the store and files are waited for
 * @param chance    makes tokens that nobody guesses
 */
public record SessionServices(Calls calls, Registrations registrations, SessionStore store, PromptCheck prompts, EngineClock clock, Timers timers,
                              Executor mailboxes, Executor waiting, SecureRandom chance) {
}
