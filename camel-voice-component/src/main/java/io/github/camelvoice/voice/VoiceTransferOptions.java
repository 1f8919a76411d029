package io.github.camelvoice.voice;

import org.apache.camel.spi.UriParam;

/** Options of voice:transfer. Not thread-safe: set before the endpoint starts. */
public abstract class VoiceTransferOptions extends VoiceTapOptions {

    @UriParam(label = "producer", defaultValue = "auto", enums = "auto,refer,local,relay",
            description = "voice:transfer: who does it. refer: the far end, asked by REFER. local: we call the target and connect it. auto: refer where the "
            + "far end takes it, else local. Of operation=accept: local; relay: the far end of the bridge is asked; auto is local.")
    private String mode = "auto";
    @UriParam(label = "producer", description = "voice:transfer: id of an answered call of ours whose far end takes over (attended transfer); without it, "
            + "the target is called (blind transfer).")
    private String replaces;
    @UriParam(label = "producer", description = "voice:transfer: SIP URI of who asks for the transfer (Referred-By, RFC 3892); without it, who we are in "
            + "the call.")
    private String referredBy;
    @UriParam(label = "producer", defaultValue = "60s", javaType = "java.time.Duration",
            description = "voice:transfer: how long to wait for the result once the far end has accepted; after that the result is unknown.")
    private long notifyTimeout = 60_000;
    @UriParam(label = "producer", defaultValue = "completed", enums = "accepted,completed",
            description = "voice:transfer: how far the transfer must have come before the exchange goes on: accepted by the far end, or completed.")
    private String until = "completed";
    @UriParam(label = "producer", description = "voice:transfer: whether the far end is put on hold while the transfer by REFER is under way, and taken "
            + "off hold if it fails.")
    private boolean hold;
    @UriParam(label = "producer", defaultValue = "true", description = "voice:transfer: whether the call is hung up when the target has taken over. Of a "
            + "local transfer that is the call that the transferred one was bridged with.")
    private boolean hangup = true;
    @UriParam(label = "consumer", defaultValue = "603", description = "voice:transfer: answer to a REFER that the route neither accepted nor refused: 300 to "
            + "699. voice:subscribe?incoming=watchers: to a SUBSCRIBE, 403 without it.")
    private int refuseCode = 603;

    public String getMode() {
        return mode;
    }

    public void setMode(String value) {
        mode = value;
    }

    public String getReplaces() {
        return replaces;
    }

    public void setReplaces(String value) {
        replaces = value;
    }

    public String getReferredBy() {
        return referredBy;
    }

    public void setReferredBy(String value) {
        referredBy = value;
    }

    public long getNotifyTimeout() {
        return notifyTimeout;
    }

    public void setNotifyTimeout(long value) {
        notifyTimeout = value;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String value) {
        until = value;
    }

    public boolean isHold() {
        return hold;
    }

    public void setHold(boolean value) {
        hold = value;
    }

    public boolean isHangup() {
        return hangup;
    }

    public void setHangup(boolean value) {
        hangup = value;
    }

    public int getRefuseCode() {
        return refuseCode;
    }

    public void setRefuseCode(int value) {
        refuseCode = value;
    }
}
