package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of placing a call. Not thread-safe: set before the endpoint starts. */
public abstract class VoicePlaceOptions extends VoiceDialOptions {

    @UriParam(label = "producer", enums = "place,answer,ring,reject,redirect,hangup,play,stopPlay,startRecording,stopRecording,pauseRecording,"
            + "resumeRecording,mute,unmute,sendDtmf,hold,resume,echo,stopEcho,bridge,unbridge,sendInfo,show,list,start,stop,change,pause,transfer,accept,refuse,"
            + "create,get,end,fetch,publish,pend,watchers,register,call,status,history,unregister",
            description = "What to do. voice:call, all up to list; without it the endpoint places a call. voice:tap: start, "
            + "stop, change, pause, resume, list, show; without it the endpoint starts a tap. voice:transfer: transfer, accept, refuse; without it the endpoint transfers. "
            + "voice:subscribe: create, get, list, change, end, fetch, publish, accept, pend, refuse, watchers; without it the endpoint creates. "
            + "voice:session: register, start, end, call, answer, hangup, transfer, play, mute, unmute, status, history, get, list, unregister.")
    private String operation;
    @UriParam(label = "common", description = "Producer: the call to act on or to read; without it, the header CamelVoiceCallId names it. "
            + "Consumer of voice:events: only events of this call.")
    private String callId;
    @UriParam(label = "producer", description = "Caller identity of a placed call, or of a subscription: a SIP URI, or a user name that is put before the "
            + "address we advertise.")
    private String from;
    @UriParam(label = "producer", description = "Display name of a placed call.")
    private String fromDisplay;
    @UriParam(label = "media", description = "Codecs in order of preference, separated by commas: PCMU, PCMA, G722, OPUS, G729 "
            + "(passed on between two calls that speak it; played, recorded or transcoded where an implementation is found). On the "
            + "component, the codecs of all calls; on an endpoint, those of the call that it places or answers. Without it, PCMU, "
            + "PCMA and G722.")
    private String codecs;
    @UriParam(label = "media,security", defaultValue = "never", enums = "never,optional,required", description = "Whether a placed call offers SRTP, "
            + "with keys in its SDP: never; optional: both, the far end chooses; required: SRTP or no call. Over UDP and TCP optional is never, and "
            + "required is refused, unless the component says srtpInClear.")
    private String srtp = "never";
    @UriParam(label = "security", secret = true, description = "User name for digest challenges to a placed call or a subscription; on an endpoint voice:tap, for the "
            + "WebSocket (Basic).")
    private String username;
    @UriParam(label = "security", secret = true, description = "Password for digest challenges to a placed call, a subscription or a registration; on an endpoint voice:tap, for the "
            + "WebSocket (Basic).")
    private String password;
    @UriParam(label = "producer", description = "SIP URI of the server that a placed call, a subscription or a registration goes through; a tel: target needs one.")
    private String outboundProxy;
    @UriParam(label = "producer", description = "The account of ours, registered by voice:session, that places the call: its name is the caller, its credentials "
            + "answer challenges, and its server is where the call leaves. A target without a host is at that server.")
    private String sipAccount;
    @UriParam(label = "producer", defaultValue = "60s", javaType = "java.time.Duration",
            description = "How long a placed call may ring before it is cancelled; the cause is then no_answer.")
    private long ringTimeout = 60_000;
    @UriParam(label = "common", defaultValue = "4h", javaType = "java.time.Duration",
            description = "How long a placed call may last once answered. On the component it limits inbound calls as well.")
    private long timeLimit = 14_400_000;
    @UriParam(label = "common,advanced", defaultValue = "1800", description = "Session timer (RFC 4028) asked for, in seconds: 90 "
            + "or more. On the component it holds for inbound calls as well, and 0 switches session timers off.")
    private int sessionExpires = 1800;
    @UriParam(label = "producer", defaultValue = "answered", enums = "initiated,ringing,answered,completed",
            description = "How far a placed call must have come before the exchange goes on. If the call fails before that, the "
            + "exchange fails.")
    private String waitFor = "answered";
    @UriParam(label = "producer", description = "Whether a placed call is connected with the call of the exchange: ringing is "
            + "passed on, the first call is answered when the second one is, and both are bridged. If the second call fails the "
            + "first one is left as it was. With several targets the second call is that of the one who takes it.")
    private boolean bridge;
    @UriParam(label = "producer", description = "operation=bridge: the call to connect with; without it, the header "
            + "CamelVoiceBridgedCallId names it.")
    private String bridgedCallId;

    public String getOperation() {
        return operation;
    }

    public void setOperation(String value) {
        operation = value;
    }

    public String getCallId() {
        return callId;
    }

    public void setCallId(String value) {
        callId = value;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String value) {
        from = value;
    }

    public String getFromDisplay() {
        return fromDisplay;
    }

    public void setFromDisplay(String value) {
        fromDisplay = value;
    }

    public String getCodecs() {
        return codecs;
    }

    public void setCodecs(String value) {
        codecs = value;
    }

    public String getSrtp() {
        return srtp;
    }

    public void setSrtp(String value) {
        srtp = value;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String value) {
        username = value;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String value) {
        password = value;
    }

    public String getOutboundProxy() {
        return outboundProxy;
    }

    public void setOutboundProxy(String value) {
        outboundProxy = value;
    }

    public String getSipAccount() {
        return sipAccount;
    }

    public void setSipAccount(String value) {
        sipAccount = value;
    }

    public long getRingTimeout() {
        return ringTimeout;
    }

    public void setRingTimeout(long value) {
        ringTimeout = value;
    }

    public long getTimeLimit() {
        return timeLimit;
    }

    public void setTimeLimit(long value) {
        timeLimit = value;
    }

    public int getSessionExpires() {
        return sessionExpires;
    }

    public void setSessionExpires(int value) {
        sessionExpires = value;
    }

    public String getWaitFor() {
        return waitFor;
    }

    public void setWaitFor(String value) {
        waitFor = value;
    }

    public boolean isBridge() {
        return bridge;
    }

    public void setBridge(boolean value) {
        bridge = value;
    }

    public String getBridgedCallId() {
        return bridgedCallId;
    }

    public void setBridgedCallId(String value) {
        bridgedCallId = value;
    }
}
