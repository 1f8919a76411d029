package io.github.camelvoice.subscription;

import static io.github.camelvoice.subscription.Rig.ALICE;
import static io.github.camelvoice.subscription.Rig.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.FakeSignalling.FakeUsage;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.ListNotification.Instance;
import io.github.camelvoice.subscription.state.ListNotification.Part;
import io.github.camelvoice.subscription.state.ListNotification.State;
import io.github.camelvoice.subscription.state.mime.Multipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many resources: one SUBSCRIBE where the server can (RFC 5367, RFC 4662), one for each where it cannot, with the same to be seen. */
class ListsTest {

    private final Rig rig = new Rig();

    /** A NOTIFY of a list: each state as {@code URI ID BODY}; without a body the instance has none, without an id there is no instance. */
    private static FakeUsage list(FakeUsage usage, long version, boolean full, String... states) {
        List<ListNotification.Resource> resources = new ArrayList<>();
        Map<String, Part> parts = new LinkedHashMap<>();
        for (String state : states) {
            String[] words = state.split(" ");
            List<Instance> instances = new ArrayList<>();
            if (words.length > 1) {
                String cid = words.length > 2 ? words[1] + "@lists" : null;
                instances.add(new Instance(words[1], State.ACTIVE, null, cid));
                if (cid != null) {
                    parts.put(cid, new Part("text/plain", words[2].getBytes(StandardCharsets.UTF_8), null));
                }
            }
            resources.add(new ListNotification.Resource(words[0], List.of(), instances));
        }
        Multipart.Written written = new ListNotification("sip:team@example.com", version, full, List.of(), resources, parts).write("lists");
        return usage.active(written.contentType(), written.body());
    }

    private String state(String id, String uri) {
        ResourceInfo resource = rig.info(id).resources().stream().filter(each -> each.uri().equals(uri)).findFirst().orElseThrow();
        return resource.instances().isEmpty() ? null : resource.instances().get(0).full().document();
    }

