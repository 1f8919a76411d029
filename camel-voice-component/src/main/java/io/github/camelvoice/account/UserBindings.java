package io.github.camelvoice.account;

import io.github.camelvoice.account.BindingChange.Event;
import io.github.camelvoice.account.spi.RegisterRequest;
import io.github.camelvoice.account.spi.RegisterRequest.Contact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The bindings of one user, and what a REGISTER makes of them (RFC 3261, section 10.3, steps 6 and 7): all of it or nothing. */
final class UserBindings {

    /** By preference; of equals the youngest first. */
    private static final Comparator<Binding> PREFERENCE = Comparator.comparingInt(Binding::quality).reversed()
            .thenComparing(Comparator.comparing(Binding::refreshedAt).reversed());

    private final RegistrarOptions options;
    private final Supplier<String> ids;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();

    /** A REGISTER that changes nothing. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        final int code;
        final String phrase;
        final int minExpires;

        Refusal(int code, String phrase, int minExpires) {
            super(phrase, null, false, false);
            this.code = code;
            this.phrase = phrase;
            this.minExpires = minExpires;
        }
    }

    UserBindings(RegistrarOptions options, Supplier<String> ids) {
        this.options = options;
        this.ids = ids;
    }

    List<Binding> all() {
        List<Binding> sorted = new ArrayList<>(bindings.values());
        sorted.sort(PREFERENCE);
        return sorted;
    }

    boolean isEmpty() {
        return bindings.isEmpty();
    }

    List<BindingChange> register(RegisterRequest request, Instant now, long nanos) throws Refusal {
        return request.wildcard() ? removeAll(request) : update(request, now, nanos);
    }

    private List<BindingChange> removeAll(RegisterRequest request) throws Refusal {
        if (request.expires() != 0 || request.contacts().size() > 0) {
            throw new Refusal(400, "An asterisk comes alone and with Expires 0", 0);
        }
        for (Binding binding : bindings.values()) {
            checkOrder(binding, request);
        }
        List<BindingChange> changes = new ArrayList<>();
        bindings.values().forEach(binding -> changes.add(new BindingChange(binding, Event.UNREGISTERED)));
        bindings.clear();
        return changes;
    }

    private List<BindingChange> update(RegisterRequest request, Instant now, long nanos) throws Refusal {
        Map<String, Binding> after = new LinkedHashMap<>(bindings);
        List<BindingChange> changes = new ArrayList<>();
        for (Contact contact : request.contacts()) {
            int expires = expires(contact, request);
            Binding before = after.get(contact.key());
            if (before != null) {
                checkOrder(before, request);
            }
            if (expires == 0) {
                if (before != null) {
                    after.remove(contact.key());
                    changes.add(new BindingChange(before, Event.UNREGISTERED));
                }
                continue;
            }
            for (Binding left : left(contact, request)) {
                checkOrder(left, request);
                after.remove(left.key());
                changes.add(new BindingChange(left, Event.UNREGISTERED));
            }
            Binding made = bound(before, contact, request, expires, now, nanos);
            after.put(contact.key(), made);
            changes.add(new BindingChange(made, event(before, made)));
        }
        makeRoom(after, changes, request);
        if (after.size() > options.maxContacts()) {
            throw new Refusal(403, "Too many contacts", 0);
        }
        bindings.clear();
        bindings.putAll(after);
        return changes;
    }

    /**
     * Where the device was before it came back with another address: the same flow (RFC 5626, section 6), or without flows the same
     * Call-ID, which a phone keeps until it starts anew. Not what this REGISTER names too.
     */
    private List<Binding> left(Contact contact, RegisterRequest request) {
        if (contact.instance().isEmpty()) {
            return List.of();
        }
        return bindings.values().stream().filter(b -> b.instance().equals(contact.instance()) && b.regId() == contact.regId()
                && (b.regId() > 0 || b.callId().equals(request.callId())) && isNot(b, request)).toList();
    }

    private static boolean isNot(Binding binding, RegisterRequest request) {
        return request.contacts().stream().noneMatch(c -> c.key().equals(binding.key()));
    }

    /** With too many contacts the oldest of the same device go: it has started anew, and they will never be refreshed. */
    private void makeRoom(Map<String, Binding> after, List<BindingChange> changes, RegisterRequest request) {
        List<Binding> old = bindings.values().stream().filter(b -> after.containsKey(b.key()) && isNot(b, request) && !b.instance().isEmpty()
                && request.contacts().stream().anyMatch(c -> c.instance().equals(b.instance()))).sorted(Comparator.comparing(Binding::refreshedAt)).toList();
        for (Binding each : old) {
            if (after.size() > options.maxContacts()) {
                after.remove(each.key());
                changes.add(new BindingChange(each, Event.UNREGISTERED));
            }
        }
    }

    private int expires(Contact contact, RegisterRequest request) throws Refusal {
        int asked = contact.expires() >= 0 ? contact.expires() : request.expires() >= 0 ? request.expires() : options.defaultExpires();
        if (asked > 0 && asked < options.minExpires()) {
            throw new Refusal(423, "Interval Too Brief", options.minExpires());
        }
        return Math.min(asked, options.maxExpires());
    }

    /** A REGISTER of the same Call-ID that comes late, or once more, changes nothing. */
    private static void checkOrder(Binding before, RegisterRequest request) throws Refusal {
        if (before.callId().equals(request.callId()) && request.sequence() <= before.sequence()) {
            throw new Refusal(500, "Out of order", 0);
        }
    }

    private Binding bound(Binding before, Contact contact, RegisterRequest request, int expires, Instant now, long nanos) {
        return new Binding(before == null ? ids.get() : before.id(), request.user(), request.aor(), contact.uri(), contact.key(), contact.target(),
                request.path(), contact.quality(), contact.instance(), contact.regId(), request.callId(), request.sequence(),
                request.transport(), request.source(), request.userAgent(), before == null ? now : before.registeredAt(), now, expires,
                nanos + expires * 1_000_000_000L);
    }

    private static Event event(Binding before, Binding made) {
        if (before == null) {
            return Event.REGISTERED;
        }
        return made.deadline() < before.deadline() ? Event.SHORTENED : Event.REFRESHED;
    }

    /** All of them, ended by us. */
    List<BindingChange> drop() {
        List<BindingChange> changes = bindings.values().stream().map(binding -> new BindingChange(binding, Event.DEACTIVATED)).toList();
        bindings.clear();
        return changes;
    }

    /** Those whose time is over. */
    List<BindingChange> expire(long nanos) {
        List<BindingChange> changes = new ArrayList<>();
        bindings.values().removeIf(binding -> {
            boolean over = binding.deadline() - nanos <= 0;
            if (over) {
                changes.add(new BindingChange(binding, Event.EXPIRED));
            }
            return over;
        });
        return changes;
    }

    /** Nanoseconds from now until the next one is over; {@link Long#MAX_VALUE} if there is none. */
    long nextEnd(long nanos) {
        return bindings.values().stream().mapToLong(binding -> Math.max(0, binding.deadline() - nanos)).min().orElse(Long.MAX_VALUE);
    }
}
