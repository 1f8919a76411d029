package io.github.camelvoice.engine;

import io.github.camelvoice.sip.stack.Bindings;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Under which hosts, with and without port, others know this engine: its addresses and its domains. Thread-safe. */
final class OwnNames implements Supplier<Set<String>> {

    private final Supplier<Bindings> bindings;
    private final Collection<String> domains;
    private volatile Set<String> names;

    /** @param bindings valid once the engine has started */
    OwnNames(Supplier<Bindings> bindings, Collection<String> domains) {
        this.bindings = bindings;
        this.domains = domains;
    }

    /** In lower case. */
    @Override
    public Set<String> get() {
        Set<String> known = names;
        if (known == null) {
            known = collect(bindings.get());
            names = known;
        }
        return known;
    }

    /** Our addresses alone, without ports and domains. */
    Set<String> hosts() {
        Bindings bound = bindings.get();
        Set<String> hosts = new HashSet<>();
        hosts.add(bound.host().toLowerCase(Locale.ROOT));
        hosts.add(bound.advertisedHost().toLowerCase(Locale.ROOT));
        return hosts;
    }

    private Set<String> collect(Bindings bound) {
        Set<String> all = new HashSet<>(domains);
        domains.forEach(domain -> all.add(domain + ":" + bound.advertisedPort("udp")));
        add(all, bound.host(), bound.port(), bound.tlsPort());
        add(all, bound.advertisedHost(), bound.advertisedPort("udp"), bound.advertisedPort("tls"));
        if (bound.host().startsWith("127.") || bound.host().equals("0.0.0.0")) {
            add(all, "localhost", bound.port(), bound.tlsPort());
        }
        return Set.copyOf(all);
    }

    private static void add(Set<String> all, String host, int port, int tlsPort) {
        String name = (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT);
        if (port == 5060) {
            all.add(name);
        }
        all.add(name + ":" + port);
        if (tlsPort > 0) {
            all.add(name + ":" + tlsPort);
        }
    }
}
