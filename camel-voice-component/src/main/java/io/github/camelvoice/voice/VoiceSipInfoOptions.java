package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:sipinfo. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceSipInfoOptions extends VoiceActOptions {

    @UriParam(label = "common", defaultValue = "object", enums = "object,json,pcap,text,svg,mermaid",
            description = "voice:sipinfo: what the body is: the typed SipInfo; its JSON document; a capture file that Wireshark opens; a "
            + "ladder as plain text, as SVG, or as a Mermaid diagram.")
    private String format = "object";
    @UriParam(label = "security", description = "voice:sipinfo: whether secrets (digest responses, keys in SDP) are left as they were on the "
            + "wire. Without it they are masked, each by as many asterisks.")
    private boolean raw;
    @UriParam(label = "producer", description = "voice:sipinfo: whether a call that lives may be read as well, with what has been said so far.")
    private boolean live;
    @UriParam(label = "consumer", description = "voice:sipinfo: the name under which is kept which calls the route has had. Without it, the id of "
            + "the route, or sipinfo for a route whose id was not given.")
    private String consumerName;
    @UriParam(label = "consumer", defaultValue = "latest", enums = "latest,earliest",
            description = "voice:sipinfo: what a consumer gets whose name is new: calls that end from now on, or all that are kept.")
    private String startAt = "latest";
    @UriParam(label = "consumer,advanced", defaultValue = "1s", javaType = "java.time.Duration",
            description = "voice:sipinfo: how long nothing must have been said about an ended call before it is handed to the route; at most five "
            + "times that after it came up.")
    private long settleTime = 1_000;
    @UriParam(label = "consumer", defaultValue = "1s", javaType = "java.time.Duration",
            description = "voice:sipinfo: time until a call whose route failed is tried again; doubled each time. Those after it wait.")
    private long retryDelay = 1_000;
    @UriParam(label = "consumer", defaultValue = "1m", javaType = "java.time.Duration",
            description = "voice:sipinfo: longest time between two tries.")
    private long retryMaxDelay = 60_000;
    @UriParam(label = "consumer", defaultValue = "-1", description = "voice:sipinfo: how often a call whose route failed is tried again, before it is "
            + "skipped with a warning in the log; -1 for without end.")
    private int maxRetries = -1;

    public String getFormat() {
        return format;
    }

    public void setFormat(String value) {
        format = value;
    }

    public boolean isRaw() {
        return raw;
    }

    public void setRaw(boolean value) {
        raw = value;
    }

    public boolean isLive() {
        return live;
    }

    public void setLive(boolean value) {
        live = value;
    }

    public String getConsumerName() {
        return consumerName;
    }

    public void setConsumerName(String value) {
        consumerName = value;
    }

    public String getStartAt() {
        return startAt;
    }

    public void setStartAt(String value) {
        startAt = value;
    }

    public long getSettleTime() {
        return settleTime;
    }

    public void setSettleTime(long value) {
        settleTime = value;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long value) {
        retryDelay = value;
    }

    public long getRetryMaxDelay() {
        return retryMaxDelay;
    }

    public void setRetryMaxDelay(long value) {
        retryMaxDelay = value;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int value) {
        maxRetries = value;
    }
}
