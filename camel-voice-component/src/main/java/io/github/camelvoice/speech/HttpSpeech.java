package io.github.camelvoice.speech;

import io.github.camelvoice.outbound.HttpAnswer;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpCaller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Speech of a server: it gets the text as {@code text/plain} by POST, with {@code Content-Language} and, where one is named, {@code X-Voice},
 * and answers with a WAV file.
 */
public final class HttpSpeech implements Speech {

    private static final HttpCall.Times TIMES = new HttpCall.Times(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final Supplier<HttpCaller> http;
    private final String url;
    private final HttpCall.Times times;

    /** @param url where it listens; what policy there is for outbound connections holds for it too */
    public HttpSpeech(Supplier<HttpCaller> http, String url) {
        this(http, url, TIMES);
    }

    HttpSpeech(Supplier<HttpCaller> http, String url, HttpCall.Times times) {
        this.http = http;
        this.url = url;
        this.times = times;
    }

    @Override
    public CompletionStage<byte[]> speak(Utterance utterance) {
        HttpCall call = HttpCall.post(url, "text/plain; charset=utf-8", utterance.text().getBytes(StandardCharsets.UTF_8)).withTimes(times)
                .withCredentials(true).withBodyLimit(MOST_BYTES).withHeader("Accept", "audio/wav")
                .withHeader("Content-Language", utterance.language());
        if (utterance.voice() != null && utterance.voice().matches("[ -~]+")) {
            call = call.withHeader("X-Voice", utterance.voice());
        }
        return http.get().call(call).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
                throw new CompletionException(new SpeechException("the speech server gave no audio: " + cause.getMessage(), cause));
            }
            return wav(answer);
        });
    }

    private static byte[] wav(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw new CompletionException(new SpeechException("the speech server answered " + answer.status()));
        }
        if (!Wavs.isWav(answer.body())) {
            throw new CompletionException(new SpeechException("the speech server answered with something that is no WAV file"));
        }
        return answer.body();
    }
}
