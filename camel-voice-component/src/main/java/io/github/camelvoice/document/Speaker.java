package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.spi.PlaySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Plays the sounds of one execution to its call: finds them, plays them, stops. On the mailbox of the execution. */
final class Speaker {

    private final MediaSources media;
    private final Call call;
    private final Executor mailbox;
    private int turn;
    private boolean playing;

    Speaker(MediaSources media, Call call, Executor mailbox) {
        this.media = media;
        this.call = call;
        this.mailbox = mailbox;
    }

    /**
     * Plays one sound after the other; one that cannot be played is told and passed over.
     *
     * @param loop   how often; 0 until it is stopped
     * @param failed told of sounds that could not be played, on the mailbox
     * @return done on the mailbox when all is played, or {@link #stop} was called
     */
    CompletionStage<Void> play(List<Sound> sounds, int loop, BiConsumer<Sound, Throwable> failed) {
        Series series = new Series(++turn, sounds, sounds.size() == 1 ? 1 : loop, sounds.size() == 1 ? loop : 1, failed);
        series.next();
        return series.done;
    }

    private final class Series {
        private final int own;
        private final List<Sound> sounds;
        private final int passes;
        private final int repeat;
        private final BiConsumer<Sound, Throwable> failed;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int at;
        private int pass;
        private boolean sounded;

        Series(int own, List<Sound> sounds, int passes, int repeat, BiConsumer<Sound, Throwable> failed) {
            this.own = own;
            this.sounds = sounds;
            this.passes = passes;
            this.repeat = repeat;
            this.failed = failed;
        }

        private boolean stopped() {
            return own != turn;
        }

        void next() {
            if (at == sounds.size()) {
                at = 0;
                // what has no sound would be played without time passing
                pass = sounded ? pass + 1 : passes;
                if (passes == 0 && !sounded) {
                    done.complete(null);
                    return;
                }
                sounded = false;
            }
            if (stopped() || passes > 0 && pass >= passes) {
                done.complete(null);
                return;
            }
            Sound sound = sounds.get(at++);
            media.find(sound, 0).whenComplete((source, missing) -> mailbox.execute(() -> found(sound, source, missing)));
        }

        private void found(Sound sound, PlaySource source, Throwable missing) {
            if (stopped()) {
                done.complete(null);
            } else if (missing != null) {
                failed.accept(sound, missing);
                next();
            } else {
                playing = true;
                call.execute(new CallCommand.Play(new PlaySource(source.name(), source.opener(), repeat)))
                        .whenComplete((result, failure) -> mailbox.execute(() -> played(sound, result, failure)));
            }
        }

        private void played(Sound sound, CommandResult result, Throwable failure) {
            if (!stopped()) {
                playing = false;
            }
            if (failure != null && !stopped()) {
                failed.accept(sound, failure);
            }
            sounded |= result != null && result.length() != null && result.length().compareTo(Duration.ZERO) > 0;
            next();
        }
    }

    /** Nothing more is played. @return done when it is quiet */
    CompletionStage<?> stop() {
        turn++;
        if (!playing) {
            return CompletableFuture.completedFuture(null);
        }
        playing = false;
        return call.execute(new CallCommand.StopPlay());
    }

    boolean playing() {
        return playing;
    }
}
