package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Registration;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code reg}: who is registered where (RFC 3680). */
final class RegPackage extends VersionedPackage<RegInfo> {

    private static final Rows.Kind<Contact> CONTACTS = new Rows.Kind<>(Contact::id, each -> !each.active(), RegPackage::same,
            each -> each.terminated(RegInfo.Event.UNREGISTERED));

    RegPackage() {
        super("reg", RegInfo.class, RegInfo.TYPE, 3761, RegDocument.NS, "reginfo");
    }

    @Override
    RegInfo read(XmlNode root) throws XmlException {
        return RegDocument.read(root);
    }

    @Override
    boolean isFull(RegInfo said) {
        return !said.partial();
    }

    @Override
    Merged<RegInfo> merge(RegInfo before, RegInfo said) throws XmlException {
        Map<String, Registration> known = new LinkedHashMap<>();
        if (before != null) {
            before.registrations().forEach(each -> known.put(each.id(), each));
        }
        Map<String, Registration> rows = said.partial() ? new LinkedHashMap<>(known) : new LinkedHashMap<>();
        List<Registration> changed = new ArrayList<>();
        for (Registration each : joined(said.registrations())) {
            Registration was = known.remove(each.id());
            Rows<Contact> contacts = Rows.merge(CONTACTS, was == null ? List.of() : was.contacts(), was == null ? List.of() : was.ended(),
                    each.contacts(), !said.partial());
            boolean header = was == null || was.state() != each.state() || !was.aor().equals(each.aor())
                    || !was.extensions().equals(each.extensions());
            if (header || !contacts.changed().isEmpty()) {
                changed.add(new Registration(each.aor(), each.id(), each.state(), contacts.changed(), each.extensions(), List.of()));
            }
            rows.put(each.id(), new Registration(each.aor(), each.id(), each.state(), contacts.rows(), each.extensions(), contacts.ended()));
        }
        if (rows.values().stream().mapToInt(each -> each.contacts().size() + 1).sum() > Rows.MOST) {
            throw new XmlException("more than " + Rows.MOST + " at one time", "", 0, 0);
        }
        if (!said.partial()) {
            known.values().forEach(gone -> changed.add(new Registration(gone.aor(), gone.id(), RegInfo.State.TERMINATED,
                    gone.contacts().stream().map(CONTACTS.asEnded()).toList())));
        }
        return new Merged<>(new RegInfo(said.version(), false, List.copyOf(rows.values())), new RegInfo(said.version(), true, changed),
                !changed.isEmpty() || before == null);
    }

    /** A document that has an id twice means one table. */
    private static List<Registration> joined(List<Registration> said) {
        Map<String, Registration> byId = new LinkedHashMap<>();
        for (Registration each : said) {
            byId.merge(each.id(), each, (one, more) -> {
                List<Contact> contacts = new ArrayList<>(one.contacts());
                contacts.addAll(more.contacts());
                return new Registration(more.aor(), more.id(), more.state(), contacts, more.extensions(), List.of());
            });
        }
        return List.copyOf(byId.values());
    }

    /** Times run on without anything happening. */
    private static boolean same(Contact one, Contact other) {
        return timeless(one).equals(timeless(other));
    }

    private static Contact timeless(Contact contact) {
        return new Contact(contact.id(), contact.active(), contact.event(), contact.uri(), contact.displayName(), null, null, null, contact.callId(),
                contact.cseq(), contact.q(), contact.parameters(), contact.extensions());
    }
}
