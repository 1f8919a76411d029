package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of the consumers. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceReceiveOptions extends VoiceCallbackOptions {

    @UriParam(label = "consumer,filter", description = "Which called users are ours: user parts of the Request-URI, separated by "
            + "commas; an asterisk stands for any run of characters. Without it, all are. Of several consumers that match, the one with the "
            + "most specific filter gets the call.")
    private String called;
    @UriParam(label = "consumer,filter", defaultValue = "false", description = "voice:call: whether calls to users of ours are taken alone, those who may "
            + "register here, as they are at that moment.")
    private boolean calledUsers;
    @UriParam(label = "consumer,filter", description = "Which callers are ours: user parts of the From URI, separated by commas; an asterisk "
            + "stands for any run of characters. Without it, all are.")
    private String calling;
    @UriParam(label = "consumer,filter", description = "Transports that are ours: udp, tcp, tls, separated by commas. Without it, "
            + "all are. Of an account that is registered by voice:session: which of the three it uses; without it, what its domain wants.")
    private String transport;
    @UriParam(label = "consumer,advanced", defaultValue = "0", description = "Consumers with a lower order are asked first, "
            + "whatever their filters; equal ones in the order of how specific their filters are.")
    private int order;
    @UriParam(label = "consumer", defaultValue = "0", description = "How many calls of this consumer may live at once; one more is "
            + "answered 503 with Retry-After. 0 for no cap.")
    private int maxConcurrentCalls;
    @UriParam(label = "consumer", defaultValue = "0", description = "How many calls a second this consumer takes, in bursts of up "
            + "to one second's worth; one more is answered 503 with Retry-After. 0 for no cap.")
    private double maxCallsPerSecond;
    @UriParam(label = "consumer", defaultValue = "480", description = "Answer to a caller whose call the route neither answered nor "
            + "rejected: 400 to 699.")
    private int undecidedCode = 480;
    @UriParam(label = "consumer", defaultValue = "hangup", enums = "hangup,keep",
            description = "What becomes of an answered call whose route failed: it is hung up with a Reason header, or goes on. An "
            + "undecided call is answered 500 in any case.")
    private String onFailure = "hangup";
    @UriParam(label = "consumer", defaultValue = "keep", enums = "keep,hangup",
            description = "What becomes of an answered call when its route is through: it goes on until somebody hangs up or the "
            + "time limit comes, or is hung up.")
    private String onEnd = "keep";
    @UriParam(label = "consumer,advanced", defaultValue = "16", description = "Threads that run the routes of inbound calls, or of taps. A "
            + "route that waits (for a playing, for an answer) holds none of them.")
    private int workers = 16;
    @UriParam(label = "consumer,advanced", defaultValue = "1000", description = "How many inbound calls may wait for a thread; one "
            + "more is answered 503 with Retry-After.")
    private int callQueueSize = 1000;
    @UriParam(label = "consumer,filter", description = "voice:events: which kinds of events, separated by commas; without it, all. "
            + "call-received, call-initiated, call-ringing, call-answered, call-ended, dtmf, play-started, play-ended, "
            + "recording-started, recording-paused, recording-resumed, recording-ended, muted, unmuted, held, resumed, "
            + "echo-started, echo-stopped, bridged, unbridged, media-lost, media-recovered, info, tap-started, tap-changed, tap-ended, "
            + "transfer-requested, transfer-progress, transfer-completed, transfer-failed.")
    private String kinds;
    @UriParam(label = "consumer", defaultValue = "10000", description = "voice:events: how many events may wait for the route. "
            + "Where the route falls further behind, new events are dropped and counted; the calls never wait. voice:subscribe: how "
            + "many changes; of a resource with several, the newest then stands for those before it. voice:session: "
            + "how many statuses; where more wait, they are read from the history.")
    private int queueSize = 10000;
    @UriParam(label = "consumer", defaultValue = "1", description = "voice:events: threads that feed the route. The events of one "
            + "call always go through the same one, in order. voice:subscribe: so do the changes of one resource. voice:session: the statuses of one account.")
    private int concurrentConsumers = 1;

    public String getCalled() {
        return called;
    }

    public void setCalled(String value) {
        called = value;
    }

    public boolean isCalledUsers() {
        return calledUsers;
    }

    public void setCalledUsers(boolean value) {
        calledUsers = value;
    }

    public String getCalling() {
        return calling;
    }

    public void setCalling(String value) {
        calling = value;
    }

    public String getTransport() {
        return transport;
    }

    public void setTransport(String value) {
        transport = value;
    }

    public int getOrder() {
        return order;
    }

    public void setOrder(int value) {
        order = value;
    }

    public int getMaxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    public void setMaxConcurrentCalls(int value) {
        maxConcurrentCalls = value;
    }

    public double getMaxCallsPerSecond() {
        return maxCallsPerSecond;
    }

    public void setMaxCallsPerSecond(double value) {
        maxCallsPerSecond = value;
    }

    public int getUndecidedCode() {
        return undecidedCode;
    }

    public void setUndecidedCode(int value) {
        undecidedCode = value;
    }

    public String getOnFailure() {
        return onFailure;
    }

    public void setOnFailure(String value) {
        onFailure = value;
    }

    public String getOnEnd() {
        return onEnd;
    }

    public void setOnEnd(String value) {
        onEnd = value;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int value) {
        workers = value;
    }

    public int getCallQueueSize() {
        return callQueueSize;
    }

    public void setCallQueueSize(int value) {
        callQueueSize = value;
    }

    public String getKinds() {
        return kinds;
    }

    public void setKinds(String value) {
        kinds = value;
    }

    public int getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(int value) {
        queueSize = value;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int value) {
        concurrentConsumers = value;
    }
}
