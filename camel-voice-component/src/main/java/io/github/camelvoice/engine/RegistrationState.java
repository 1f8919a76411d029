package io.github.camelvoice.engine;

import io.github.camelvoice.account.Binding;
import io.github.camelvoice.account.BindingChange;
import io.github.camelvoice.account.RegistrationListener;
import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.subscription.state.RegInfo;
import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Registration;
import io.github.camelvoice.subscription.state.RegInfo.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the registrar knows, for those who watch our users: the package {@code reg} (RFC 3680). */
final class RegistrationState implements RegistrationListener {

    private static final String PACKAGE = "reg";

    private final Notifier notifier;
    private final UnaryOperator<String> aors;

    /** @param aors address of record of a user that has not registered */
    RegistrationState(Notifier notifier, UnaryOperator<String> aors) {
        this.notifier = notifier;
        this.aors = aors;
    }

    @Override
    public void known(String user) {
        publish(user, new Registration(aors.apply(user), user, State.INIT, List.of()));
    }

    @Override
    public void forgotten(String user) {
        publish(user, new Registration(aors.apply(user), user, State.TERMINATED, List.of()));
    }

    @Override
    public void changed(String user, List<Binding> bindings, List<BindingChange> changes) {
        Map<String, BindingChange.Event> events = new HashMap<>();
        changes.forEach(change -> events.put(change.binding().id(), change.event()));
        List<Contact> contacts = new ArrayList<>();
        for (Binding binding : bindings) {
            contacts.add(contact(binding, events.getOrDefault(binding.id(), BindingChange.Event.REGISTERED)));
        }
        changes.stream().filter(change -> change.event().isEnd()).forEach(change -> contacts.add(contact(change.binding(), change.event())));
        String aor = bindings.isEmpty() ? changes.get(0).binding().aor() : bindings.get(0).aor();
        publish(user, new Registration(aor, user, bindings.isEmpty() ? State.TERMINATED : State.ACTIVE, contacts));
    }

    private static Contact contact(Binding binding, BindingChange.Event event) {
        Contact contact = Contact.of(binding.id(), !event.isEnd(), RegInfo.Event.valueOf(event.name()), binding.contact());
        // Who subscribes later is told this very document: seconds would be wrong by then. The RFC demands them of a shortened one.
        Contact timed = event == BindingChange.Event.SHORTENED ? contact.withTimes((long) binding.expires(), null) : contact;
        String quality = binding.quality() == 1000 ? null : String.format(Locale.ROOT, "0.%03d", binding.quality());
        return timed.withRegister(binding.callId(), binding.sequence(), quality, null, Map.of());
    }

    private void publish(String user, Registration registration) {
        notifier.publish(PACKAGE, user, new RegInfo(0, false, List.of(registration)), 0);
    }
}
