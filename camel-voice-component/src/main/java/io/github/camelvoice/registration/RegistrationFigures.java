package io.github.camelvoice.registration;

/**
 * Accounts at a moment, by how they are registered, and what happened since the start.
 *
 * @param queued        wait for their turn
 * @param registering   have a REGISTER under way and nothing bound
 * @param registered    are registered
 * @param waiting       failed, and are tried again
 * @param refused       were refused in a way that does not pass by itself
 * @param unregistering on their way out
 * @param accepted      2xx that made an account registered that was not
 * @param refreshed     2xx that kept one registered
 * @param failed        refusals, and REGISTERs that nobody answered
 * @param lost          ways to servers that broke
 */
public record RegistrationFigures(int queued, int registering, int registered, int waiting, int refused, int unregistering, long accepted,
                                  long refreshed, long failed, long lost) {
}
