package io.github.camelvoice.subscription.state;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What it costs to take in a NOTIFY: read, merged and compared. Run by hand: {@code java … io.github.camelvoice.subscription.state.MergeBench}.
 */
public final class MergeBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 50_000;
    private static final int STATES = 10_000;

    private MergeBench() {
    }

    public static void main(String[] arguments) {
        cost("dialog", DialogInfo.TYPE, version -> new DialogInfo(version, true, "sip:alice@example.com", List.of(dialog(version))).document());
        cost("dialog, full of 20", DialogInfo.TYPE, version -> {
            List<DialogInfo.Dialog> dialogs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                dialogs.add(dialog(version + i));
            }
            return new DialogInfo(version, false, "sip:alice@example.com", dialogs).document();
        });
        cost("reg", RegInfo.TYPE, version -> new RegInfo(version, false, List.of(new RegInfo.Registration("sip:bob@example.com", "r",
                RegInfo.State.ACTIVE, List.of(RegInfo.Contact.of("c", true, version % 2 == 0 ? RegInfo.Event.REFRESHED : RegInfo.Event.CREATED,
                        "sip:bob@10.0.0.1:5060").withTimes(3600L, 10L))))).document());
        cost("presence", Presence.TYPE, version -> new Presence("sip:bob@example.com", List.of(Presence.Tuple.of("t", version % 2 == 0
                ? Presence.Basic.OPEN : Presence.Basic.CLOSED, "sip:bob@example.com")), List.of(), List.of()).document());
        cost("message-summary", MessageSummary.TYPE, version -> MessageSummary.voice("sip:bob@example.com", version, 3).document());
        memory();
    }

    private static DialogInfo.Dialog dialog(int number) {
        return DialogInfo.Dialog.of("d" + number % 40, number % 3 == 2 ? DialogInfo.State.TERMINATED : DialogInfo.State.CONFIRMED)
                .withCall("a84b4c76e66710" + number % 40, "1928301774", "456887766", DialogInfo.Direction.INITIATOR)
                .withParties(DialogInfo.Party.of("sip:alice@example.com", "Alice", "sip:alice@10.0.0.1"),
                        DialogInfo.Party.of("sip:bob@example.com", "Bob", "sip:bob@10.0.0.2"));
    }

    private static void cost(String name, String type, IntFunction<String> documents) {
        EventPackage known = EventPackages.of(name.contains(",") ? name.substring(0, name.indexOf(',')) : name);
        List<byte[]> bodies = new ArrayList<>();
        for (int version = 0; version < WARM_UP + ROUNDS; version++) {
            bodies.add(documents.apply(version).getBytes(StandardCharsets.UTF_8));
        }
        EventState state = null;
        long begun = 0;
        for (int version = 0; version < bodies.size(); version++) {
            begun = version == WARM_UP ? THREADS.getCurrentThreadCpuTime() : begun;
            StateMerge merge = known.merge(state, type, bodies.get(version));
            state = merge instanceof StateMerge.Applied applied ? applied.full() : merge instanceof StateMerge.Gap gap ? gap.full() : state;
        }
        System.out.printf("%-20s %5d bytes %7.1f us of CPU%n", name, bodies.get(WARM_UP).length,
                (THREADS.getCurrentThreadCpuTime() - begun) / 1_000.0 / ROUNDS);
    }

    private static void memory() {
        List<EventState> states = new ArrayList<>();
        long before = used();
        for (int i = 0; i < STATES; i++) {
            byte[] body = new DialogInfo(1, false, "sip:u" + i + "@example.com", List.of(dialog(0))).document().getBytes(StandardCharsets.UTF_8);
            states.add(((StateMerge.Applied) EventPackages.of("dialog").merge(null, DialogInfo.TYPE, body)).full());
        }
        System.out.printf("memory of a state with one dialog: %d bytes (%d states)%n", (used() - before) / STATES, states.size());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
