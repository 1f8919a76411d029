package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.store.StoreException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.dsl.yaml.common.exception.YamlDeserializationException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** From whatever Camel wrapped it in to the one line that a person needs. */
final class StartFailure {

    private StartFailure() {
    }

    /** @return a {@link SettingException} where the cause is known to be the user's to put right, else the failure itself */
    static Exception explain(Exception failure) {
        Throwable known = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException setting) {
                return setting;
            }
            if (cause instanceof StoreException) {
                return SettingException.of(Setting.DATA_DIR, "cannot be used: " + oneLine(cause));
            }
            // An engine that cannot start says more than the route that wanted it; a route names its file, which its cause does not.
            if (cause instanceof EngineStartException || known == null && isOfRoutes(cause)) {
                known = cause;
            }
        }
        return known == null ? failure : new SettingException(oneLine(known), failure);
    }

    private static boolean isOfRoutes(Throwable cause) {
        return cause instanceof FailedToCreateRouteException || cause instanceof FailedToStartRouteException
                || cause instanceof YamlDeserializationException || cause instanceof YamlEngineException;
    }

    /** YAML errors draw the place over several lines; where it is stands in words as well. */
    private static String oneLine(Throwable cause) {
        return cause.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
