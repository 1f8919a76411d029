package io.github.camelvoice.engine;

import io.github.camelvoice.document.DocumentSource;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.Outbound;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Documents of the web: POST, 64 kB at most, within the time-outs of the one HTTP client. */
final class WebDocuments implements DocumentSource {

    private final Outbound outbound;

    WebDocuments(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public CompletionStage<String> fetch(URI url, String json) {
        HttpCall call = HttpCall.post(url.toString(), "application/json", json.getBytes(StandardCharsets.UTF_8)).withCredentials(true)
                .withHeader("Accept", "application/json, application/yaml, text/x-yaml");
        return outbound.http().call(call).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw new CompletionException(new IOException("it answered " + answer.status()));
            }
            return answer.text();
        });
    }
}
