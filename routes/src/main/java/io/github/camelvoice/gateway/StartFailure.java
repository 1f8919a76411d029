package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.EngineStartException;
import org.apache.camel.FailedToCreateRouteException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** From whatever Camel wrapped it in to the one line that a person needs. */
final class StartFailure {

    private StartFailure() {
    }

    /** @return a {@link SettingException} where the cause is known to be the user's to put right, else the failure itself */
    static Exception explain(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException known) {
                return known;
            }
            if (cause instanceof EngineStartException || cause instanceof FailedToCreateRouteException) {
                return new SettingException(cause.getMessage(), failure);
            }
            if (cause instanceof YamlEngineException) {
                return new SettingException(oneLine(cause == failure ? cause.getMessage() : failure.getMessage() + ": " + cause.getMessage()),
                        failure);
            }
        }
        return failure;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
