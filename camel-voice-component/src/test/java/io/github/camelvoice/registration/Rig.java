package io.github.camelvoice.registration;

import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/** Registrations without sockets, threads and real time. */
final class Rig {

    final ManualTimers time = new ManualTimers();
    final FakeRegistrar registrar = new FakeRegistrar();
    final List<RegistrationInfo> told = new ArrayList<>();
    final LiveRegistrations registrations;

    Rig() {
        this(RegistrationSettings.DEFAULT);
    }

    Rig(RegistrationSettings settings) {
        registrations = new LiveRegistrations(new RegistrationServices(registrar, time, time, Runnable::run, new Random(7)), settings);
        registrations.follow(told::add);
    }

    static Account account(String name) {
        return account(name, "secret", "t" + name.replaceAll("[^A-Za-z0-9]", "") + "0123456789abcdef");
    }

    static Account account(String name, String password, String token) {
        return new Account(name, password, null, null, null, null, List.of(), 600, token, null, "");
    }

    void pass(Duration time) {
        this.time.advance(time);
    }

    RegistrationInfo info(String name) {
        return registrations.get(name).orElseThrow();
    }

    List<String> states() {
        return told.stream().map(info -> info.state() + (info.code() == 0 ? "" : " " + info.code())).toList();
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().getNow(null);
    }
}
