package io.github.camelvoice.engine;

import io.github.camelvoice.outbound.Overrides;
import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.TargetException;
import io.github.camelvoice.outbound.TargetPolicy;
import java.util.function.Consumer;

/** What is said early about the URL of a callback; its name is looked up when it is delivered. */
record CallbackUrls(TargetPolicy policy) implements Consumer<String> {

    @Override
    public void accept(String url) {
        try {
            policy.parse(Overrides.split(url).url(), Schemes.HTTP, true);
        } catch (TargetException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }
}
