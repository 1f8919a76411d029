package io.github.camelvoice.subscription.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Registration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a notifier, with documents lost, doubled and late: whatever happens, after the full state that a gap asks for everybody knows
 * the truth, and where nothing was lost it is known all the time. Somebody who hears only what changed knows it too.
 */
class HealingTest {

    private static final int STEPS = 400;

    /** A notifier's side: things with ids and a value each, and documents of them. */
    private interface Source {
        String event();

        String type();

        String full(long version, Map<String, Integer> truth);

        /** @param values null for things that are over */
        String partial(long version, Map<String, Integer> values);

        Map<String, Integer> known(EventState state);
    }

    private static final Source DIALOGS = new Source() {
        @Override
        public String event() {
            return "dialog";
        }

        @Override
        public String type() {
            return DialogInfo.TYPE;
        }

        private List<Dialog> dialogs(Map<String, Integer> values) {
            List<Dialog> dialogs = new ArrayList<>();
            values.forEach((id, value) -> dialogs.add(value == null ? Dialog.of(id, DialogInfo.State.TERMINATED)
                    : Dialog.of(id, DialogInfo.State.CONFIRMED).withState(DialogInfo.State.CONFIRMED, null, 200 + value)));
            return dialogs;
        }

        @Override
        public String full(long version, Map<String, Integer> truth) {
            return new DialogInfo(version, false, "sip:x@y", dialogs(truth)).document();
        }

        @Override
        public String partial(long version, Map<String, Integer> values) {
            return new DialogInfo(version, true, "sip:x@y", dialogs(values)).document();
        }

        @Override
        public Map<String, Integer> known(EventState state) {
            return new TreeMap<>(((DialogInfo) state).dialogs().stream()
                    .collect(Collectors.toMap(Dialog::id, each -> each.state() == DialogInfo.State.TERMINATED ? -1 : each.code() - 200)));
        }
    };

    private static final Source CONTACTS = new Source() {
        @Override
        public String event() {
            return "reg";
        }

        @Override
        public String type() {
            return RegInfo.TYPE;
        }

        private List<Registration> registrations(Map<String, Integer> values) {
            return new TreeSet<>(values.keySet()).stream().map(id -> id.substring(0, 1)).distinct().map(aor -> new Registration("sip:" + aor + "@x",
                    aor, RegInfo.State.ACTIVE,
                    values.entrySet().stream().filter(each -> each.getKey().startsWith(aor)).map(each -> each.getValue() == null
                            ? Contact.of(each.getKey(), false, RegInfo.Event.EXPIRED, "sip:" + each.getKey() + "@y")
                            : Contact.of(each.getKey(), true, RegInfo.Event.REFRESHED, "sip:" + each.getKey() + "@y").withRegister("c",
                                    (long) each.getValue(), null, null, Map.of())).toList())).toList();
        }

        @Override
        public String full(long version, Map<String, Integer> truth) {
            return new RegInfo(version, false, registrations(truth)).document();
        }

        @Override
        public String partial(long version, Map<String, Integer> values) {
            return new RegInfo(version, true, registrations(values)).document();
        }

        @Override
        public Map<String, Integer> known(EventState state) {
            return new TreeMap<>(((RegInfo) state).registrations().stream().flatMap(each -> each.contacts().stream())
                    .collect(Collectors.toMap(Contact::id, each -> each.active() ? each.cseq().intValue() : -1)));
        }
    };

