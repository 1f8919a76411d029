package io.github.camelvoice.account;

import io.github.camelvoice.call.spi.Locator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds registered users for calls: {@code sip:alice@} one of our own names. Thread-safe. */
public final class UserLocator implements Locator {

    private static final Pattern URI = Pattern.compile("(?i)sips?:([^@:;?]+)@([^;?]+)(;.*)?");

    private final Registrar registrar;
    private final Supplier<Set<String>> names;

    /** @param names hosts, and hosts with ports, that are ours; in lower case */
    public UserLocator(Registrar registrar, Supplier<Set<String>> names) {
        this.registrar = registrar;
        this.names = names;
    }

    @Override
    public List<Reached> find(String target) {
        Matcher uri = URI.matcher(target);
        if (!uri.matches() || !registrar.knows(uri.group(1)) || !names.get().contains(uri.group(2).toLowerCase(Locale.ROOT))) {
            return null;
        }
        return registrar.find(uri.group(1)).stream().map(binding -> new Reached(binding.target(), binding.path())).toList();
    }
}
