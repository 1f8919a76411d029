package io.github.camelvoice.tap.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a dialect says and does. */
class FakeWire implements Wire {

    /** Text messages, audio or not, in their order. */
    final List<String> texts = new ArrayList<>();
    final List<byte[]> audio = new ArrayList<>();
    final List<byte[]> spoken = new ArrayList<>();
    /** {@code mark:NAME}, {@code clear}, {@code digits:…}, {@code finish:…}, {@code speak:PCMU/8000}. */
    final List<String> done = new ArrayList<>();
    boolean twoWays = true;

    @Override
    public void text(String message) {
        texts.add(message);
    }

    @Override
    public void audioText(byte[] ascii, int length) {
        texts.add(new String(ascii, 0, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void audio(byte[] data, int length) {
        audio.add(Arrays.copyOf(data, length));
    }

    @Override
    public boolean maySpeak() {
        return twoWays;
    }

    @Override
    public void speak(String encoding, int rate, byte[] data, int length) {
        done.add("speak:" + encoding + "/" + rate);
        spoken.add(Arrays.copyOf(data, length));
    }

    @Override
    public void mark(String name) {
        done.add("mark:" + name);
    }

    @Override
    public void clear() {
        done.add("clear");
    }

    @Override
    public void sendDigits(String digits) {
        done.add("digits:" + digits);
    }

    @Override
    public void finish(String reason) {
        done.add("finish:" + reason);
    }

    String last() {
        return texts.get(texts.size() - 1);
    }

    void forget() {
        texts.clear();
        audio.clear();
        spoken.clear();
        done.clear();
    }
}
