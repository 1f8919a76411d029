package io.github.camelvoice.speech;

import io.github.camelvoice.outbound.HttpCaller;
import io.github.camelvoice.runtime.Timers;
import java.util.function.Supplier;

/** Which speech an engine has; made when the engine is. */
@FunctionalInterface
public interface SpeechMaker {

    /** espeak-ng, where it is installed. */
    SpeechMaker ESPEAK_NG = (timers, http) -> new EspeakNg(timers);

    /** None. */
    SpeechMaker NONE = (timers, http) -> Speech.NONE;

    /** @param http the one HTTP client, made when it is asked for */
    Speech make(Timers timers, Supplier<HttpCaller> http);

    /** A server. @param url http or https */
    static SpeechMaker server(String url) {
        return (timers, http) -> new HttpSpeech(http, url);
    }

    /** One that there is already; closed with the engine. */
    static SpeechMaker of(Speech speech) {
        return (timers, http) -> speech;
    }
}
