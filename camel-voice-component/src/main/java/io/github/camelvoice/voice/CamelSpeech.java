package io.github.camelvoice.voice;

import io.github.camelvoice.speech.Speech;
import io.github.camelvoice.speech.SpeechException;
import io.github.camelvoice.speech.Utterance;
import io.github.camelvoice.speech.Wavs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Speech of a route or of anything else that Camel can reach: it gets the text and answers with a WAV file. */
final class CamelSpeech implements Speech {

    private static final int SECONDS = 20;
    private static final int AT_ONCE = 16;

    private final CamelContext context;
    private final String uri;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private ProducerTemplate template;

    CamelSpeech(CamelContext context, String uri) {
        this.context = context;
        this.uri = uri;
    }

    @Override
    public CompletionStage<byte[]> speak(Utterance utterance) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(new SpeechException("too many texts wait to be spoken"));
        }
        CompletableFuture<Exchange> answer;
        try {
            answer = template().asyncSend(uri, exchange -> {
                exchange.getMessage().setBody(utterance.text());
                exchange.getMessage().setHeader(VoiceConstants.SPEECH_LANGUAGE, utterance.language());
                if (utterance.voice() != null) {
                    exchange.getMessage().setHeader(VoiceConstants.SPEECH_VOICE, utterance.voice());
                }
            });
        } catch (RuntimeException stopped) {
            room.release();
            return CompletableFuture.failedFuture(new SpeechException("the endpoint for speech cannot be reached", stopped));
        }
        answer.whenComplete((exchange, failure) -> room.release());
        CompletableFuture<byte[]> wav = new CompletableFuture<>();
        answer.thenApply(exchange -> exchange).orTimeout(SECONDS, TimeUnit.SECONDS).whenComplete((exchange, failure) -> done(exchange, failure, wav));
        return wav;
    }

    private static void done(Exchange exchange, Throwable failure, CompletableFuture<byte[]> wav) {
        Throwable why = failure != null ? failure : exchange.getException();
        byte[] body = why != null ? null : exchange.getMessage().getBody(byte[].class);
        if (why != null) {
            wav.completeExceptionally(new SpeechException("the endpoint for speech failed", why));
        } else if (body == null || body.length > MOST_BYTES || !Wavs.isWav(body)) {
            wav.completeExceptionally(new SpeechException("the endpoint for speech answered with something that is no WAV file"));
        } else {
            wav.complete(body);
        }
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        return template;
    }

    @Override
    public synchronized void close() {
        if (template != null) {
            template.stop();
        }
    }
}
