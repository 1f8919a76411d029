package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of placing a call to several targets, and of connecting it. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceDialOptions extends VoiceReceiveOptions {

    @UriParam(label = "producer", description = "Whether several targets are called one after another, each for ringTimeout; otherwise all at once, "
            + "and the first that takes the call has it.")
    private boolean sequential;
    @UriParam(label = "producer", description = "An endpoint that is sent an exchange about each called leg that is answered, before it has the call: the "
            + "header CamelVoiceCallId names the leg. If the route hangs the leg up, fails, or sets the header CamelVoiceAccept to false, the leg does "
            + "not get the call. Until then the other targets go on ringing.")
    private String whisper;
    @UriParam(label = "producer", defaultValue = "2m", javaType = "java.time.Duration",
            description = "How long the route of whisper may take; then the leg does not get the call.")
    private long whisperTimeout = 120_000;
    @UriParam(label = "producer", defaultValue = "0", description = "How many contacts of redirections (3xx) may be called for each target, up to 20; "
            + "none twice. 0: a redirection is a failure like others.")
    private int maxRedirects;
    @UriParam(label = "producer", description = "bridge=true: the caller hears the ringing tone of this country (de, uk, us and others) from the first "
            + "ringing on; an undecided caller as early media. Without it an undecided caller gets 180.")
    private String ringTone;
    @UriParam(label = "producer", defaultValue = "true", description = "bridge=true: whether the first call is answered when the second one is; otherwise "
            + "at once.")
    private boolean answerOnBridge = true;
    @UriParam(label = "producer", description = "bridge=true with one target: what it says before it answers is passed on to an undecided caller, as early "
            + "media.")
    private boolean passEarlyMedia;
    @UriParam(label = "producer", description = "bridge=true: whether the first call goes on when the second one is over. Use it with waitFor=completed.")
    private boolean keepCaller;
    @UriParam(label = "producer", description = "bridge=true: whether the caller ends the second call with the asterisk key.")
    private boolean hangupOnStar;

    @UriParam(label = "producer", description = "A URL, or the name of a configured target of callbacks, that is told how each placed call goes on: a signed "
            + "form, delivered as callbacks are.")
    private String statusCallback;
    @UriParam(label = "producer", defaultValue = "completed", description = "What statusCallback is told: words out of initiated, ringing, answered and "
            + "completed, between commas or blanks.")
    private String statusCallbackEvent = "completed";
    @UriParam(label = "producer", enums = "POST,GET", defaultValue = "POST", description = "How a URL of statusCallback is told.")
    private String statusCallbackMethod = "POST";

    public String getStatusCallback() {
        return statusCallback;
    }

    public void setStatusCallback(String value) {
        statusCallback = value;
    }

    public String getStatusCallbackEvent() {
        return statusCallbackEvent;
    }

    public void setStatusCallbackEvent(String value) {
        statusCallbackEvent = value;
    }

    public String getStatusCallbackMethod() {
        return statusCallbackMethod;
    }

    public void setStatusCallbackMethod(String value) {
        statusCallbackMethod = value;
    }

    public boolean isSequential() {
        return sequential;
    }

    public void setSequential(boolean value) {
        sequential = value;
    }

    public String getWhisper() {
        return whisper;
    }

    public void setWhisper(String value) {
        whisper = value;
    }

    public long getWhisperTimeout() {
        return whisperTimeout;
    }

    public void setWhisperTimeout(long value) {
        whisperTimeout = value;
    }

    public int getMaxRedirects() {
        return maxRedirects;
    }

    public void setMaxRedirects(int value) {
        maxRedirects = value;
    }

    public String getRingTone() {
        return ringTone;
    }

    public void setRingTone(String value) {
        ringTone = value;
    }

    public boolean isAnswerOnBridge() {
        return answerOnBridge;
    }

    public void setAnswerOnBridge(boolean value) {
        answerOnBridge = value;
    }

    public boolean isPassEarlyMedia() {
        return passEarlyMedia;
    }

    public void setPassEarlyMedia(boolean value) {
        passEarlyMedia = value;
    }

    public boolean isKeepCaller() {
        return keepCaller;
    }

    public void setKeepCaller(boolean value) {
        keepCaller = value;
    }

    public boolean isHangupOnStar() {
        return hangupOnStar;
    }

    public void setHangupOnStar(boolean value) {
        hangupOnStar = value;
    }
}
