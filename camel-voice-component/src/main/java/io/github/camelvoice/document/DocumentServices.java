package io.github.camelvoice.document;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.Executor;

/**
 * What executions need of their surroundings.
 *
 * @param reader  makes documents of text
 * @param pool    threads of the executions, which never wait
 * @param project name of the project that the calls belong to
 */
public record DocumentServices(Reader reader, DocumentSource documents, MediaSources media, TapPort taps, StatusPort status, Executor pool,
                               EngineClock clock, Timers timers, Ids ids, String project) {

    /** Makes a document of text, whatever its syntax. */
    @FunctionalInterface
    public interface Reader {
        /** @param name where the text came from, for log lines */
        Document read(String name, String text) throws DocumentException;
    }
}
