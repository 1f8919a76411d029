package io.github.camelvoice.document;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import java.net.URI;
import java.util.concurrent.Executor;

/**
 * What executions need of their surroundings.
 *
 * @param reader  makes documents of text
 * @param ports   what is beyond the call
 * @param pool    threads of the executions, which never wait
 * @param project name of the project that the calls belong to
 */
public record DocumentServices(Reader reader, DocumentSource documents, MediaSources media, TapPort taps, StatusPort status, DocumentPorts ports,
                               Executor pool, EngineClock clock, Timers timers, Ids ids, String project) {

    /** Makes a document of text, whatever its syntax. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param name where the text came from, for log lines
         * @param base its URL, null where it has none
         * @param role what it is for; only some instructions may be in a whisper
         */
        Document read(String name, URI base, String text, Role role) throws DocumentException;
    }
}
