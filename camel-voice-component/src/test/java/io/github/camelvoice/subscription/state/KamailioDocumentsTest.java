package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.KamailioEvents;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.RawSip.Message;
import io.github.camelvoice.testkit.TestPki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kamailio tells of real phones, read in the order in which it came. */
@Tag("peer")
class KamailioDocumentsTest {

    @TempDir
    static Path folder;
    private static TestPki pki;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    /** What was new in each document. */
    private static List<EventState> merged(RawSip watcher, String event) {
        List<EventState> all = new ArrayList<>();
        EventState state = null;
        for (Message notify : watcher.requests("NOTIFY")) {
            String type = notify.header("Content-Type");
            StateMerge merge = EventPackages.of(event).merge(state, type.isEmpty() ? null : type, notify.body().getBytes(StandardCharsets.UTF_8));
            if (merge instanceof StateMerge.Stale) {
                // Sent again, or overtaken by the next one.
                continue;
            }
            assertThat(merge).as(notify.body()).isInstanceOf(StateMerge.Applied.class);
            StateMerge.Applied applied = (StateMerge.Applied) merge;
            state = applied.full();
            if (applied.isNew()) {
                all.add(applied.changed());
            }
        }
        return all;
    }

    private static void await(RawSip watcher, String text) {
        Awaitility.await(text).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .until(() -> watcher.requests("NOTIFY").stream().anyMatch(each -> each.body().contains(text)));
    }

    @Test
    void registrations() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip watcher = RawSip.open()) {
            watcher.request("SUBSCRIBE", kamailio.uri("alice")).with("Event: reg", "Expires: 60").send(kamailio.port());
            Baresip.registered(folder, pki, "alice", kamailio, "auto").close();
            await(watcher, "terminated");
            List<String> told = merged(watcher, "reg").stream().filter(RegInfo.class::isInstance).map(RegInfo.class::cast)
                    .flatMap(changed -> changed.registrations().stream()).flatMap(each -> each.contacts().stream())
                    .map(contact -> contact.event().name()).toList();
            assertThat(told).containsExactly("CREATED", "UNREGISTERED");
        }
    }

    @Test
    void calls() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip watcher = RawSip.open();
                Baresip alice = Baresip.registered(folder, pki, "alice", kamailio, "auto");
                Baresip bob = Baresip.registered(folder, pki, "bob", kamailio, "auto")) {
            watcher.request("SUBSCRIBE", kamailio.uri("bob")).with("Event: dialog", "Expires: 60").send(kamailio.port());
            for (int i = 1; i <= 2; i++) {
                alice.dial(kamailio.uri("bob"));
                bob.awaitEvent("CALL_ESTABLISHED", i);
                alice.hangup();
                int calls = i;
                Awaitility.await("end").atMost(Duration.ofSeconds(20)).until(() -> watcher.requests("NOTIFY").stream()
                        .filter(each -> each.body().contains("<state>terminated")).count() >= calls);
            }
            List<String> told = merged(watcher, "dialog").stream().filter(DialogInfo.class::isInstance).map(DialogInfo.class::cast)
                    .flatMap(changed -> changed.dialogs().stream()).map(each -> each.state().name()).toList();
            // bob answers at once: of early and confirmed, published together, Kamailio may tell the second alone, or first.
            assertThat(told).filteredOn(state -> !state.equals("EARLY"))
                    .as("an ended call is told once, although Kamailio goes on listing it")
                    .containsExactly("CONFIRMED", "TERMINATED", "CONFIRMED", "TERMINATED");
        }
    }
}
