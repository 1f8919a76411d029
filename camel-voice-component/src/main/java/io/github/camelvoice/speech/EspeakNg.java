package io.github.camelvoice.speech;

import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Speech of espeak-ng, a program of its own for each text. The text goes to its standard input, never into its arguments, and no shell is
 * involved; its environment is empty but for the path. Bounded in processes, in texts that wait, in time and in what is taken of its output.
 */
public final class EspeakNg implements Speech {

    private static final String PROGRAM = "espeak-ng";
    /** Twelve minutes at 22,050 Hz. */
    private static final int MOST_OUTPUT = 2 * MOST_BYTES;
    private static final List<String> KEPT = List.of("PATH", "ESPEAK_DATA_PATH");

    /**
     * Bounds.
     *
     * @param processes at once
     * @param waiting   texts that wait for one of them; beyond, they are refused
     * @param time      that a process may take
     */
    public record Limits(int processes, int waiting, Duration time) {
        public static final Limits DEFAULT = new Limits(2, 64, Duration.ofSeconds(10));
    }

    private final String program;
    private final Limits limits;
    private final Timers timers;
    private final ThreadPoolExecutor threads;
    private volatile Set<String> voices;

    public EspeakNg(Timers timers) {
        this(PROGRAM, Limits.DEFAULT, timers);
    }

    /** @param program its name, looked for in the path, or its file */
    public EspeakNg(String program, Limits limits, Timers timers) {
        this.program = program;
        this.limits = limits;
        this.timers = timers;
        this.threads = new ThreadPoolExecutor(limits.processes(), limits.processes(), 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.waiting()), Threads.named("speech"));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<byte[]> speak(Utterance utterance) {
        CompletableFuture<byte[]> wav = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    wav.complete(run(List.of("--stdin", "--stdout", "-b", "1", "-v", voice(utterance)), utterance.text()));
                } catch (SpeechException told) {
                    wav.completeExceptionally(told);
                } catch (RuntimeException | Error bug) {
                    wav.completeExceptionally(new SpeechException("the text could not be spoken", bug));
                }
            });
        } catch (RejectedExecutionException full) {
            wav.completeExceptionally(new SpeechException("too many texts wait to be spoken"));
        }
        return wav;
    }

    private String voice(Utterance utterance) throws SpeechException {
        if (voices == null) {
            voices = voices(new String(run(List.of("--voices"), ""), StandardCharsets.UTF_8));
        }
        String found = EspeakVoices.of(utterance.tag(), voices);
        if (found == null) {
            throw new SpeechException(PROGRAM + " has no voice for the language " + utterance.language());
        }
        return found + (utterance.gender() == null ? "" : utterance.gender() == Utterance.Gender.FEMALE ? "+f3" : "+m3");
    }

    private static Set<String> voices(String table) {
        Set<String> names = new HashSet<>();
        for (String line : table.split("\n")) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > 4 && columns[0].matches("[0-9]+")) {
                names.add(columns[1].toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private byte[] run(List<String> arguments, String input) throws SpeechException {
        Process process = start(arguments);
        Timers.Timer watchdog = timers.schedule(limits.time().toMillis(), TimeUnit.MILLISECONDS, Runnable::run, process::destroyForcibly);
        long begun = System.nanoTime();
        try {
            try (OutputStream to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                // it did not want to read; its exit says why
            }
            byte[] output = read(process.getInputStream());
            int exit = process.waitFor();
            if (System.nanoTime() - begun >= limits.time().toNanos()) {
                throw new SpeechException(PROGRAM + " took longer than " + limits.time().toSeconds() + " s");
            }
            if (exit != 0 || output.length == 0) {
                throw new SpeechException(PROGRAM + " failed (exit " + exit + ")");
            }
            return output;
        } catch (IOException broken) {
            throw new SpeechException(PROGRAM + " was stopped: " + broken.getMessage(), broken);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new SpeechException("shutting down");
        } finally {
            watchdog.cancel();
            process.destroyForcibly();
        }
    }

    private Process start(List<String> arguments) throws SpeechException {
        String[] command = new String[arguments.size() + 1];
        command[0] = program;
        for (int i = 0; i < arguments.size(); i++) {
            command[i + 1] = arguments.get(i);
        }
        ProcessBuilder builder = new ProcessBuilder(Arrays.asList(command)).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new SpeechException(PROGRAM + " cannot be started: it is not installed here", missing);
        }
    }

    private static byte[] read(InputStream from) throws IOException, SpeechException {
        try (from) {
            byte[] all = from.readNBytes(MOST_OUTPUT + 1);
            if (all.length > MOST_OUTPUT) {
                throw new SpeechException("the text takes too long to say");
            }
            return all;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
