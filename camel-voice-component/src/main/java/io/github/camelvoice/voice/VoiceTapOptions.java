package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:tap. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceTapOptions extends VoiceDocumentOptions {

    @UriParam(label = "producer",
            description = "voice:tap: where the audio goes: rtp://IP:port, ws://… or wss://…, or route:NAME for the consumer "
            + "voice:tap:NAME of this context.")
    private String uri;
    @UriParam(label = "producer",
            description = "voice:tap: name of the tap, unique among the running taps of its call. Without it, one is made by "
            + "operation=start, and the others take the tap that was started last.")
    private String controlId;
    @UriParam(label = "common", defaultValue = "speak", enums = "speak,listen,hear,both",
            description = "voice:tap: whose voice: what the far end of the tapped call says (speak), what it hears (listen, or hear), or "
            + "both.")
    private String direction = "speak";
    @UriParam(label = "common", enums = "PCMU,PCMA,L16",
            description = "voice:tap: what the audio is coded in. L16 is linear with 16 bits: little-endian for a route, and only in "
            + "dialects that carry it. Without it PCMU, for protocol=vonage and protocol=jambonz L16.")
    private String codec;
    @UriParam(label = "common", defaultValue = "0",
            description = "voice:tap: samples per second: 8000; with codec=L16 also 16000 or 24000. 0 for 8000, with L16 16000 (with "
            + "protocol=jambonz 8000).")
    private int rate;
    @UriParam(label = "producer", defaultValue = "20",
            description = "voice:tap: milliseconds in a packet or frame: 10 to 120 in steps of 10.")
    private int rtpPtime = 20;
    @UriParam(label = "producer", enums = "raw,twilio,signalwire,telnyx,vonage,jambonz",
            description = "voice:tap: what is spoken over the WebSocket. Without it, raw: one JSON text frame that describes the audio, "
            + "then the audio in binary frames.")
    private String protocol;
    @UriParam(label = "producer", defaultValue = "1",
            description = "voice:tap: direction=both as one mono stream (1), or as interleaved stereo (2), inbound left and outbound "
            + "right.")
    private int channels = 1;
    @UriParam(label = "producer",
            description = "voice:tap: whether the far end of the WebSocket may speak into the call, where the dialect has it. One tap of "
            + "a call may.")
    private boolean bidirectional;
    @UriParam(label = "producer",
            description = "voice:tap: where events of the tap are sent: an http(s) URL, or the name of a target that the operator "
            + "configured. Needs a running consumer of voice:callbacks.")
    private String statusUrl;
    @UriParam(label = "security", secret = true, description = "voice:tap: bearer token for the WebSocket's upgrade.")
    private String accessToken;
    @UriParam(label = "producer", description = "voice:tap: more headers of the WebSocket's upgrade: name=value pairs, separated by "
            + "commas, or a JSON object. No place for secrets, for logs show URIs: see the header CamelVoiceTapHeader.")
    private String upgradeHeaders;
    @UriParam(label = "producer",
            description = "voice:tap: parameters that the far end of the WebSocket is told, where the dialect has a place for them: "
            + "name=value pairs, separated by commas, or a JSON object. See also the header CamelVoiceTapParameter.")
    private String customParameters;
    @UriParam(label = "producer,advanced",
            description = "voice:tap: sub-protocol of the WebSocket; without it, that of the dialect, if it has one.")
    private String subProtocol;
    @UriParam(label = "producer", defaultValue = "continue",
            description = "voice:tap: what happens to the call when the tap's far end is lost for good: the call goes on (continue), is "
            + "hung up (hangup), or an exchange goes to this endpoint, direct:lost for example. A header may only say "
            + "continue or hangup.")
    private String onSinkLoss = "continue";
    @UriParam(label = "producer,advanced", defaultValue = "true",
            description = "voice:tap: whether a WebSocket that is lost is connected to again, with growing pauses.")
    private boolean reconnect = true;
    @UriParam(label = "common,advanced", defaultValue = "0", javaType = "java.time.Duration",
            description = "voice:tap: how much audio may wait for a slow far end or route; the oldest is dropped first. Producer: 100 ms "
            + "to 10 s, 0 for 1 s. Consumer: at least one batch, 0 for 10 s or two batches, whatever is more.")
    private long buffer;
    @UriParam(label = "producer,advanced",
            description = "voice:tap: words of your own that the events of the tap have as tag.")
    private String tag;
    @UriParam(label = "producer,advanced",
            description = "voice:tap: whether the exchange fails where a tap could not be started or stopped. Without it, the headers "
            + "CamelVoiceTapResult, CamelVoiceStopTapResult and CamelVoiceTapReason say so.")
    private boolean failOnError;
    @UriParam(label = "consumer", defaultValue = "1s", javaType = "java.time.Duration",
            description = "voice:tap: how much audio an exchange has: 20 ms to 60 s in steps of 20 ms.")
    private long batch = 1_000;
    @UriParam(label = "consumer,filter", defaultValue = "inbound", enums = "inbound,outbound,all",
            description = "voice:tap: which calls a consumer without a target taps: those that come in, those that we place, or all. Of "
            + "two bridged calls each hears the other: direction=both of one has all.")
    private String calls = "inbound";

    public String getUri() {
        return uri;
    }

    public void setUri(String value) {
        uri = value;
    }

    public String getControlId() {
        return controlId;
    }

    public void setControlId(String value) {
        controlId = value;
    }

    public String getDirection() {
        return direction;
    }

    public void setDirection(String value) {
        direction = value;
    }

    public String getCodec() {
        return codec;
    }

    public void setCodec(String value) {
        codec = value;
    }

    public int getRate() {
        return rate;
    }

    public void setRate(int value) {
        rate = value;
    }

    public int getRtpPtime() {
        return rtpPtime;
    }

    public void setRtpPtime(int value) {
        rtpPtime = value;
    }

    public String getProtocol() {
        return protocol;
    }

    public void setProtocol(String value) {
        protocol = value;
    }

    public int getChannels() {
        return channels;
    }

    public void setChannels(int value) {
        channels = value;
    }

    public boolean isBidirectional() {
        return bidirectional;
    }

    public void setBidirectional(boolean value) {
        bidirectional = value;
    }

    public String getStatusUrl() {
        return statusUrl;
    }

    public void setStatusUrl(String value) {
        statusUrl = value;
    }

    public String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String value) {
        accessToken = value;
    }

    public String getUpgradeHeaders() {
        return upgradeHeaders;
    }

    public void setUpgradeHeaders(String value) {
        upgradeHeaders = value;
    }

    public String getCustomParameters() {
        return customParameters;
    }

    public void setCustomParameters(String value) {
        customParameters = value;
    }

    public String getSubProtocol() {
        return subProtocol;
    }

    public void setSubProtocol(String value) {
        subProtocol = value;
    }

    public String getOnSinkLoss() {
        return onSinkLoss;
    }

    public void setOnSinkLoss(String value) {
        onSinkLoss = value;
    }

    public boolean isReconnect() {
        return reconnect;
    }

    public void setReconnect(boolean value) {
        reconnect = value;
    }

    public long getBuffer() {
        return buffer;
    }

    public void setBuffer(long value) {
        buffer = value;
    }

    public String getTag() {
        return tag;
    }

    public void setTag(String value) {
        tag = value;
    }

    public boolean isFailOnError() {
        return failOnError;
    }

    public void setFailOnError(boolean value) {
        failOnError = value;
    }

    public long getBatch() {
        return batch;
    }

    public void setBatch(long value) {
        batch = value;
    }

    public String getCalls() {
        return calls;
    }

    public void setCalls(String value) {
        calls = value;
    }
}