    private static final Source USERS = new Source() {
        @Override
        public String event() {
            return "conference";
        }

        @Override
        public String type() {
            return ConferenceInfo.TYPE;
        }

        private String document(long version, String state, Map<String, Integer> values) {
            StringBuilder users = new StringBuilder("<users state='" + state + "'>");
            values.forEach((id, value) -> users.append("<user entity='sip:").append(id).append(value == null ? "' state='deleted'/>"
                    : "' state='full'><display-text>" + value + "</display-text></user>"));
            return ConferencePackageTest.doc((int) version, state, users + "</users>");
        }

        @Override
        public String full(long version, Map<String, Integer> truth) {
            return document(version, "full", truth);
        }

        @Override
        public String partial(long version, Map<String, Integer> values) {
            return document(version, "partial", values);
        }

        @Override
        public Map<String, Integer> known(EventState state) {
            return new TreeMap<>(((ConferenceInfo) state).users().stream()
                    .collect(Collectors.toMap(each -> each.entity().substring(4), each -> each.gone() ? -1 : Integer.parseInt(each.displayText()))));
        }
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dialogs(long seed) {
        history(DIALOGS, new Random(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void contacts(long seed) {
        history(CONTACTS, new Random(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void users(long seed) {
        history(USERS, new Random(seed));
    }

    private static void history(Source source, Random random) {
        EventPackage known = EventPackages.of(source.event());
        Map<String, Integer> truth = new TreeMap<>();
        EventState state = null;
        EventState follower = null;
        boolean intact = false;
        boolean asked = true;
        int healed = 0;
        List<String> sent = new ArrayList<>();
        for (long version = 0; version < STEPS; version++) {
            Map<String, Integer> change = change(truth, random);
            boolean full = asked || random.nextInt(20) == 0;
            String document = full ? source.full(version, truth) : source.partial(version, change);
            Schemas.mustBeValid(source.type(), document);
            sent.add(document);
            asked = false;
            int fate = random.nextInt(20);
            if (fate == 0 && !full) {
                intact = false;
                continue;
            }
            String heard = fate == 1 && sent.size() > 5 ? sent.get(sent.size() - 2 - random.nextInt(3)) : null;
            for (String each : heard == null ? List.of(document) : List.of(document, heard)) {
                StateMerge merge = known.merge(state, source.type(), each.getBytes(StandardCharsets.UTF_8));
                if (merge instanceof StateMerge.Applied applied) {
                    assertThat(each).as("what is late is not applied").isEqualTo(document);
                    Map<String, Integer> before = state == null ? null : source.known(state);
                    state = applied.full();
                    healed += full && !intact && version > 0 ? 1 : 0;
                    intact |= full;
                    if (intact) {
                        assertThat(source.known(state)).as("version " + version).isEqualTo(truth);
                        assertThat(before != null && !before.equals(truth)).as("told if and only if it changed").satisfiesAnyOf(
                                changed -> assertThat(changed).isEqualTo(applied.isNew()), changed -> assertThat(applied.isNew()).isTrue());
                    }
                    follower = follow(known, source, follower, applied.changed());
                } else if (merge instanceof StateMerge.Gap gap) {
                    assertThat(intact).as("a gap only where something was lost").isFalse();
                    state = gap.full();
                    follower = follow(known, source, follower, gap.changed());
                    asked = true;
                } else {
                    assertThat(merge).isInstanceOf(StateMerge.Stale.class);
                    assertThat(each).isNotEqualTo(document);
                }
            }
            if (intact) {
                assertThat(source.known(follower)).as("who hears what changed, version " + version).isEqualTo(truth);
                Schemas.mustBeValid(source.type(), state.document());
            }
        }
        assertThat(healed).as("there was something to heal").isPositive();
    }

    private static EventState follow(EventPackage known, Source source, EventState follower, EventState changed) {
        Schemas.mustBeValid(source.type(), changed.document());
        StateMerge merge = known.merge(follower, source.type(), changed.document().getBytes(StandardCharsets.UTF_8));
        return merge instanceof StateMerge.Applied applied ? applied.full() : merge instanceof StateMerge.Gap gap ? gap.full() : follower;
    }

    /** Some things come, change or go. */
    private static Map<String, Integer> change(Map<String, Integer> truth, Random random) {
        Map<String, Integer> change = new TreeMap<>();
        Set<String> alive = Set.copyOf(truth.keySet());
        for (int i = random.nextInt(4); i >= 0; i--) {
            String id = (random.nextBoolean() ? "a" : "b") + random.nextInt(12);
            if (alive.contains(id) && random.nextInt(3) == 0) {
                truth.remove(id);
                change.put(id, null);
            } else {
                int value = 1 + random.nextInt(400);
                truth.put(id, value);
                change.put(id, value);
            }
        }
        return change;
    }
}
