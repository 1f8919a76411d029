package io.github.camelvoice.voice;

import io.github.camelvoice.call.TransferResult;

/** A transfer that was refused or did not come about; the call is as it was before, unless it ended meanwhile. */
public class VoiceTransferFailedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    private final String status;
    private final int referCode;
    private final int notifyCode;

    public VoiceTransferFailedException(String callId, TransferResult result) {
        super(callId, "the transfer failed: " + result.status().word() + (result.referCode() > 0 ? ", REFER " + result.referCode() : "")
                + (result.notifyCode() > 0 ? ", target " + result.notifyCode() : "") + (result.phrase().isEmpty() ? "" : " " + result.phrase()), null);
        this.status = result.status().word();
        this.referCode = result.referCode();
        this.notifyCode = result.notifyCode();
    }

    /** {@code busy}, {@code no-answer}, {@code canceled}, {@code failed} or {@code unknown}. */
    public String getStatus() {
        return status;
    }

    /** SIP status of the answer to our REFER, 0 where there was none. */
    public int getReferCode() {
        return referCode;
    }

    /** SIP status of the target's call, 0 where nobody knows. */
    public int getNotifyCode() {
        return notifyCode;
    }
}
