package io.github.camelvoice.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.LiveRegistrations;
import io.github.camelvoice.registration.RegistrationServices;
import io.github.camelvoice.registration.RegistrationSettings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an account costs while nothing happens: room and usage together. */
class RegisterMemoryTest {

    private static final int MANY = 5_000;
    /** Far above what was measured: it is for what grows by mistake. */
    private static final long MOST_BYTES = 12_000;

    private final RegisterRig rig = new RegisterRig();
    private final LiveRegistrations registrations = new LiveRegistrations(new RegistrationServices(rig.client, rig.timers, rig.timers, Runnable::run,
            new Random(1)), RegistrationSettings.DEFAULT.withPace(100_000, 10_000));

    @Test
    void manyAccountsAreSmall() {
        register(0);
        long before = used();
        for (int i = 1; i < MANY; i++) {
            register(i);
        }
        long each = (used() - before) / MANY;
        assertThat(registrations.figures().registered()).isEqualTo(MANY);
        assertThat(each).as("bytes of an account").isLessThan(MOST_BYTES);
        registrations.close();
        rig.assertNothingLeft();
    }

    private void register(int i) {
        String token = "tok0123456789abcdef" + i;
        registrations.register(new Account("user" + i + "@127.0.0.1:5099", "password" + i, null, null, null, null, List.of(), 3600, token,
                "urn:uuid:00000000-0000-4000-8000-" + String.format("%012d", i), ""));
        rig.pass(0.001);
        rig.challenge(401, "MD5", "nonce-of-a-usual-length-" + i, "");
        rig.answer(200, RegisterRig.contact("sip:" + token + "@127.0.0.1:5060", 3600));
        rig.door.sent.clear();
        rig.door.admitted.clear();
        rig.door.kept.clear();
        rig.events.clear();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
