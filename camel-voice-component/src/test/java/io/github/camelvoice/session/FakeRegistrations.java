package io.github.camelvoice.session;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.registration.Registrations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Registrations that go as the test says. */
final class FakeRegistrations implements Registrations {

    final Map<String, Account> accounts = new LinkedHashMap<>();
    final Map<String, RegistrationInfo> infos = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    private final Map<String, CompletableFuture<RegistrationInfo>> first = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    /** Whether a REGISTER is answered 200 at once. */
    boolean atOnce = true;
    List<String> serviceRoute = List.of();

    @Override
    public CompletionStage<RegistrationInfo> register(Account account) {
        if (account.outboundProxy() != null && account.outboundProxy().contains(" ")) {
            throw new IllegalArgumentException("outboundProxy is not an address");
        }
        asked.add("register " + account.name());
        accounts.put(account.name(), account);
        CompletableFuture<RegistrationInfo> result = new CompletableFuture<>();
        first.put(account.name(), result);
        if (atOnce) {
            says(account.name(), State.REGISTERED, 0, "");
        }
        return result;
    }

    void says(String name, State state, int code, String phrase) {
        RegistrationInfo info = new RegistrationInfo(name, state, "127.0.0.1:5060", "udp", "", null, null, serviceRoute, code, phrase, 0, null);
        infos.put(name, info);
        CompletableFuture<RegistrationInfo> waits = first.remove(name);
        if (waits != null) {
            waits.complete(info);
        }
        listeners.forEach(listener -> listener.changed(info));
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        asked.add("unregister " + name);
        accounts.remove(name);
        infos.remove(name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<RegistrationInfo> get(String name) {
        return Optional.ofNullable(infos.get(name));
    }

    @Override
    public List<RegistrationInfo> list() {
        return List.copyOf(infos.values());
    }

    @Override
    public Optional<Account> called(String token) {
        return accounts.values().stream().filter(account -> account.token().equals(token)).findFirst();
    }

    @Override
    public Following follow(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
