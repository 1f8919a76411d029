package io.github.camelvoice.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;

/** How an account is registered, as far as its session is concerned: what is news, and who waits for it. On the session's mailbox. */
final class Enrolment {

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    /** Longer than a REGISTER can be under way: 32 s (RFC 3261, timer F). */
    private static final int LONGEST_SECONDS = 35;

    private final SessionServices services;
    private final Mailbox mailbox;
    private final Listener listener;
    private volatile Account account;
    private Order order;
    private Timers.Timer limit;
    private boolean registered;
    private boolean sealed;
    /** What was told last; a failure is told again only if it is another one. */
    private String last = "";
    private String trouble = "not registered yet";
    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

    /** Told REGISTERED and REGISTRATION_FAILED. */
    interface Listener {
        void happened(SessionEvent event, Order order, String words);
    }

    Enrolment(Account account, SessionServices services, Mailbox mailbox, Listener listener) {
        this.account = account;
        this.services = services;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    Account account() {
        return account;
    }

    boolean registered() {
        return registered;
    }

    /** Why it is not registered. */
    String trouble() {
        return trouble;
    }

    /** Done when there is a result. */
    CompletionStage<Void> settled() {
        return settled;
    }

    /** Whether its password is there, and cannot be read. */
    boolean sealed() {
        return sealed;
    }

    /**
     * Registers what may be another account of that name.
     *
     * @param keep writes it down
     * @return false where the account cannot be one
     */
    boolean enrol(Account wanted, Order asked, Supplier<CompletionStage<Void>> keep) {
        CompletionStage<RegistrationInfo> result;
        try {
            result = services.registrations().register(wanted);
        } catch (IllegalArgumentException wrong) {
            asked.fail(SessionException.Kind.INVALID_ARGUMENT, wrong);
            return false;
        }
        if (order != null) {
            order.fail(SessionException.Kind.ABORTED, "the account is registered anew");
        }
        account = wanted;
        sealed = false;
        CompletionStage<Void> kept = keep.get();
        order = asked;
        settled = settled.isDone() ? new CompletableFuture<>() : settled;
        limit(asked);
        result.thenCombine(kept, (info, written) -> info).whenComplete((info, failure) -> mailbox.execute(() -> {
            if (order != asked) {
                return;
            }
            if (failure == null) {
                news(info, asked);
            } else {
                done(asked, null);
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                asked.done().completeExceptionally(new SessionException(SessionException.Kind.UNAVAILABLE, cause.getMessage(), cause));
            }
        }));
        return true;
    }

    private void limit(Order asked) {
        if (limit != null) {
            limit.cancel();
        }
        limit = services.timers().schedule(LONGEST_SECONDS, TimeUnit.SECONDS, mailbox, () -> {
            if (order == asked) {
                failed("no result within " + LONGEST_SECONDS + " s", asked);
            }
        });
    }

    /** As it was before this process. @param unusable why it cannot be, empty if it can */
    void again(String unusable) {
        settled = new CompletableFuture<>();
        if (!unusable.isEmpty()) {
            sealed = true;
            failed(unusable, null);
            return;
        }
        try {
            services.registrations().register(account);
        } catch (IllegalArgumentException wrong) {
            LOG.error("[{}] cannot be registered again: {}", account.name(), wrong.getMessage());
            failed(wrong.getMessage(), null);
        }
    }

    void changed(RegistrationInfo info) {
        if (order == null) {
            news(info, null);
        }
    }

    private void news(RegistrationInfo info, Order asked) {
        if (info.state() == State.REGISTERED) {
            boolean fresh = !registered || asked != null;
            registered = true;
            trouble = "";
            last = "registered";
            if (fresh) {
                listener.happened(SessionEvent.REGISTERED, asked, "");
            }
        } else if (info.state() == State.WAITING || info.state() == State.REFUSED || asked != null) {
            failed(info.code() > 0 ? info.code() + " " + info.phrase() : info.phrase(), asked);
        } else {
            return;
        }
        settled.complete(null);
    }

    private void failed(String why, Order asked) {
        boolean fresh = asked != null || !why.equals(last);
        registered = false;
        trouble = why;
        last = why;
        if (fresh) {
            listener.happened(SessionEvent.REGISTRATION_FAILED, asked, why);
        }
        settled.complete(null);
    }

    /** Who asked has an answer. @param status null where it got another one */
    void done(Order asked, SessionStatus status) {
        if (order == asked) {
            order = null;
            limit.cancel();
            limit = null;
        }
        if (status != null) {
            asked.done().complete(status);
        }
    }
}
