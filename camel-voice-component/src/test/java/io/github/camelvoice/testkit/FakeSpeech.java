package io.github.camelvoice.testkit;

import io.github.camelvoice.tap.Speech;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** A voice into a call that plays when it is told to. For one thread, but for what it got. */
public final class FakeSpeech implements Speech {

    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private final Deque<String> marks = new ArrayDeque<>();
    private final Deque<Passed> passed = new ArrayDeque<>();
    private volatile String format = "";
    private volatile int clears;
    private volatile int writes;

    @Override
    public synchronized int write(String encoding, int rate, byte[] data, int offset, int length) {
        format = encoding + "/" + rate;
        audio.write(data, offset, length);
        writes++;
        return 0;
    }

    @Override
    public synchronized void mark(String name) {
        marks.add(name);
    }

    @Override
    public synchronized void clear() {
        clears++;
        while (!marks.isEmpty()) {
            passed.add(new Passed(marks.remove(), true));
        }
    }

    @Override
    public synchronized Passed passed() {
        return passed.poll();
    }

    @Override
    public int waitingMillis() {
        return 0;
    }

    /** All that waits was played. */
    public synchronized void played() {
        while (!marks.isEmpty()) {
            passed.add(new Passed(marks.remove(), false));
        }
    }

    public synchronized byte[] audio() {
        return audio.toByteArray();
    }

    public synchronized int marks() {
        return marks.size();
    }

    public String format() {
        return format;
    }

    public int clears() {
        return clears;
    }

    public int writes() {
        return writes;
    }
}
