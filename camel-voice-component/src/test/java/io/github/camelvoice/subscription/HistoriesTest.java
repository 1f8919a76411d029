package io.github.camelvoice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.FakeSignalling.FakeUsage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.ListNotification.Instance;
import io.github.camelvoice.subscription.state.ListNotification.Part;
import io.github.camelvoice.subscription.state.ListNotification.State;
import io.github.camelvoice.subscription.state.mime.Multipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of histories with a notifier that loses and delays NOTIFYs, refuses, ends, forgets and comes back: when it is well again and tells the next
 * change of each resource, what is known is the truth. A history that fails is found again by its seed.
 */
class HistoriesTest {

    private static final int HISTORIES = 500;
    private static final int STEPS = 40;
    private static final String[] URIS = {"sip:a@example.com", "sip:b@example.com", "sip:c@example.com"};

    @ParameterizedTest(name = "from seed {0}")
    @ValueSource(longs = {0, 1_000_000, 2_000_000})
    void whatIsKnownInTheEndIsTheTruth(long from) {
        for (long seed = from; seed < from + HISTORIES; seed++) {
            new History(seed).run();
        }
    }

    /** What a notifier knows of one of its subscriptions. */
    private static final class Told {
        private final FakeUsage usage;
        private final Map<String, Long> versions = new HashMap<>();
        private long listVersion = -1;

        private Told(FakeUsage usage) {
            this.usage = usage;
        }

        private boolean isList() {
            return usage.spec.list() != null;
        }
    }

    private static final class History {
        private final long seed;
        private final Random chance;
        private Rig rig = new Rig();
        private final Map<String, Map<String, String>> truth = new LinkedHashMap<>();
        private final List<Told> told = new ArrayList<>();
        private final List<Runnable> delayed = new ArrayList<>();
        private final boolean servesLists;
        private boolean well;
        private int calls;

        private History(long seed) {
            this.seed = seed;
            this.chance = new Random(seed);
            this.servesLists = chance.nextBoolean();
            for (String uri : URIS) {
                truth.put(uri, new TreeMap<>());
            }
        }

        private void run() {
            rig.seed = seed;
            connect();
            String id = rig.create("dialog", Arrays.copyOf(URIS, 1 + chance.nextInt(URIS.length))).id();
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            well = true;
            told.removeIf(each -> each.usage.isOver() || each.usage.ended);
            Arrays.stream(URIS).forEach(this::change);
            rig.pass(Duration.ofHours(3));
            check(id);
        }

        private void connect() {
            rig.notifiers.answer = this::subscribed;
            rig.notifiers.refreshed = usage -> told.stream().filter(each -> each.usage == usage).findFirst().ifPresent(this::full);
        }

        private void step() {
            switch (chance.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> change(URIS[chance.nextInt(URIS.length)]);
                case 5, 6 -> rig.pass(Duration.ofSeconds(chance.nextInt(90)));
                case 7 -> end();
                case 8 -> late();
                case 9 -> List.copyOf(told).forEach(this::full);
                case 10 -> broken();
                default -> {
                    if (chance.nextInt(4) == 0) {
                        restart();
                    }
                }
            }
        }

        private void restart() {
            rig.subscriptions().close();
            told.clear();
            delayed.clear();
            Rig next = new Rig(rig.store);
            next.seed = seed;
            next.time.advance(Duration.ofNanos(rig.time.nanos()));
            rig = next;
            connect();
            rig.subscriptions().start();
        }

        private void subscribed(FakeUsage usage) {
            if (!well && chance.nextInt(4) == 0) {
                int[] codes = {408, 480, 481, 500, 503, 404};
                usage.refuse(codes[chance.nextInt(codes.length)]);
                return;
            }
            if (usage.spec.list() != null && !servesLists) {
                if (chance.nextBoolean()) {
                    usage.refuse(420, -1, "recipient-list-subscribe");
                } else {
                    usage.accept().active("");
                }
                return;
            }
            Told one = new Told(usage);
            told.add(one);
            if (chance.nextBoolean()) {
                usage.accept();
                full(one);
            } else {
                full(one);
                usage.accept();
            }
        }

        /** A call begins, goes on or ends; who watches is told, or not. */
        private void change(String uri) {
            Map<String, String> of = truth.get(uri);
            String call = of.isEmpty() || chance.nextBoolean() ? "c" + calls++ : of.keySet().iterator().next();
            String state = !of.containsKey(call) ? "early" : of.get(call).equals("early") ? "confirmed" : "terminated";
            if (state.equals("terminated")) {
                of.remove(call);
            } else {
                of.put(call, state);
            }
            for (Told each : List.copyOf(told)) {
                if (each.isList() || each.usage.spec.target().equals(uri)) {
                    partial(each, uri, call + " " + state);
                }
            }
        }

        private void partial(Told to, String uri, String call) {
            String document = HealingTest.document(to.versions.merge(uri, 1L, Long::sum), false, call);
            if (to.isList()) {
                if (list(to.usage).contains(uri)) {
                    to.listVersion++;
                    rlmi(to, to.listVersion, false, Map.of(uri, document));
                }
            } else {
                send(() -> to.usage.active("d1", DialogInfo.TYPE, document));
            }
        }

