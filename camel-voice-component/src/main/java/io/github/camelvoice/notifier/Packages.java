package io.github.camelvoice.notifier;

import java.util.Locale;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The packages that are served: the standard ones, and those that somebody publishes in. Thread-safe. */
final class Packages {

    private final ConcurrentMap<String, ServedPackage> byName = new ConcurrentSkipListMap<>();

    Packages() {
        ServedPackage.STANDARD.forEach(each -> byName.put(each.name(), each));
    }

    /** @return null if it is not served */
    ServedPackage find(String name) {
        return byName.get(name);
    }

    /** Serves a package from now on. @throws IllegalArgumentException if this is no name of a package */
    ServedPackage serve(String event) {
        String name = event == null ? "" : event.trim().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9!%*_+`'~.-]{1,64}")) {
            throw new IllegalArgumentException("not the name of an event package: " + name.replaceAll("\\p{Cntrl}", "?"));
        }
        if (name.equals("refer")) {
            throw new IllegalArgumentException("refer is told in the calls that it is about, it cannot be published");
        }
        return byName.computeIfAbsent(name, ServedPackage::published);
    }

    /** Value of Allow-Events. */
    String names() {
        return String.join(", ", byName.keySet());
    }
}