    @Test
    void resourcesOfOneDomainGoAsOneList() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB);
        FakeUsage usage = rig.notifiers.last();
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com");
        assertThat(usage.list()).contains(ALICE, BOB);
        assertThat(usage.spec.eventList()).isTrue();
        assertThat(usage.spec.accept()).contains("multipart/related", "application/rlmi+xml");

        list(usage.accept(), 0, true, ALICE + " i1 on", BOB);
        assertThat(rig.changes).extracting(StateChange::resource).containsExactly(ALICE);
        list(usage, 1, false, BOB + " i2 off");
        assertThat(state(made.id(), ALICE)).isEqualTo("on");
        assertThat(state(made.id(), BOB)).isEqualTo("off");
        assertThat(rig.info(made.id()).resources().get(0).instances().get(0).id()).isEqualTo("i1");
        list(usage, 2, true, ALICE + " i1 on", BOB + " i2 off");
        assertThat(rig.changes).hasSize(2);
    }

    @Test
    void eachDomainHasItsOwn() {
        rig.create("x-lamp", ALICE, BOB, "sip:carol@Elsewhere.example", "sip:dan@elsewhere.example", "sip:eve@alone.example");
        assertThat(rig.notifiers.targets()).containsExactlyInAnyOrder("sip:example.com", "sip:elsewhere.example", "sip:eve@alone.example");
    }

    @Test
    void thePortAndTheTransportOfTheResourcesAreThoseOfTheServer() {
        rig.create("x-lamp", "sip:a@Example.com:5080;transport=TCP", "sip:b@example.com:5080;transport=tcp", "sip:c@example.com", "sip:d@example.com",
                "sips:e;x?y@example.com", "sips:f@example.com");
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com:5080;transport=tcp", "sip:example.com", "sips:example.com");
    }

    @Test
    void aServerThatNobodyConfiguredIsNotWaitedForLong() {
        rig.create("x-lamp", ALICE, BOB);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.notifiers.sent).hasSize(1);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com", ALICE, BOB);
        assertThat(rig.notifiers.sent.get(0).ended).isTrue();
    }

    @Test
    void aConfiguredServerGetsThemAll() {
        rig.settings = SubscriptionSettings.DEFAULT.withListServers(Map.of("*", "sip:lists@rls.example"));
        rig.create("x-lamp", ALICE, BOB, "sip:eve@alone.example");
        assertThat(rig.notifiers.targets()).containsExactly("sip:lists@rls.example");
    }

    @Test
    void manyBecomeSeveralLists() {
        rig.create("x-lamp", IntStream.range(0, 1_100).mapToObj(i -> "sip:phone" + i + "@example.com").toArray(String[]::new));
        assertThat(rig.notifiers.sent).hasSize(3);
        assertThat(rig.notifiers.last().list()).contains("sip:phone1099@").doesNotContain("sip:phone999@");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {400, 403, 404, 405, 408, 413, 415, 420, 488, 489, 500, 501, 513, 603})
    void whoDoesNotWatchListsIsAskedForEachEntry(int code) {
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB);
        rig.notifiers.last().refuse(code, -1);
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com", ALICE, BOB);
        assertThat(rig.changes).isEmpty();
        rig.notifiers.sent.get(1).accept().active("on");
        rig.notifiers.sent.get(2).accept().active("off");
        assertThat(state(made.id(), ALICE)).isEqualTo("on");
        assertThat(state(made.id(), BOB)).isEqualTo("off");
        assertThat(rig.info(made.id()).resources()).extracting(ResourceInfo::uri).containsExactly(ALICE, BOB);

        rig.create("x-lamp", ALICE, BOB);
        assertThat(rig.notifiers.targets().subList(3, 5)).containsExactly(ALICE, BOB);
        rig.pass(Duration.ofHours(1));
        rig.create("x-lamp", ALICE, BOB);
        assertThat(rig.notifiers.last().spec.target()).isEqualTo("sip:example.com");
        assertThat(rig.subscriptions().figures().listsRefused()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {401, 407, 503})
    void whatSaysNothingOfListsIsTriedAgain(int code) {
        rig.notifiers.answer = usage -> usage.refuse(code);
        rig.create("x-lamp", ALICE, BOB);
        assertThat(rig.notifiers.sent).hasSize(1);
        rig.pass(Duration.ofMinutes(90));
        assertThat(rig.notifiers.sent.size()).isGreaterThan(1);
        assertThat(rig.notifiers.targets()).allMatch("sip:example.com"::equals);
    }

    @Test
    void aConfiguredServerThatIsSilentIsTriedAgain() {
        rig.settings = SubscriptionSettings.DEFAULT.withListServers(Map.of("example.com", "sip:lists@rls.example"));
        rig.create("x-lamp", ALICE, BOB);
        rig.notifiers.last().refuse(408);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.notifiers.targets()).containsExactly("sip:lists@rls.example", "sip:lists@rls.example");
        rig.notifiers.last().refuse(420, -1, "recipient-list-subscribe");
        assertThat(rig.notifiers.targets()).contains(ALICE, BOB);
    }

    @Test
    void whoAsksForListsAlwaysGetsNothingElse() {
        SubscriptionInfo made = Rig.done(rig.subscriptions().create(Rig.request("x-lamp", Lists.ALWAYS, ALICE, BOB)));
        rig.notifiers.last().refuse(420, -1, "recipient-list-subscribe");
        assertThat(rig.notifiers.sent).hasSize(1);
        assertThat(rig.info(made.id()).resources()).allMatch(each -> each.trouble().equals("420 No"));
        assertThat(rig.info(made.id()).state()).isEqualTo(SubscriptionInfo.State.FAILED);
    }

    @ParameterizedTest(name = "body {0}")
    @ValueSource(strings = {"", "on"})
    void whoAcceptsAndTellsOfNoListIsLeft(String body) {
        rig.create("x-lamp", ALICE, BOB);
        FakeUsage deaf = rig.notifiers.last().accept().active(body);
        assertThat(deaf.ended).isTrue();
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com", ALICE, BOB);
        deaf.active("more");
        assertThat(rig.changes).isEmpty();
        assertThat(rig.subscriptions().figures().watches()).isEqualTo(2);
    }

    @Test
    void whoSaysThatItIsAListMayTellOfItLater() {
        rig.create("x-lamp", ALICE, BOB);
        rig.notifiers.last().tell(new UsageEvent.Accepted(3600, true)).active("");
        assertThat(rig.notifiers.targets()).containsExactly("sip:example.com");
        list(rig.notifiers.last(), 0, true, ALICE + " i1 on");
        assertThat(rig.changes).hasSize(1);
    }

    @Test
    void oneResourceMayBeAListOfTheServer() {
        SubscriptionInfo made = rig.create("x-lamp", "sip:team@example.com");
        FakeUsage usage = rig.notifiers.last().accept();
        assertThat(usage.list()).isNull();
        list(usage, 0, true, ALICE + " i1 on", BOB + " i2 off");
        assertThat(rig.info(made.id()).resources()).extracting(ResourceInfo::uri).containsExactly("sip:team@example.com", ALICE, BOB);
        assertThat(state(made.id(), BOB)).isEqualTo("off");

        list(usage, 1, true, BOB + " i2 off");
        StateChange gone = rig.changes.get(2);
        assertThat(gone.resource()).isEqualTo(ALICE);
        assertThat(gone.isOver()).isTrue();
        assertThat(rig.changes).hasSize(3);
    }

    @Test
    void aMissedListIsAskedForAgain() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB);
        FakeUsage usage = rig.notifiers.last().accept();
        list(usage, 0, true, ALICE + " i1 on", BOB + " i2 off");
        list(usage, 2, false, ALICE + " i1 dim");
        assertThat(usage.refreshes).isEqualTo(1);
        assertThat(state(made.id(), ALICE)).isEqualTo("dim");
        list(usage, 3, true, ALICE + " i1 dim", BOB + " i2 bright");
        assertThat(state(made.id(), BOB)).isEqualTo("bright");
        assertThat(rig.subscriptions().figures().healed()).isEqualTo(1);
        list(usage, 3, false, ALICE + " i1 old");
        assertThat(state(made.id(), ALICE)).isEqualTo("dim");
        assertThat(rig.subscriptions().figures().stale()).isEqualTo(1);
    }

    @Test
    void afterAnotherSubscriptionWhatIsTheSameIsNoChange() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB);
        list(rig.notifiers.last().accept(), 0, true, ALICE + " i1 on", BOB + " i2 off");
        rig.notifiers.last().ended(UsageEvent.Why.REFRESH_FAILED, 481);
        assertThat(rig.notifiers.sent).hasSize(2);
        list(rig.notifiers.last().accept(), 0, true, ALICE + " j1 on", BOB + " j2 off");
        assertThat(rig.changes).hasSize(2);
        assertThat(rig.info(made.id()).resources()).allMatch(each -> each.instances().size() == 1);
    }

    @Test
    void aListThatCannotBeReadHurtsNothing() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB);
        FakeUsage usage = rig.notifiers.last().accept();
        list(usage, 0, true, ALICE + " i1 on");
        usage.active("d1", "multipart/related;type=\"application/rlmi+xml\";boundary=x", "--y\r\nnothing");
        assertThat(rig.subscriptions().figures().broken()).isEqualTo(1);
        list(usage, 1, false, ALICE + " i1 off");
        assertThat(state(made.id(), ALICE)).isEqualTo("off");
    }

    @Test
    void otherEntriesAreAnotherList() {
        String carol = "sip:carol@example.com";
        SubscriptionInfo made = rig.create("x-lamp", ALICE, BOB, carol);
        FakeUsage first = rig.notifiers.last().accept();
        list(first, 0, true, ALICE + " i1 on", BOB + " i2 on", carol + " i3 on");
        List<Resource> two = List.of(new Resource(ALICE, null), new Resource(BOB, null));
        Rig.done(rig.subscriptions().change(made.id(), new SubscriptionEdit(two, null, null)));
        assertThat(first.ended).isTrue();
        assertThat(rig.notifiers.sent).hasSize(2);
        assertThat(rig.notifiers.last().list()).contains(ALICE, BOB).doesNotContain(carol);
        assertThat(rig.info(made.id()).resources()).extracting(ResourceInfo::uri).containsExactly(ALICE, BOB);
        list(rig.notifiers.last().accept(), 0, true, ALICE + " k1 on", BOB + " k2 off");
        assertThat(rig.changes).extracting(StateChange::resource).containsExactly(ALICE, BOB, carol, BOB);
    }

    @Test
    void oneByOneThoseThatStayKeepTheirSubscriptions() {
        SubscriptionInfo made = Rig.done(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, ALICE, BOB)));
        FakeUsage alice = rig.notifiers.sent.get(0).accept().active("on");
        FakeUsage bob = rig.notifiers.sent.get(1).accept().active("on");
        Rig.done(rig.subscriptions().change(made.id(), new SubscriptionEdit(List.of(new Resource("sip:carol@example.com", null),
                new Resource(ALICE, null)), null, null)));
        assertThat(alice.ended).isFalse();
        assertThat(bob.ended).isTrue();
        assertThat(rig.notifiers.targets()).containsExactly(ALICE, BOB, "sip:carol@example.com");
        assertThat(rig.subscriptions().figures().resources()).isEqualTo(2);
        alice.active("off");
        assertThat(state(made.id(), ALICE)).isEqualTo("off");
    }
}
