package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.store.memory.MemoryStore;
import java.time.Duration;

/** From the component's options to the archive of its calls. */
final class Archives {

    private static final Duration LEAST_RETENTION = Duration.ofMinutes(1);
    private static final int MEMORY_CALLS = 10_000;
    private static final long MEMORY_BYTES = 64L << 20;

    private Archives() {
    }

    /**
     * @return null where nothing is kept
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static CallArchive of(VoiceComponent component) {
        String folder = Arguments.blankToNull(component.getDataDir());
        Duration retention = Duration.ofMillis(component.getRetention());
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("retention must be 1 minute or more: " + component.getRetention() + " ms");
        }
        return switch (component.getStore()) {
            case "memory" -> memory(component, folder, retention);
            default -> throw new IllegalArgumentException("store has no value '" + component.getStore() + "'; there are [memory, h2, jdbc]");
        };
    }

    private static CallArchive memory(VoiceComponent component, String folder, Duration retention) {
        refuse("memory", "dataDir", folder);
        refuse("memory", "dataSource", component.getDataSource());
        if (!component.isCapture()) {
            return null;
        }
        MemoryStore store = new MemoryStore(MEMORY_CALLS, MEMORY_BYTES);
        return new CallArchive(store, new MemoryLog(store, EngineClock.SYSTEM, retention), EngineClock.SYSTEM);
    }

    private static void refuse(String store, String option, Object value) {
        if (value != null) {
            throw new IllegalArgumentException("store=" + store + " has no " + option + ": it belongs to "
                    + (option.equals("dataDir") ? "store=h2 and store=jdbc" : "store=jdbc"));
        }
    }
}
