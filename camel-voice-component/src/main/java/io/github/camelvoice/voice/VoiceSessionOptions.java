package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:session. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceSessionOptions extends VoiceSubscribeOptions {

    @UriParam(label = "producer", description = "operation=call of voice:session: whom to call: a SIP URI, a user at a host, or a user or number at the account's own server.")
    private String callee;
    @UriParam(label = "producer", description = "operation=transfer of voice:session: to whom, as callee.")
    private String transferTo;
    @UriParam(label = "security", secret = true, description = "voice:session: user name for the digest of the account, where it is not the user of its name.")
    private String authUsername;
    @UriParam(label = "common", description = "voice:session: display name of the account's calls.")
    private String displayName;
    @UriParam(label = "consumer", description = "voice:session: whether the consumer registers the account of its path when it starts, and unregisters it when it "
            + "stops. A consumer with a password does so in any case; this is for servers that ask for none.")
    private boolean register;
    @UriParam(label = "common", defaultValue = "0", description = "operation=start of voice:session: seconds until an incoming call is answered, 0 for at once, negative "
            + "for never. On a consumer that registers its account: it starts a session, with this interval.")
    private int autoAnswerInterval;
    @UriParam(label = "producer", description = "operation=hangup of voice:session: whether the call is over here at once, whether the far end answers or not.")
    private boolean hard;
    @UriParam(label = "producer", description = "operation=play of voice:session: WAV files to be played one after the other: paths, file:path or classpath:name, separated by "
            + "commas; without it, the body is played, a WAV or a list of WAVs as byte[], InputStream, File or Path.")
    private String files;
    @UriParam(label = "producer", defaultValue = "skip", enums = "skip,refuse", description = "operation=play of voice:session: what happens where some of the files are no WAVs. skip: "
            + "the others are played, and the status names those by their places; refuse: nothing is played.")
    private String brokenFiles = "skip";
    @UriParam(label = "consumer,filter", description = "voice:session: only these statuses, separated by commas: READY,INCOMING_CALL_CONNECTED; without it, all.")
    private String statuses;
    @UriParam(label = "producer", defaultValue = "0", description = "operation=history of voice:session: only statuses with a higher number.")
    private Long after = 0L;
    @UriParam(label = "producer", defaultValue = "100", description = "operation=history of voice:session: how many of the newest, 1 to 10000.")
    private int limit = 100;

    public String getCallee() {
        return callee;
    }

    public void setCallee(String value) {
        callee = value;
    }

    public String getTransferTo() {
        return transferTo;
    }

    public void setTransferTo(String value) {
        transferTo = value;
    }

    public String getAuthUsername() {
        return authUsername;
    }

    public void setAuthUsername(String value) {
        authUsername = value;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String value) {
        displayName = value;
    }

    public boolean isRegister() {
        return register;
    }

    public void setRegister(boolean value) {
        register = value;
    }

    public int getAutoAnswerInterval() {
        return autoAnswerInterval;
    }

    public void setAutoAnswerInterval(int value) {
        autoAnswerInterval = value;
    }

    public boolean isHard() {
        return hard;
    }

    public void setHard(boolean value) {
        hard = value;
    }

    public String getFiles() {
        return files;
    }

    public void setFiles(String value) {
        files = value;
    }

    public String getBrokenFiles() {
        return brokenFiles;
    }

    public void setBrokenFiles(String value) {
        brokenFiles = value;
    }

    public String getStatuses() {
        return statuses;
    }

    public void setStatuses(String value) {
        statuses = value;
    }

    public Long getAfter() {
        return after;
    }

    public void setAfter(Long value) {
        after = value;
    }

    public int getLimit() {
        return limit;
    }

    public void setLimit(int value) {
        limit = value;
    }
}
