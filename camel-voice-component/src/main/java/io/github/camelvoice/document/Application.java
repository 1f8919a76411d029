package io.github.camelvoice.document;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The applications that say what happens to calls, asked with form parameters. Thread-safe; nothing here waits. */
public interface Application {

    /** Where there is none. */
    Application NONE = new Application() {
        @Override
        public <T> CompletionStage<T> ask(Ask ask, Reader<T> reader) {
            return CompletableFuture.failedFuture(new ApplicationException(11200, "there are no applications here"));
        }
    };

    /**
     * Asks, and the fallback where the first fails or its answer cannot be read.
     *
     * @return fails with {@link ApplicationException}, or with {@link DocumentException} where the last answer could not be read
     */
    <T> CompletionStage<T> ask(Ask ask, Reader<T> reader);

    /** Makes something of an answer. */
    @FunctionalInterface
    interface Reader<T> {
        /**
         * @param url       where it came from in the end
         * @param mediaType without parameters, in lower case; empty where there is none
         * @param text      empty for an answer without a body
         */
        T read(String url, String mediaType, String text) throws DocumentException;
    }
}
