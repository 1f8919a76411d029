package io.github.camelvoice.engine;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.registration.Registrations;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where accounts cannot be registered. */
final class NoRegistrations implements Registrations {

    @Override
    public CompletionStage<RegistrationInfo> register(Account account) {
        return CompletableFuture.completedFuture(new RegistrationInfo(account.name(), RegistrationInfo.State.REFUSED, "", "", "", null, null, List.of(),
                501, "accounts cannot be registered here", 1, null));
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<RegistrationInfo> get(String name) {
        return Optional.empty();
    }

    @Override
    public List<RegistrationInfo> list() {
        return List.of();
    }

    @Override
    public Optional<Account> called(String token) {
        return Optional.empty();
    }

    @Override
    public Following follow(Listener listener) {
        return () -> { };
    }
}
