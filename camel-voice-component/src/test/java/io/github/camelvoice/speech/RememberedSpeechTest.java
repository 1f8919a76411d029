package io.github.camelvoice.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RememberedSpeechTest {

    private final List<String> made = new ArrayList<>();
    private final List<CompletableFuture<byte[]>> open = new ArrayList<>();
    private final RememberedSpeech speech = new RememberedSpeech(utterance -> {
        made.add(utterance.text());
        open.add(new CompletableFuture<>());
        return open.get(open.size() - 1);
    });

    private CompletableFuture<byte[]> say(String text) {
        return speech.speak(new Utterance(text, "en-US", null, null)).toCompletableFuture();
    }

    private void made(int index, int bytes) {
        open.get(index).complete(new byte[bytes]);
    }

    @Test
    void theSameIsMadeOnceAlsoWhileItIsBeingMade() {
        CompletableFuture<byte[]> first = say("a");
        CompletableFuture<byte[]> second = say("a");
        made(0, 10);
        assertThat(first.join()).isSameAs(second.join()).isSameAs(say("a").join());
        assertThat(say("a").join()).hasSize(10);
        speech.speak(new Utterance("a", "en-GB", null, null));
        assertThat(made).hasSize(2);
    }

    @Test
    void whatFailedIsTriedAgain() {
        CompletableFuture<byte[]> first = say("a");
        open.get(0).completeExceptionally(new SpeechException("no"));
        assertThat(first).isCompletedExceptionally();
        say("a");
        assertThat(made).hasSize(2);
    }

    @Test
    void whatWasUsedLeastLatelyGoesFirst() {
        for (int i = 0; i < RememberedSpeech.MOST_TEXTS; i++) {
            say("t" + i);
            made(i, 10);
        }
        say("t0");
        say("one more");
        made(RememberedSpeech.MOST_TEXTS, 10);
        assertThat(speech.size()).isEqualTo(RememberedSpeech.MOST_TEXTS);
        assertThat(say("t0")).isDone();
        assertThat(say("t1")).isNotDone();
    }

    @Test
    void bytesAreBoundedAndWhatIsLargeIsNotKept() {
        for (int i = 0; i < 10; i++) {
            say("t" + i);
            made(i, RememberedSpeech.MOST_OF_ONE);
        }
        assertThat(speech.size()).isEqualTo(8);
        say("large");
        made(10, RememberedSpeech.MOST_OF_ONE + 1);
        assertThat(say("large")).isNotDone();
    }
}
