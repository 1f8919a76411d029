package io.github.camelvoice.webhook;

import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.RegInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Dialogs and contacts that ended are told once and are no part of the whole state after that: who skips documents gets them with the next one. */
final class Endings {

    private Endings() {
    }

    /** Whether something ends in this part of a state. */
    static boolean in(EventState changed) {
        if (changed instanceof DialogInfo dialogs) {
            return dialogs.dialogs().stream().anyMatch(each -> each.state() == DialogInfo.State.TERMINATED);
        }
        return changed instanceof RegInfo info && info.registrations().stream()
                .anyMatch(each -> each.state() == RegInfo.State.TERMINATED || each.contacts().stream().anyMatch(contact -> !contact.active()));
    }

    /**
     * The state, with what ended meanwhile.
     *
     * @param passed parts of states that nobody saw, in their order
     */
    static EventState with(EventState full, List<EventState> passed) {
        if (full instanceof DialogInfo dialogs) {
            return dialogs(dialogs, passed);
        }
        return full instanceof RegInfo registrations ? registrations(registrations, passed) : full;
    }

    private static EventState dialogs(DialogInfo full, List<EventState> passed) {
        Map<String, DialogInfo.Dialog> ended = new LinkedHashMap<>();
        for (EventState each : passed) {
            if (each instanceof DialogInfo info) {
                info.dialogs().stream().filter(dialog -> dialog.state() == DialogInfo.State.TERMINATED)
                        .forEach(dialog -> ended.put(dialog.id(), dialog));
            }
        }
        full.dialogs().forEach(dialog -> ended.remove(dialog.id()));
        List<DialogInfo.Dialog> all = new ArrayList<>(full.dialogs());
        all.addAll(ended.values());
        return new DialogInfo(full.version(), full.partial(), full.entity(), all, full.extensions(), full.ended());
    }

    private static EventState registrations(RegInfo full, List<EventState> passed) {
        Map<String, RegInfo.Registration> all = new LinkedHashMap<>();
        full.registrations().forEach(each -> all.put(each.id(), each));
        for (int i = passed.size() - 1; i >= 0; i--) {
            if (passed.get(i) instanceof RegInfo info) {
                info.registrations().forEach(each -> all.merge(each.id(), ended(each), Endings::both));
            }
        }
        all.values().removeIf(each -> each.contacts().isEmpty() && full.registrations().stream().noneMatch(known -> known.id().equals(each.id()))
                && each.state() != RegInfo.State.TERMINATED);
        return new RegInfo(full.version(), full.partial(), List.copyOf(all.values()));
    }

    private static RegInfo.Registration ended(RegInfo.Registration registration) {
        return with(registration, registration.contacts().stream().filter(contact -> !contact.active()).toList());
    }

    private static RegInfo.Registration both(RegInfo.Registration newer, RegInfo.Registration older) {
        Set<String> known = new HashSet<>();
        List<RegInfo.Contact> contacts = new ArrayList<>(newer.contacts());
        contacts.forEach(each -> known.add(each.id()));
        older.contacts().stream().filter(each -> known.add(each.id())).forEach(contacts::add);
        return with(newer, contacts);
    }

    private static RegInfo.Registration with(RegInfo.Registration registration, List<RegInfo.Contact> contacts) {
        return new RegInfo.Registration(registration.aor(), registration.id(), registration.state(), contacts, registration.extensions(),
                registration.ended());
    }
}
