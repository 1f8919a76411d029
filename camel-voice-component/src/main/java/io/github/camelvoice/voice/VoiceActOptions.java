package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of acting on a call. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceActOptions extends VoicePlaceOptions {

    @UriParam(label = "producer", description = "Status code: of operation=reject (400 to 699, 603 without it) and of "
            + "operation=ring (180 to 189; without it 180, or 183 with early media). voice:transfer and voice:subscribe, operation=refuse: the answer "
            + "(603, 403 without it).")
    private int code;
    @UriParam(label = "producer", description = "operation=reject and operation=refuse: reason phrase; without it, the usual one of the code.")
    private String phrase;
    @UriParam(label = "producer", description = "Reason header (RFC 3326) of operation=hangup and operation=reject, such as "
            + "Q.850;cause=16.")
    private String reason;
    @UriParam(label = "producer", description = "operation=redirect: SIP URIs in order of preference, separated by commas. voice:session: more SIP URIs that are "
            + "registered along with ours.")
    private String contacts;
    @UriParam(label = "media", description = "operation=ring: opens the audio before the answer, so that something can be played to "
            + "the caller.")
    private boolean earlyMedia;
    @UriParam(label = "producer,advanced", description = "operation=ring: asks the caller to confirm (100rel, RFC 3262), if it can.")
    private boolean reliable;
    @UriParam(label = "media", description = "operation=play: the WAV to play: a path, file:path or classpath:name. Without it, the "
            + "body is played.")
    private String source;
    @UriParam(label = "media", defaultValue = "1", description = "operation=play: how often; 0 for ever.")
    private int repeat = 1;
    @UriParam(label = "media", defaultValue = "true", description = "operation=play and voice:document: whether the exchange goes on only when the "
            + "playing, or the document, is over.")
    private boolean wait = true;
    @UriParam(label = "media", description = "operation=startRecording: the WAV file, within the folder recordingsDir of the "
            + "component. Without it, it is named after the call.")
    private String file;
    @UriParam(label = "media", defaultValue = "mixed", enums = "mixed,stereo,tracks",
            description = "operation=startRecording: both parties in one channel, or what we hear left and what we send right. A consumer of "
            + "voice:tap with direction=both: the same, or each track in exchanges of its own (tracks).")
    private String layout = "mixed";
    @UriParam(label = "media", defaultValue = "0", javaType = "java.time.Duration",
            description = "operation=startRecording: the recording ends by itself after this time. 0 for no limit.")
    private long recordLimit;
    @UriParam(label = "media", description = "operation=sendDtmf: 1 to 64 of the digits, asterisk, hash and A to D, and w for a pause.")
    private String digits;
    @UriParam(label = "media,advanced", defaultValue = "100ms", javaType = "java.time.Duration",
            description = "operation=sendDtmf: length of a tone, 40 ms to 5 s.")
    private long toneLength = 100;
    @UriParam(label = "media,advanced", defaultValue = "100ms", javaType = "java.time.Duration",
            description = "operation=sendDtmf: silence between tones, 30 ms to 5 s.")
    private long toneGap = 100;
    @UriParam(label = "media", defaultValue = "rfc4733", enums = "rfc4733,info",
            description = "operation=sendDtmf: how digits travel: as RTP events (RFC 4733) or in INFO requests.")
    private String dtmfMethod = "rfc4733";
    @UriParam(label = "producer", description = "operation=sendInfo and operation=publish: content type of the body.")
    private String contentType;

    public int getCode() {
        return code;
    }

    public void setCode(int value) {
        code = value;
    }

    public String getPhrase() {
        return phrase;
    }

    public void setPhrase(String value) {
        phrase = value;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String value) {
        reason = value;
    }

    public String getContacts() {
        return contacts;
    }

    public void setContacts(String value) {
        contacts = value;
    }

    public boolean isEarlyMedia() {
        return earlyMedia;
    }

    public void setEarlyMedia(boolean value) {
        earlyMedia = value;
    }

    public boolean isReliable() {
        return reliable;
    }

    public void setReliable(boolean value) {
        reliable = value;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String value) {
        source = value;
    }

    public int getRepeat() {
        return repeat;
    }

    public void setRepeat(int value) {
        repeat = value;
    }

    public boolean isWait() {
        return wait;
    }

    public void setWait(boolean value) {
        wait = value;
    }

    public String getFile() {
        return file;
    }

    public void setFile(String value) {
        file = value;
    }

    public String getLayout() {
        return layout;
    }

    public void setLayout(String value) {
        layout = value;
    }

    public long getRecordLimit() {
        return recordLimit;
    }

    public void setRecordLimit(long value) {
        recordLimit = value;
    }

    public String getDigits() {
        return digits;
    }

    public void setDigits(String value) {
        digits = value;
    }

    public long getToneLength() {
        return toneLength;
    }

    public void setToneLength(long value) {
        toneLength = value;
    }

    public long getToneGap() {
        return toneGap;
    }

    public void setToneGap(long value) {
        toneGap = value;
    }

    public String getDtmfMethod() {
        return dtmfMethod;
    }

    public void setDtmfMethod(String value) {
        dtmfMethod = value;
    }

    public String getContentType() {
        return contentType;
    }

    public void setContentType(String value) {
        contentType = value;
    }
}
