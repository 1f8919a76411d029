package io.github.camelvoice.document;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Fetches documents. Thread-safe; nothing here waits. */
@FunctionalInterface
public interface DocumentSource {

    /**
     * POSTs the request's JSON.
     *
     * @param url http or https; user and password in it are for Basic authentication
     * @return the text of the answer. Fails with an exception whose message may be told to people. Dependants must be quick
     */
    CompletionStage<String> fetch(URI url, String json);
}
