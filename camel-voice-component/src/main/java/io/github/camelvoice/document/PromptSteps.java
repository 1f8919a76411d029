package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** How prompts are carried out: what is said, and what is heard. On the mailbox of the execution. */
final class PromptSteps {

    private final Execution execution;
    private final DocumentServices services;
    private final Call call;
    private final Mailbox mailbox;
    private final Speaker speaker;
    private Timers.Timer pause;
    private Gathering gathering;
    private VoiceRecord recording;

    PromptSteps(Execution execution, DocumentServices services, Call call, Mailbox mailbox) {
        this.execution = execution;
        this.services = services;
        this.call = call;
        this.mailbox = mailbox;
        this.speaker = new Speaker(services.media(), call, mailbox);
    }

    boolean isPlaying() {
        return speaker.playing();
    }

    /** The call is answered, but for a pause. */
    void perform(Prompt prompt) throws DocumentException {
        if (prompt instanceof Prompt.Speak speak) {
            execution.await(speaker.play(speak.sounds(), speak.loop(), failed(speak)), (played, never) -> { });
        } else if (prompt instanceof Prompt.Pause wait) {
            execution.await(pause(wait), (over, never) -> { });
        } else if (prompt instanceof Prompt.Keys keys) {
            execution.await(call.execute(new CallCommand.SendDtmf(keys.digits(), Prompt.Keys.TONE_MILLIS, Prompt.Keys.GAP_MILLIS,
                    CallCommand.DtmfMethod.RFC4733)), (sent, failure) -> {
                        if (failure != null) {
                            execution.warn(keys, Failures.words(failure));
                        }
                    });
        } else if (prompt instanceof Prompt.Gather gather) {
            gather(gather);
        } else if (prompt instanceof Prompt.Record record) {
            record(record);
        }
    }

    BiConsumer<Sound, Throwable> failed(Instruction by) {
        return (sound, failure) -> execution.warn(by, Failures.words(failure));
    }

    CompletionStage<Void> pause(Prompt.Pause wait) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        pause = services.timers().schedule(wait.millis(), TimeUnit.MILLISECONDS, mailbox, () -> over.complete(null));
        return over;
    }

    void endPause() {
        if (pause != null) {
            pause.cancel();
        }
    }

    private void gather(Prompt.Gather gather) throws DocumentException {
        Gathering turn = new Gathering(gather, this, speaker, services.timers(), call, mailbox);
        gathering = turn;
        execution.await(turn.begin(), (keys, never) -> {
            gathering = null;
            boolean asks = !keys.digits().isEmpty() || gather.actionOnEmptyResult();
            if (asks && gather.action() != null) {
                execution.follow(gather.place(), gather.action(), keys.parameters());
            }
        });
    }

    private void record(Prompt.Record record) throws DocumentException {
        VoiceRecord turn = new VoiceRecord(record, speaker, services.ports().recordings(), call, mailbox, failed(record));
        recording = turn;
        execution.await(turn.begin(), (news, never) -> {
            recording = null;
            if (news.status() == RecordingStatus.FAILED) {
                execution.warn(record, "the recording failed: " + news.detail());
            } else if (news.status() == RecordingStatus.COMPLETED && record.action() != null) {
                execution.follow(record.place(), record.action(), parameters(news, turn.key()));
            }
        });
    }

    private static List<Map.Entry<String, String>> parameters(RecordingNews news, String digits) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        parameters.add(Map.entry("RecordingSid", news.id()));
        if (news.url() != null) {
            parameters.add(Map.entry("RecordingUrl", news.url()));
        }
        parameters.add(Map.entry("RecordingDuration", String.valueOf(news.seconds())));
        parameters.add(Map.entry("Digits", digits));
        return parameters;
    }

    /** The execution is over: what still goes on ends. */
    void abandon() {
        endPause();
        if (gathering != null) {
            gathering.abandon();
            gathering = null;
        }
        speaker.stop();
        if (recording != null) {
            VoiceRecord left = recording;
            recording = null;
            left.abandon();
            boolean hungUp = call.snapshot().state().isOver();
            if (hungUp && left.record().action() != null) {
                left.ended().thenAccept(news -> tellOfTheLast(left.record(), news));
            }
        }
    }

    /** Who records and hangs up has left a message all the same: its application hears of it, though there is no call for its document. */
    private void tellOfTheLast(Prompt.Record record, RecordingNews news) {
        if (news.status() == RecordingStatus.COMPLETED) {
            services.ports().application().ask(Ask.of(call.snapshot(), record.action(), parameters(news, "hangup")), (url, type, text) -> text);
        }
    }
}
