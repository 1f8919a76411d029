package io.github.camelvoice.trace.capture;

import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import io.github.camelvoice.trace.TraceLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log that is a list. Thread-safe. */
final class ListedLog implements TraceLog {

    private final List<TraceEntry> entries = new ArrayList<>();
    private long traces;
    volatile CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
    volatile String trouble;
    volatile boolean full;

    @Override
    public synchronized long nextTrace() {
        return ++traces;
    }

    @Override
    public synchronized boolean append(LogEntry entry) {
        return !full && entries.add((TraceEntry) entry);
    }

    synchronized List<TraceEntry> entries() {
        return List.copyOf(entries);
    }

    synchronized void clear() {
        entries.clear();
    }

    /** The entries in short: {@code INVITE}, {@code 404}, {@code +ID}, {@code -ID 404}, {@code .}, each after the number of its trace. */
    List<String> story() {
        return entries().stream().map(entry -> entry.trace() + " " + word(entry)).toList();
    }

    List<SipMessage> messages() {
        return entries().stream().filter(TraceEntry.Message.class::isInstance).map(entry -> ((TraceEntry.Message) entry).message()).toList();
    }

    List<TraceEntry.Ended> ends() {
        return entries().stream().filter(TraceEntry.Ended.class::isInstance).map(TraceEntry.Ended.class::cast).toList();
    }

    private static String word(TraceEntry entry) {
        if (entry instanceof TraceEntry.Message message) {
            return word(message.message());
        } else if (entry instanceof TraceEntry.Opened opened) {
            return "+" + opened.call().callId();
        } else if (entry instanceof TraceEntry.Ended ended) {
            return "-" + ended.call().cause().sipCode();
        }
        return ".";
    }

    static String word(SipMessage message) {
        String[] words = new String(message.data(), StandardCharsets.UTF_8).trim().split(" ", 3);
        return words[0].equals("SIP/2.0") ? words[1] : words[0];
    }

    @Override
    public CompletionStage<Void> durable() {
        return durable;
    }

    @Override
    public CompletionStage<Void> stored() {
        return durable;
    }

    @Override
    public void onStored(Runnable listener) {
        // Nothing is stored.
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        // A list stays.
    }
}
