package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:callbacks. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceCallbackOptions {

    @UriParam(label = "consumer", description = "voice:callbacks: names, separated by commas, that a caller may give in place of a URL; the route "
            + "knows what is behind them.")
    private String targets;
    @UriParam(label = "consumer,security", secret = true, description = "voice:callbacks: the key that callbacks to URLs are signed with; without "
            + "it they are not signed.")
    private String secretKey;
    @UriParam(label = "consumer", defaultValue = "3", description = "voice:callbacks: how many attempts follow quickly, the first included: after "
            + "the first failure comes a pause of one second, after the second one of two, and so on.")
    private int quickAttempts = 3;
    @UriParam(label = "consumer", defaultValue = "10s", javaType = "java.time.Duration",
            description = "voice:callbacks: pause after the quick attempts; doubled each time, and drawn between half and the whole of it.")
    private long backOff = 10_000;
    @UriParam(label = "consumer", defaultValue = "30m", javaType = "java.time.Duration", description = "voice:callbacks: longest pause.")
    private long maxBackOff = 1_800_000;
    @UriParam(label = "consumer", defaultValue = "24h", javaType = "java.time.Duration",
            description = "voice:callbacks: how long a callback is tried; then it is given up.")
    private long expiry = 86_400_000;
    @UriParam(label = "consumer", defaultValue = "16", description = "voice:callbacks: attempts at once, each on a thread of its own; one receiver "
            + "gets half of them at most.")
    private int concurrentDeliveries = 16;
    @UriParam(label = "consumer,advanced", defaultValue = "2s", javaType = "java.time.Duration",
            description = "voice:callbacks: how long VoiceCallbackPost may take to connect: 1 ms to 10 s.")
    private long connectTimeout = 2_000;
    @UriParam(label = "consumer,advanced", defaultValue = "5s", javaType = "java.time.Duration",
            description = "voice:callbacks: how long VoiceCallbackPost waits for an answer: 1 ms to 50 s.")
    private long readTimeout = 5_000;

    public String getTargets() {
        return targets;
    }

    public void setTargets(String value) {
        targets = value;
    }

    public String getSecretKey() {
        return secretKey;
    }

    public void setSecretKey(String value) {
        secretKey = value;
    }

    public int getQuickAttempts() {
        return quickAttempts;
    }

    public void setQuickAttempts(int value) {
        quickAttempts = value;
    }

    public long getBackOff() {
        return backOff;
    }

    public void setBackOff(long value) {
        backOff = value;
    }

    public long getMaxBackOff() {
        return maxBackOff;
    }

    public void setMaxBackOff(long value) {
        maxBackOff = value;
    }

    public long getExpiry() {
        return expiry;
    }

    public void setExpiry(long value) {
        expiry = value;
    }

    public int getConcurrentDeliveries() {
        return concurrentDeliveries;
    }

    public void setConcurrentDeliveries(int value) {
        concurrentDeliveries = value;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long value) {
        connectTimeout = value;
    }

    public long getReadTimeout() {
        return readTimeout;
    }

    public void setReadTimeout(long value) {
        readTimeout = value;
    }
}