        private static List<String> list(FakeUsage usage) {
            return Arrays.stream(URIS).filter(uri -> usage.list().contains(uri)).toList();
        }

        private void full(Told to) {
            if (to.usage.isOver() || to.usage.ended) {
                return;
            }
            Map<String, String> documents = new LinkedHashMap<>();
            for (String uri : to.isList() ? list(to.usage) : List.of(to.usage.spec.target())) {
                long version = to.versions.merge(uri, 1L, (a, b) -> a + 1);
                String[] all = truth.get(uri).entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toArray(String[]::new);
                documents.put(uri, HealingTest.document(version, true, all));
            }
            if (!well && chance.nextInt(5) == 0) {
                return;
            }
            if (to.isList()) {
                to.listVersion++;
                rlmi(to, to.listVersion, true, documents);
            } else {
                documents.values().forEach(document -> to.usage.active("d1", DialogInfo.TYPE, document));
            }
        }

        private void rlmi(Told to, long version, boolean full, Map<String, String> documents) {
            List<ListNotification.Resource> resources = new ArrayList<>();
            Map<String, Part> parts = new LinkedHashMap<>();
            documents.forEach((uri, document) -> {
                String cid = "p" + parts.size() + "@lists";
                resources.add(new ListNotification.Resource(uri, List.of(), List.of(new Instance("i1", State.ACTIVE, null, cid))));
                parts.put(cid, new Part(DialogInfo.TYPE, document.getBytes(StandardCharsets.UTF_8), null));
            });
            Multipart.Written body = new ListNotification(to.usage.spec.target(), version, full, List.of(), resources, parts).write("lists");
            Runnable deliver = () -> to.usage.active(body.contentType(), body.body());
            if (full) {
                deliver.run();
            } else {
                send(deliver);
            }
        }

        /** Partial state arrives, is lost, or arrives late. */
        private void send(Runnable notify) {
            int luck = chance.nextInt(10);
            if (well || luck < 6) {
                notify.run();
            } else if (luck < 8) {
                delayed.add(notify);
            }
        }

        private void late() {
            List<Runnable> all = List.copyOf(delayed);
            delayed.clear();
            all.forEach(Runnable::run);
        }

        private void broken() {
            if (!told.isEmpty()) {
                told.get(chance.nextInt(told.size())).usage.active("d1", DialogInfo.TYPE, "<dialog-info");
            }
        }

        private void end() {
            if (told.isEmpty()) {
                return;
            }
            FakeUsage usage = told.remove(chance.nextInt(told.size())).usage;
            if (usage.isOver()) {
                return;
            }
            switch (chance.nextInt(6)) {
                case 0 -> usage.terminated("deactivated", -1);
                case 1 -> usage.terminated("probation", chance.nextInt(120));
                case 2 -> usage.terminated("giveup", -1);
                case 3 -> usage.terminated("timeout", -1);
                case 4 -> usage.ended(UsageEvent.Why.REFRESH_FAILED, chance.nextBoolean() ? 481 : 408);
                default -> usage.ended(UsageEvent.Why.NO_NOTIFY, 0);
            }
        }

        private void check(String id) {
            long number = 0;
            Map<String, InstanceInfo> lastTold = new HashMap<>();
            for (StateChange change : rig.changes) {
                assertThat(change.number()).as("numbers grow, seed %d", seed).isGreaterThan(number);
                number = change.number();
                lastTold.put(change.resource(), change.instance());
            }
            for (ResourceInfo resource : rig.info(id).resources()) {
                assertThat(resource.trouble()).as("seed %d, %s", seed, resource.uri()).isNull();
                assertThat(resource.instances()).as("seed %d, %s", seed, resource.uri()).hasSize(1);
                InstanceInfo instance = resource.instances().get(0);
                assertThat(instance.state()).as("seed %d, %s", seed, resource.uri()).isEqualTo(UsageEvent.State.ACTIVE);
                assertThat(dialogs(instance)).as("seed %d, %s", seed, resource.uri()).isEqualTo(truth.get(resource.uri()));
                if (lastTold.containsKey(resource.uri())) {
                    assertThat(dialogs(lastTold.get(resource.uri()))).as("told, seed %d, %s", seed, resource.uri()).isEqualTo(dialogs(instance));
                }
            }
            assertThat(rig.store.find(id).orElseThrow().info().resources()).as("kept, seed %d", seed)
                    .allSatisfy(kept -> assertThat(dialogs(kept.instances().get(0))).isEqualTo(truth.get(kept.uri())));
        }

        private static Map<String, String> dialogs(InstanceInfo instance) {
            return ((DialogInfo) instance.full()).dialogs().stream().collect(Collectors.toMap(DialogInfo.Dialog::id,
                    dialog -> dialog.state().name().toLowerCase(Locale.ROOT), (a, b) -> a, TreeMap::new));
        }
    }
}
